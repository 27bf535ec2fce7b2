from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from builders import save_corpus
from compliance.errors import RunFolderError
from compliance.files import DATABASE_NAME
from compliance.records import (
    Assessment,
    Attribute,
    AttributeSource,
    Attribution,
    Block,
    BlockKind,
    Box,
    Document,
    Evidence,
    EvidenceKind,
    Fact,
    Finding,
    Furniture,
    FurnitureKind,
    Method,
    Page,
    Passage,
    Profile,
    Reading,
    Rejected,
    RejectionReason,
    ReuseKind,
    ReuseSpan,
    Run,
    Score,
    ScoreSubject,
    SourceKind,
    Stage,
    TableRow,
    Task,
)
from compliance.store.per_document import SCORE_KEY
from compliance.store.readings import SavedDocument
from compliance.store.runs import open_run, read_run

RUN = Run("run-1", "0.1.0", "c" * 64, "e5@1", ("digital_agenda@2016", "ks@2017"), "2026-01-02T03:04:05+00:00", None)
TEXT = "Mål\n\nKommunen skal bygge «én innbyggerportal» 🏔️ innen 2027.\n\nDrift\t1,5 mill. kr"


def make_reading(name: str = "plan.pdf", *, document_id: str = "plan-11111111") -> Reading:
    boxes = (Box(1, 72.1, 90.0, 500.5, 120.25), Box(2, 72.1, 40.0, 500.5, 60.0))
    row = TableRow(("Tiltak", "2027"), ("Drift", "1,5"), "mill. kr", None)
    start, end = 5, TEXT.index("\n\nDrift")
    document = Document(
        id=document_id,
        name=name,
        sha256=document_id[-8:] * 8,
        media_type="application/pdf",
        title=None,
        text=TEXT,
        pages=(Page(1, 595.3, 841.9), Page(2, 595.3, 841.9, ocr=True)),
        blocks=(
            Block(BlockKind.HEADING, 0, 3, level=1),
            Block(BlockKind.PARAGRAPH, start, end, boxes),
            Block(BlockKind.TABLE_ROW, end + 2, len(TEXT), table=row, boxed=True),
        ),
        furniture=(Furniture(FurnitureKind.FOOTER, "Side 1", Box(1, 0, 0, 1, 1)), Furniture(FurnitureKind.HEADER, "")),
    )
    profile = Profile(
        document_id=document_id,
        language=Attribute("nb", AttributeSource.TEXT, "Kommunen", 5, 13),
        document_type=Attribute("temaplan", AttributeSource.FILE_NAME, name),
        municipality=None,
        municipality_number="3320",
    )
    heading = Passage(f"{document_id}:0000", document_id, 0, BlockKind.HEADING, "Mål", 0, 3, (1,), level=1)
    paragraph = Passage(
        id=f"{document_id}:0001",
        document_id=document_id,
        index=1,
        kind=BlockKind.PARAGRAPH,
        text=TEXT[start:end],
        start=start,
        end=end,
        pages=(1, 2),
        boxes=boxes,
        section=("Mål",),
        lead_in=heading.id,
        sentences=((start, start + 8), (start + 9, end)),
    )
    cells = Passage(
        f"{document_id}:0002", document_id, 2, BlockKind.TABLE_ROW, TEXT[end + 2 :], end + 2, len(TEXT), (2,), table=row
    )
    return Reading(document, profile, (heading, paragraph, cells))


def make_finding(reading: Reading, *, label: str = "DA1") -> Finding:
    start = TEXT.index("«én")
    return Finding(
        document_id=reading.document.id,
        passage_id=reading.passages[1].id,
        task=Task.GOALS,
        label=label,
        score=0.1 + 0.2,
        evidence=(
            Evidence(EvidenceKind.TERM, "innbyggerportal", 1.0, start, start + len("«én innbyggerportal»")),
            Evidence(EvidenceKind.EMBEDDING, label, 0.25, against=True),
        ),
        features=(("cosine", 0.123456789012345678), ("terms", 1.0)),
        method=Method.MODEL,
    )


def make_fact(reading: Reading) -> Fact:
    return Fact(reading.document.id, reading.passages[2].id, "cost", "1,5 mill. kr", ())


def make_span(reading: Reading) -> ReuseSpan:
    return ReuseSpan(
        document_id=reading.document.id,
        passage_id=reading.passages[1].id,
        start=5,
        end=18,
        source_kind=SourceKind.GUIDELINE,
        source_id="ks:KS1",
        source_name="KS' digitaliseringsstrategi",
        source_start=0,
        source_end=13,
        source_text="Kommunen skal",
        source_page=None,
        kind=ReuseKind.VERBATIM,
        attribution=Attribution.UNCERTAIN,
        similarity=1.0,
        boilerplate=False,
        evidence=(Evidence(EvidenceKind.WORDING, "ks:KS1", 1.0, 5, 18),),
    )


def test_what_is_loaded_equals_what_was_saved(tmp_path: Path) -> None:
    first, second = make_reading(), make_reading("årsbudsjett.docx", document_id="ars-22222222")
    finding, fact, span = make_finding(first), make_fact(first), make_span(second)
    score = Score(first.document.id, ScoreSubject.GOAL, "DA1", 3, "committed", (first.passages[1].id,))
    empty = Score(second.document.id, ScoreSubject.ELEMENT, "actors", 0, "none", ())
    rejected = Rejected("brev.pdf", Stage.INGEST, RejectionReason.ENCRYPTED, "Filen er kryptert. Lås den opp.")
    with open_run(tmp_path / "ny" / "mappe") as store:
        store.start(RUN)
        store.save_reading(first, records=[fact, finding], config_sha256="c")
        store.save_reading(second, records=[], config_sha256="c")
        save_corpus(store, spans=[span], assessment=Assessment((score, empty)), key="k1")
        store.save_rejected([rejected])
        store.finish(RUN.id)
    with open_run(tmp_path / "ny" / "mappe") as store:
        assert store.load_readings([second.document.id, first.document.id]) == (second, first)
        assert store.load_findings([first.document.id, second.document.id]) == (finding,)
        assert store.load_facts([first.document.id]) == (fact,)
        assert store.load_corpus([first.document.id, second.document.id]) == ((span,), Assessment((score, empty)))
        results = store.load_results()
    assert results.readings == (first, second)
    assert (results.findings, results.facts, results.reuse_spans) == ((finding,), (fact,), (span,))
    assert (results.scores, results.rejected) == ((score, empty), (rejected,))
    assert results.run.finished is not None
    assert replace(results.run, finished=None) == RUN


def test_documents_are_listed_with_what_tells_them_from_others(tmp_path: Path) -> None:
    reading, other = make_reading(), make_reading("annen.pdf", document_id="annen-22222222")
    with open_run(tmp_path) as store:
        store.save_reading(reading, records=[], config_sha256="c", path="/planer/plan.pdf")
        store.save_reading(other, records=[], config_sha256="d")
        store.move_documents({other.document.id: "/nytt/annen.pdf"})
        listed = store.list_documents()
    assert listed == (
        SavedDocument(other.document.id, "annen.pdf", other.document.sha256, "d", "/nytt/annen.pdf"),
        SavedDocument(reading.document.id, "plan.pdf", reading.document.sha256, "c", "/planer/plan.pdf"),
    )


def test_a_new_version_takes_the_place_of_the_old_in_one_step(tmp_path: Path) -> None:
    old, new = make_reading(), make_reading(document_id="plan-22222222")
    with open_run(tmp_path) as store:
        store.save_reading(old, records=[make_finding(old)], config_sha256="c")
        store.save_reading(new, records=[], config_sha256="c", replaces=[old.document.id])
        assert [each.id for each in store.list_documents()] == [new.document.id]
        assert store.load_findings([old.document.id]) == ()


def test_what_was_given_up_is_known_for_the_same_settings(tmp_path: Path) -> None:
    slow = Rejected("a.md", Stage.INGEST, RejectionReason.TOO_SLOW, "Filen tok for lang tid.")
    with open_run(tmp_path) as store:
        store.give_up("1" * 64, slow, settings="s")
        store.give_up("1" * 64, slow, settings="s")
        assert store.load_given_up(settings="s") == {"1" * 64: (slow.stage, slow.reason, slow.detail)}
        assert store.load_given_up(settings="t") == {}


def test_saving_again_replaces_the_earlier_version(tmp_path: Path) -> None:
    reading = make_reading()
    shorter = replace(reading, passages=reading.passages[:1])
    with open_run(tmp_path) as store:
        store.save_reading(reading, records=[make_finding(reading), make_fact(reading)], config_sha256="c")
        store.save_reading(shorter, records=[make_finding(reading, label="DA2")], config_sha256="d")
        assert store.load_readings([reading.document.id]) == (shorter,)
        assert [finding.label for finding in store.load_findings([reading.document.id])] == ["DA2"]
        assert store.load_facts([reading.document.id]) == ()


def test_a_document_is_removed_with_all_that_was_found_in_it(tmp_path: Path) -> None:
    first, second = make_reading(), make_reading("annen.pdf", document_id="annen-22222222")
    with open_run(tmp_path) as store:
        store.start(RUN)
        for reading in (first, second):
            store.save_reading(reading, records=[make_finding(reading), make_fact(reading)], config_sha256="c")
        save_corpus(store, spans=[make_span(first), make_span(second)], assessment=Assessment(()), key="k")
        store.remove_documents([first.document.id])
        results = store.load_results()
        with pytest.raises(KeyError):
            store.load_readings([first.document.id])
    owners = {record.document_id for record in (*results.findings, *results.facts, *results.reuse_spans)}
    assert owners == {second.document.id}
    assert results.readings == (second,)


@pytest.mark.parametrize(
    ("change", "corpus", "report"),
    [
        pytest.param(lambda store: store.remove_documents([]), "k", "r", id="nothing-removed"),
        pytest.param(
            lambda store: store.remove_documents([make_reading().document.id]), None, None, id="document-removed"
        ),
        pytest.param(
            lambda store: store.save_reading(make_reading(), records=[], config_sha256="c"), None, None, id="read-again"
        ),
        pytest.param(
            lambda store: save_corpus(store, spans=[], assessment=Assessment(()), key="k2"),
            "k2",
            None,
            id="scored-again",
        ),
    ],
)
def test_keys_are_forgotten_when_their_input_changes(tmp_path, change, corpus, report) -> None:
    with open_run(tmp_path) as store:
        store.save_reading(make_reading(), records=[], config_sha256="c")
        save_corpus(store, spans=[], assessment=Assessment(()), key="k")
        store.set_report_key("r")
        change(store)
        assert (store.corpus_key(), store.report_key()) == (corpus, report)


def test_rejections_of_the_run_are_replaced_and_earlier_runs_keep_theirs(tmp_path: Path) -> None:
    old, new = (Rejected(name, Stage.INGEST, RejectionReason.EMPTY, "") for name in ("gammel.pdf", "ny.pdf"))
    with open_run(tmp_path) as store:
        store.start(RUN)
        store.save_rejected([old])
        store.start(replace(RUN, id="run-2"))
        store.save_rejected([old, old])
        store.save_rejected([new])
        assert store.load_results().rejected == (new,)
        assert store.load_results().run.id == "run-2"
    with duckdb.connect(tmp_path / DATABASE_NAME, read_only=True) as connection:
        assert connection.execute("SELECT run_id, id FROM rejected ORDER BY 1").fetchall() == [
            ("run-1", "gammel.pdf"),
            ("run-2", "ny.pdf"),
        ]


SECOND = """
import pathlib, sys
from compliance.store.runs import open_run
with open_run(pathlib.Path(sys.argv[1])):
    pass
"""


def test_the_second_run_in_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    with open_run(tmp_path):
        other = subprocess.run(
            [sys.executable, "-c", SECOND, tmp_path], capture_output=True, text=True, encoding="utf-8", check=False
        )
        with pytest.raises(RunFolderError, match="en annen kjøring bruker mappen"), open_run(tmp_path):
            pass
    assert "RunFolderError" in other.stderr
    with open_run(tmp_path) as store:
        assert store.corpus_key() is None


def test_a_failed_save_leaves_the_earlier_version_whole(tmp_path: Path) -> None:
    reading = make_reading()
    broken = replace(reading, passages=(*reading.passages, replace(reading.passages[0], start=None)))  # type: ignore[arg-type]
    with open_run(tmp_path) as store:
        store.save_reading(reading, records=[make_finding(reading)], config_sha256="c")
        with pytest.raises(duckdb.Error):
            store.save_reading(broken, records=[], config_sha256="d")
        assert store.load_readings([reading.document.id]) == (reading,)
        assert store.load_findings([reading.document.id]) == (make_finding(reading),)


KILLED = """
import os, pathlib, signal, sys
sys.path[:0] = [sys.argv[2], str(pathlib.Path(sys.argv[2]).parent)]
import test_runs
from compliance.store.runs import open_run
with open_run(pathlib.Path(sys.argv[1])) as store:
    store.start(test_runs.RUN)
    for number in range(5):
        reading = test_runs.make_reading(f"{number}.pdf", document_id=f"nr{number}-00000000")
        store.save_reading(reading, records=[test_runs.make_finding(reading)], config_sha256="c")
    store._connection.begin()
    store._remove(["nr0-00000000"])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_run_keeps_every_complete_document(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path, Path(__file__).parent], check=False)
    assert killed.returncode == -signal.SIGKILL
    with open_run(tmp_path) as store:
        results = store.load_results()
    expected = tuple(make_reading(f"{number}.pdf", document_id=f"nr{number}-00000000") for number in range(5))
    assert results.readings == expected
    assert results.findings == tuple(make_finding(reading) for reading in expected)


@pytest.mark.parametrize(
    "table",
    ["schema_version (note VARCHAR)", "schema_version (version VARCHAR)", "runs (note VARCHAR)"],
)
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, table: str) -> None:
    with duckdb.connect(tmp_path / DATABASE_NAME) as connection:
        connection.execute(f"CREATE TABLE {table}")
    with pytest.raises(RunFolderError, match="kan ikke brukes"), open_run(tmp_path):
        pass
    with duckdb.connect(tmp_path / DATABASE_NAME) as connection:
        assert len(connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'x'").fetchall()) >= 1


def test_a_database_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with open_run(tmp_path) as store:
        store.start(RUN)
    content = (tmp_path / DATABASE_NAME).read_bytes()
    (tmp_path / DATABASE_NAME).write_bytes(content[: len(content) // 3])
    with pytest.raises(RunFolderError, match="kan ikke brukes"), open_run(tmp_path) as store:
        store.load_results()


def test_a_full_disk_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="disken er full"), open_run(tmp_path):
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")


def test_a_database_that_is_not_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"ikke en database" * 1000)
    with pytest.raises(RunFolderError, match="kan ikke brukes"), open_run(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(RunFolderError, match="kan ikke brukes"), open_run(tmp_path / "fil" / "mappe"):
        pass


def test_a_lent_database_is_read_by_others_and_written_again_afterwards(tmp_path: Path) -> None:
    reading = make_reading()
    with open_run(tmp_path) as store:
        store.start(RUN)
        store.save_reading(reading, records=[make_finding(reading)], config_sha256="c")
        with store.lend():
            other = read_run(store.database)
            assert other.load_readings([reading.document.id]) == (reading,)
            other.close()
        store.remove_documents([reading.document.id])
        assert store.list_documents() == ()


def test_findings_of_some_tasks_come_without_their_features_and_the_layout(tmp_path: Path) -> None:
    reading = make_reading()
    finding = make_finding(reading)
    local = replace(finding, task=Task.LOCAL, label="local")
    with open_run(tmp_path) as store:
        store.start(RUN)
        store.save_reading(reading, records=[local, finding], config_sha256="c")
        results = store.load_results(tasks=(Task.GOALS,))
    assert results.findings == (replace(finding, features=()),)
    assert results.readings == (replace(reading, document=replace(reading.document, blocks=())),)


def test_findings_have_their_evidence_where_it_is_asked_for(tmp_path: Path) -> None:
    reading = make_reading()
    finding = replace(make_finding(reading), features=())
    local = replace(finding, task=Task.LOCAL, label="local")
    assert finding.evidence
    with open_run(tmp_path) as store:
        store.save_reading(reading, records=[local, finding], config_sha256="c")
        ids, tasks = [reading.document.id], (Task.GOALS, Task.LOCAL)
        assert store.parts().load_judgements(ids, tasks) == (local, finding)
        some = store.parts().load_judgements(ids, tasks, with_evidence=(Task.GOALS,))
        assert some == (replace(local, evidence=()), finding)


def test_scores_are_replaced_document_by_document(tmp_path: Path) -> None:
    first, second = make_reading(), make_reading("annen.pdf", document_id="annen-22222222")
    scores = [Score(each.document.id, ScoreSubject.GOAL, "DA1", 3, "rule", ()) for each in (first, second)]
    with open_run(tmp_path) as store:
        store.start(RUN)
        for reading, score in zip((first, second), scores, strict=True):
            store.save_reading(reading, records=[], config_sha256="c")
            store.parts().save_scores(reading.document.id, Assessment((score,)), [], key="1")
        lower = replace(scores[0], value=1)
        store.parts().save_scores(first.document.id, Assessment((lower,)), [], key="2")
        assert store.load_results().scores == (scores[1], lower)
        assert store.parts().load_keys(SCORE_KEY) == {first.document.id: "2", second.document.id: "1"}
