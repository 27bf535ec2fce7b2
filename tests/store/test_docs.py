"""docs/store.md says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from builders import save_corpus
from compliance.files import DATABASE_NAME
from compliance.records import (
    Assessment,
    Attribute,
    AttributeSource,
    Attribution,
    BlockKind,
    Certainty,
    CriterionAnswer,
    Detail,
    DetailKind,
    Document,
    Evidence,
    EvidenceKind,
    Finding,
    Measure,
    Page,
    Passage,
    Profile,
    Reading,
    Rejected,
    RejectionReason,
    ReuseKind,
    ReuseSpan,
    Review,
    Run,
    Score,
    ScoreSubject,
    SourceKind,
    Stage,
    Stance,
    Task,
)
from compliance.records.study import TextShare
from compliance.store.runs import open_run

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)


def make_assessment(start: int) -> Assessment:
    certain, passages = (Certainty.LIKELY, (0.9, 0.3)), ("plan-1:0000",)
    target = Detail(DetailKind.TARGET, start, start + 9, "én portal")
    return Assessment(
        scores=(Score("plan-1", ScoreSubject.GOAL, "DA1", 1, "named", passages, *certain),),
        criteria=(CriterionAnswer("plan-1", "W7.a", 1, *certain, passages),),
        reviews=(Review("plan-1", "DA1", *passages, 3, 1),),
        measures=(Measure("plan-1", *passages, "DA1", 0, 43, Stance.BINDING, (target,), copied=False, value=4),),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "Kommunen skal 🏔️ bygge «én portal» for alle."
    start = text.index("én portal")
    evidence = (
        Evidence(EvidenceKind.TERM, "portal", 1.0, start, start + 9),
        Evidence(EvidenceKind.EMBEDDING, "DA1", 0.4),
    )
    said = Attribute("nb", AttributeSource.TEXT, "Kommunen", 0, 8)
    reading = Reading(
        Document("plan-1", "plan.pdf", "1" * 64, "application/pdf", None, text, (Page(1, 595, 842),), ()),
        Profile("plan-1", said, Attribute("temaplan", AttributeSource.FILE_NAME, "plan.pdf"), municipality=said),
        (Passage("plan-1:0000", "plan-1", 0, BlockKind.PARAGRAPH, text, 0, len(text), (1,)),),
    )
    finding = Finding("plan-1", "plan-1:0000", Task.GOALS, "DA1", 0.8, evidence, (("terms", 1.0), ("cosine", 0.4)))
    span = ReuseSpan(
        *("plan-1", "plan-1:0000", 0, 13, SourceKind.GUIDELINE, "ks:KS1", "KS", 0, 13, "Kommunen skal", None),
        *(ReuseKind.VERBATIM, Attribution.UNATTRIBUTED, 1.0, False, ()),
    )
    folder = tmp_path_factory.mktemp("run")
    with open_run(folder) as store:
        store.start(Run("r", "0.1.0", "c", "m@1", ("ks@2017",), "2026-01-01T00:00:00+00:00", None))
        store.save_reading(reading, records=[finding], config_sha256="c")
        shares = [TextShare("plan-1", 43, 30, 0, 13, 0, 0)]
        save_corpus(store, spans=[span], assessment=make_assessment(start), key="k", shares=shares)
        store.save_rejected([Rejected("tom.pdf", Stage.INGEST, RejectionReason.EMPTY, "Filen er tom.")])
    return folder


@pytest.fixture
def connection(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)  # where COPY writes
    with duckdb.connect(folder / DATABASE_NAME, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.split("\n")[0][:50])
def test_every_query_gives_rows(connection, query) -> None:
    assert connection.execute(query).fetchall()


def test_every_table_and_view_is_described(connection) -> None:
    tables = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    rows, studies = PAGE.split("## A study's tables")
    studies, _ = studies.split("## Examples")
    cells = [line.split("|")[1] for line in rows.splitlines() if "|" in line]
    cells += ["".join(line.split("|")[1:3]) for line in studies.splitlines() if line.startswith("|")]
    assert {name for (name,) in tables} == set(re.findall(r"`(\w+)`", "\n".join(cells)))


def test_a_quote_is_the_words_that_the_offsets_name(connection) -> None:
    rows = connection.execute("SELECT kind, quote FROM finding_evidence ORDER BY kind").fetchall()
    assert rows == [("embedding", None), ("term", "én portal")]
    assert connection.execute("SELECT text FROM reuse_pairs").fetchall() == [("Kommunen skal",)]
