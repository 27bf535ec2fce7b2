"""Comparing a corpus: all pairs, references, and an index that grows."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from compliance.config import ReuseConfig
from compliance.errors import RunFolderError
from compliance.textreuse import corpus_matching, index, ngrams, seeds
from compliance.textreuse.corpus import SharedSpan, compare_documents
from compliance.textreuse.index import IndexedText, open_index
from compliance.textreuse.matching import find_places
from compliance.textreuse.ngrams import Texts
from compliance.textreuse.token_hashes import index_words
from made_prose import COPIED, GOAL, filler

CONFIG = ReuseConfig()


def ignore(step: str, done: int, total: int) -> None:
    """Take progress and do nothing."""


def make_text(text_id: str, text: str) -> IndexedText:
    return IndexedText(text_id, str(hash(text)), index_words(text))


def make_corpus(size: int) -> list[IndexedText]:
    """Documents that share a goal, a paragraph in every third, and an idiom in all."""
    return [
        make_text(
            f"d{k}",
            f"{filler(2 * k)} i alle deler av {filler(k + 500, 9)} i alle deler av {GOAL if k % 2 else COPIED}. "
            f"{filler(2 * k + 1)} {COPIED.replace('barn', f'barn nummer {k}') if k % 3 == 0 else ''}",
        )
        for k in range(size)
    ]


def compare(documents: Sequence[IndexedText], **options) -> list[SharedSpan]:
    return list(compare_documents(documents, config=CONFIG, on_progress=ignore, **options).describe_spans())


def compare_indexed(documents: Sequence[IndexedText], folder: Path, **settings) -> list[SharedSpan]:
    with open_index(folder, config=ReuseConfig(**settings)) as index:
        return compare(documents, index=index)


def test_any_order_gives_the_same_answer() -> None:
    documents = make_corpus(9)
    shuffled = random.Random(1).sample(documents, len(documents))
    assert compare(shuffled) == compare(documents) != []


@pytest.mark.parametrize("step", [40, 3_000_000], ids=["in many blocks", "in one block"])
def test_a_goal_is_found_in_every_text_that_has_it(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(seeds, "CHUNK", step)
    found = compare([make_text(f"d{k:03}", f"{filler(k, 30)}. {GOAL}. {filler(k + 300, 30)}") for k in range(120)])
    assert len(found) == 120 * 119 // 2
    assert all(span.similarity > 0.9 for span in found)  # now and then the word after next is the same by chance


def test_an_idiom_repeated_ten_thousand_times_makes_neither_spans_nor_many_seeds() -> None:
    draw = random.Random(3)
    texts = [" ".join(f"i alle deler av {filler(draw.randrange(10**9), 5)}" for _ in range(500)) for _ in range(20)]
    indexes = [index_words(text) for text in texts]
    finder = find_places(Texts.compare_all(indexes, groups=range(20)), config=CONFIG)
    assert finder.count_seeds() < 20 * 20 * 600  # each text's places with each other's first, and a few more
    assert compare([make_text(f"d{k:02}", text) for k, text in enumerate(texts)]) == []


def test_a_goal_repeated_in_both_texts_is_found_at_every_place() -> None:
    one = " ".join(f"{GOAL}. {filler(k)}." for k in range(12))
    other = " ".join(f"{GOAL}. {filler(k)}." for k in range(100, 115))
    found = compare([make_text("a", one), make_text("b", other)])
    assert len({span.start for span in found}) == 12
    assert len({span.source_start for span in found}) == 15


@pytest.mark.parametrize("batches", [[3, 6], [1, 1, 1, 6], [8, 1]], ids=["two runs", "one by one", "one last"])
def test_what_comes_bit_by_bit_gives_a_full_runs_answer(tmp_path: Path, batches: list[int]) -> None:
    documents = random.Random(2).sample(make_corpus(9), 9)
    answers, start = set(), 0
    for size in batches:
        answers |= set(compare_indexed(documents[start : start + size], tmp_path))
        start += size
    assert answers == set(compare(documents))
    assert compare_indexed(documents, tmp_path) == compare(documents)  # now all of it from the index


def test_a_new_document_is_answered_with_its_own_spans_only(tmp_path: Path) -> None:
    *before, new = make_corpus(7)
    compare_indexed(before, tmp_path)
    expected = [span for span in compare([*before, new]) if new.id in {span.document_id, span.source_id}]
    assert compare_indexed([new], tmp_path) == expected != []


def test_a_run_that_is_killed_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = make_corpus(8)
    compare_indexed(documents[:4], tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(index.os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):  # killed with the new file written and not yet in place
            compare_indexed(documents[4:], tmp_path)
    assert compare_indexed(documents, tmp_path) == compare(documents)


def test_a_changed_document_replaces_the_one_before_it(tmp_path: Path) -> None:
    one, other, third = make_corpus(3)
    compare_indexed([one, other, third], tmp_path)
    changed = make_text(other.id, f"{filler(90)} {COPIED} {filler(91)}")
    assert compare_indexed([changed], tmp_path) == [
        span for span in compare([one, changed, third]) if changed.id in {span.document_id, span.source_id}
    ]
    assert compare_indexed([one, changed, third], tmp_path) == compare([one, changed, third])


def test_an_index_made_with_other_settings_is_refused(tmp_path: Path) -> None:
    compare_indexed(make_corpus(2), tmp_path)
    with pytest.raises(RunFolderError, match="andre innstillinger"):
        compare_indexed(make_corpus(2), tmp_path, min_words=9)


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    compare_indexed(make_corpus(2), tmp_path)
    (tmp_path / "batch-000001.npz").write_bytes(b"PK")
    with pytest.raises(RunFolderError, match="batch-000001"):
        compare_indexed(make_corpus(2), tmp_path)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with open_index(tmp_path, config=CONFIG), pytest.raises(RunFolderError, match="en annen kjøring"):
        compare_indexed(make_corpus(2), tmp_path)


def test_references_are_sources_and_never_compared_with_each_other() -> None:
    references = [make_text("a", f"{COPIED} {filler(70)}"), make_text("b", f"{COPIED} {filler(71)}")]
    found = compare([make_text("z", f"{filler(72)} {COPIED}")], references=references)
    assert [(span.document_id, span.source_id) for span in found] == [("z", "a"), ("z", "b")]


def test_one_document_alone_has_nothing_to_share() -> None:
    assert compare(make_corpus(1)) == []
    assert compare([]) == []


def test_several_processes_give_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = compare(make_corpus(9))
    monkeypatch.setattr(seeds, "CHUNK", 40)
    monkeypatch.setattr(corpus_matching, "SEEDS_FOR_PROCESSES", 0)
    monkeypatch.setattr(corpus_matching.os, "cpu_count", lambda: 2)
    assert compare(make_corpus(9)) == alone


def test_progress_ends_with_all_done() -> None:
    told: list[tuple[str, int, int]] = []
    compare_documents(make_corpus(4), config=CONFIG, on_progress=lambda *step: told.append(step))
    step, done, total = told[-1]
    assert (step, done) == ("compare", total)


@pytest.mark.parametrize(
    "noisy",
    [
        pytest.param(unicodedata.normalize("NFD", COPIED), id="decomposed letters"),
        pytest.param(COPIED.replace("fl", "ﬂ").replace("fo", "f\u200bo"), id="ligature and zero width space"),
        pytest.param(COPIED.replace("hendels", "hen\xaddels").replace("ting", "ti\xadng"), id="soft hyphens"),
        pytest.param(COPIED.replace("hendels", "hendel-\ns").replace("avdel", "av-\r\n  del"), id="two lines"),
        pytest.param(COPIED.replace("tjenestene", "tje‑nestene").replace("avde", "av-de"), id="hard hyphens"),
        pytest.param(COPIED.replace(",", " –").replace(". ", "»\n\n«").upper(), id="quotes, dashes and case"),
        pytest.param(COPIED.replace(". ", ".\n • ").replace(", ", ",\n 2) "), id="list markers"),
    ],
)
def test_a_passage_is_found_through_noise_with_its_span_in_the_raw_text(noisy: str) -> None:
    one, other = f"{filler(1)}.\n{noisy}\n{filler(2)}", f"{filler(3)} {COPIED} {filler(4)}"
    (span,) = compare([make_text("a", one), make_text("b", other)])
    assert one[span.start : span.end].strip("».") == noisy.strip("».")
    assert other[span.source_start : span.source_end] == COPIED.removesuffix(".")
    assert span.kind == "verbatim"


def test_sorting_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compare(make_corpus(9))
    monkeypatch.setattr(ngrams, "SHARD_WORDS", 100)
    assert compare(make_corpus(9)) == whole
