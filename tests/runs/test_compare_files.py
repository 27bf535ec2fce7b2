"""A file of documents in, a file of spans out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.config import Config
from compliance.errors import SettingsError
from compliance.runs.compare_files import ReuseInput, ReuseOutput, ReuseSummary, find_corpus_reuse
from made_prose import COPIED, GOAL, filler

TEXTS = {
    "ås": f"{filler(1)}\n\n«{COPIED}» {filler(2)}",
    "bø": f"{COPIED.upper()} 😀 {filler(3)} {GOAL}",
    "flå": f"{filler(4)} – {GOAL}.",
}


def write_documents(file: Path, texts: dict[str, str], **fields: dict[str, str]) -> Path:
    rows = [{"id": text_id, "text": text, **fields.get(text_id, {})} for text_id, text in texts.items()]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def run(*files: Path, out: Path, families: Path | None = None, **options: Any) -> ReuseSummary:
    given = ReuseInput(files, **options)
    return find_corpus_reuse(given, out=ReuseOutput(out, families), config=Config(), on_progress=lambda *_: None)


def read_rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_spans_count_code_points_of_the_text_given(tmp_path: Path) -> None:
    summary = run(write_documents(tmp_path / "in.jsonl", TEXTS), out=tmp_path / "out.jsonl")
    goal, copied = read_rows(tmp_path / "out.jsonl")
    assert (copied["doc"], copied["source"], copied["kind"], copied["similarity"]) == ("bø", "ås", "verbatim", 1.0)
    assert TEXTS["ås"][slice(*copied["source_span"])] == COPIED.removesuffix(".")
    assert TEXTS["bø"][slice(*copied["span"])] == COPIED.removesuffix(".").upper()
    assert TEXTS["flå"][slice(*goal["source_span"])] == GOAL
    assert (summary.documents, summary.pairs, summary.verbatim, summary.near_verbatim) == (3, 2, 2, 0)


def test_order_of_lines_and_files_does_not_change_a_byte(tmp_path: Path) -> None:
    whole = write_documents(tmp_path / "in.jsonl", TEXTS)
    parts = [write_documents(tmp_path / f"{k}.jsonl", {key: TEXTS[key]}) for k, key in enumerate(sorted(TEXTS))]
    run(whole, out=tmp_path / "one")
    run(*reversed(parts), out=tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes() != b""


def test_references_are_documents_or_lines(tmp_path: Path) -> None:
    draft = write_documents(tmp_path / "draft.jsonl", {"bø": TEXTS["bø"]})
    plain = tmp_path / "national.txt"
    plain.write_text(f"{filler(9)}\r\n{COPIED}", encoding="utf-8")
    lines = write_documents(tmp_path / "more.jsonl", {"goals": f"{filler(10)} {GOAL}"})
    summary = run(draft, out=tmp_path / "out", references=[plain, lines])
    rows = read_rows(tmp_path / "out")
    assert [(row["doc"], row["source"]) for row in rows] == [("bø", "goals"), ("bø", "national.txt")]
    content = plain.read_bytes().decode()
    assert content[slice(*rows[1]["source_span"])] == COPIED.removesuffix(".")
    assert summary.references == 2


def test_families_tell_the_earliest_by_the_dates_given(tmp_path: Path) -> None:
    dates = {"bø": {"date": "2022-05"}, "flå": {"date": "2019"}}
    documents = write_documents(tmp_path / "in.jsonl", TEXTS, **dates)
    summary = run(documents, out=tmp_path / "out", families=tmp_path / "families")
    families = read_rows(tmp_path / "families")
    assert sorted(family["earliest"] for family in families) == ["bø", "flå"]
    assert summary.families == 2


def test_an_index_makes_later_answers_equal_a_full_runs(tmp_path: Path) -> None:
    first = write_documents(tmp_path / "1.jsonl", {"ås": TEXTS["ås"], "flå": TEXTS["flå"]})
    rest = write_documents(tmp_path / "2.jsonl", {"bø": TEXTS["bø"]})
    run(first, out=tmp_path / "a", index=tmp_path / "index")
    run(rest, out=tmp_path / "b", index=tmp_path / "index")
    run(first, rest, out=tmp_path / "full")
    assert read_rows(tmp_path / "a") + read_rows(tmp_path / "b") == read_rows(tmp_path / "full")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b"{", "in.jsonl:2: ikke gyldig JSON", id="no JSON"),
        pytest.param(b"[1]", "in.jsonl:2: linjen må være", id="no object"),
        pytest.param(b'{"text": "a"}', "in.jsonl:2: feltet «id»", id="no id"),
        pytest.param(b'{"id": "", "text": "a"}', "in.jsonl:2: feltet «id»", id="empty id"),
        pytest.param(b'{"id": "b", "text": null}', "in.jsonl:2: feltet «text»", id="no text"),
        pytest.param(b'{"id": "a", "text": "b"}', "in.jsonl:2: id «a»", id="the same id again"),
        pytest.param(b'{"id": "b", "text": "\xe6"}', "in.jsonl:2: linjen er ikke UTF-8", id="not UTF-8"),
        pytest.param(b'{"id": "b", "text": "c", "date": "snart"}', "in.jsonl:2: feltet «date»", id="no date"),
    ],
)
def test_a_line_that_is_no_document_is_named_and_nothing_written(tmp_path: Path, line: bytes, message: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'{"id": "a", "text": "b"}\n' + line + b"\n")
    with pytest.raises(SettingsError, match=message):
        run(file, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_empty_lines_are_no_documents(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'\n{"id": "a", "text": ""}\n\n')
    assert run(file, out=tmp_path / "out").documents == 1
    assert (tmp_path / "out").read_bytes() == b""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.jsonl"):
        run(tmp_path / "none.jsonl", out=tmp_path / "out")


def test_a_reference_with_a_documents_id_is_refused(tmp_path: Path) -> None:
    file = write_documents(tmp_path / "in.jsonl", TEXTS)
    with pytest.raises(SettingsError, match="står to ganger"):
        run(file, out=tmp_path / "out", references=[file])
