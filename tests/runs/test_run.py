"""The whole road on a small folder: nothing lost, nothing done twice, nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from compliance.config import Config, override
from compliance.errors import RunFolderError, SettingsError
from compliance.records import Analysis, Rejected, RejectionReason, ScoreSubject, SourceKind
from compliance.runs.run import analyse_files
from compliance.store.runs import open_run

STRATEGY = """Digitaliseringsstrategi for Skarvøya kommune 2024–2027

Vedtatt av kommunestyret 14. mars 2024.

1 Innbyggerne

Skarvøya kommune skal innen 1. juni 2025 gi alle innbyggere digitale tjenester som henger sammen, med ett felles
skjema for flytting. Kommunedirektøren har ansvaret, og det er satt av 400 000 kroner.

2 Sikkerhet

Kommunen skal ha et styringssystem for informasjonssikkerhet, og personvernombudet rapporterer hvert år.
"""
OTHER = "Plan for Lillevik kommune\n\nVi rydder stier, måler vannet i bekken og holder gymsalen åpen om kvelden.\n"
CONFIG = override(Config(), {"run.processes": 1, "model.use_cache": False})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    (folder / "skarvoya_strategi.txt").write_text(STRATEGY, encoding="utf-8")
    (folder / "lillevik.txt").write_text(OTHER, encoding="utf-8")
    (folder / "kopi.txt").write_text(OTHER, encoding="utf-8")
    (folder / "skadet.pdf").write_bytes(b"%PDF-1.7\nthis is no PDF")
    (folder / "bilde.png").write_bytes(b"\x89PNG")
    return folder


def run(folder, out, *, config=CONFIG, **asked):
    seen = []
    outcome = analyse_files([folder], out=out, config=config, on_progress=lambda *told: seen.append(told), **asked)
    return outcome, seen


@pytest.fixture(scope="module")
def finished(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return (*run(folder, out), out)


def test_every_file_is_accounted_for(finished, folder):
    outcome, seen, _ = finished
    assert {reading.document.name for reading in outcome.results.readings} == {"skarvoya_strategi.txt", "kopi.txt"}
    reasons = {os.path.basename(rejected.id): rejected.reason for rejected in outcome.results.rejected}  # noqa: PTH119
    assert reasons == {"lillevik.txt": RejectionReason.DUPLICATE, "skadet.pdf": RejectionReason.CORRUPT}
    assert [path.name for path in outcome.skipped] == ["bilde.png"]
    assert {type(what) for _, what, _ in seen} == {Analysis, Rejected}


def test_commitment_with_who_when_and_how_much_is_concrete(finished):
    outcome, _, _ = finished
    scores = {
        score.label: score.value
        for score in outcome.results.scores
        if score.document_id.startswith("skarvoya") and score.subject is ScoreSubject.GOAL
    }
    assert scores["KS5.4"] >= 3
    assert scores["KS2.5"] == 0


def test_every_finding_has_a_passage_of_its_document(finished):
    results = finished[0].results
    passages = {passage.id for reading in results.readings for passage in reading.passages}
    assert results.findings
    assert {finding.passage_id for finding in results.findings} <= passages


def test_report_is_written(finished):
    outcome, _, out = finished
    assert outcome.report == out / "report" / "index.html"
    pages = {path.stem for path in (out / "report" / "documents").iterdir()}
    assert pages == {reading.document.id for reading in outcome.results.readings}


def test_unchanged_rerun_computes_nothing(finished, folder):
    first, _, out = finished
    written = first.report.stat().st_mtime_ns
    again, seen = run(folder, out)
    assert [path.name for path, _, _ in seen] == ["skadet.pdf"]
    assert again.report.stat().st_mtime_ns == written
    assert again.results.findings == first.results.findings
    assert again.results.scores == first.results.scores


def test_another_selection_adds_to_the_folder_and_prune_takes_out(folder, tmp_path):
    run(folder / "lillevik.txt", tmp_path)
    added, seen = run(folder / "skarvoya_strategi.txt", tmp_path)
    assert [path.name for path, _, _ in seen] == ["skarvoya_strategi.txt"]
    assert [reading.document.name for reading in added.results.readings] == ["lillevik.txt", "skarvoya_strategi.txt"]
    assert (added.kept, added.removed) == (("lillevik.txt",), ())
    pruned, _ = run(folder / "skarvoya_strategi.txt", tmp_path, prune=True)
    assert [reading.document.name for reading in pruned.results.readings] == ["skarvoya_strategi.txt"]
    assert (pruned.kept, pruned.removed) == ((), ("lillevik.txt",))
    assert {path.stem for path in (tmp_path / "report" / "documents").iterdir()} == {
        pruned.results.readings[0].document.id
    }


def test_changed_file_takes_the_place_of_its_earlier_version(folder, tmp_path):
    plan = tmp_path / "plan.txt"
    for text in (OTHER, STRATEGY):
        plan.write_text(text, encoding="utf-8")
        outcome, _ = run(plan, tmp_path / "out")
    assert [reading.document.text.split()[0] for reading in outcome.results.readings] == ["Digitaliseringsstrategi"]
    assert (outcome.kept, outcome.removed) == ((), ())


def test_file_that_can_no_longer_be_read_leaves_its_earlier_version(folder, tmp_path):
    plan = tmp_path / "plan.txt"
    for content in (OTHER.encode(), b"\0\1\2"):
        plan.write_bytes(content)
        outcome, _ = run(plan, tmp_path / "out")
    assert [rejected.reason for rejected in outcome.results.rejected] == [RejectionReason.CORRUPT]
    assert outcome.kept == ("plan.txt",)


def test_file_over_its_time_is_rejected_and_left_until_asked_for(folder, tmp_path):
    no_time = override(CONFIG, {"run.document_seconds": 0.0001, "run.page_seconds": 0})
    late, _ = run(folder / "lillevik.txt", tmp_path, config=no_time)
    assert [rejected.reason for rejected in late.results.rejected] == [RejectionReason.TOO_SLOW]
    again, seen = run(folder / "lillevik.txt", tmp_path, config=no_time)
    assert seen == []
    assert again.results.rejected == late.results.rejected
    _, seen = run(folder / "lillevik.txt", tmp_path, config=no_time, retry=True)
    assert len(seen) == 1


def test_name_that_is_not_utf8_is_analysed_like_any_other(tmp_path):
    path = tmp_path / b"\xf8konomiplan [utkast].txt".decode("utf-8", "surrogateescape")
    path.write_text(OTHER, encoding="utf-8")
    for _ in range(2):
        outcome, seen = run(path, tmp_path / "out")
    assert [reading.document.name for reading in outcome.results.readings] == ["�konomiplan [utkast].txt"]
    assert seen == []


def test_second_run_into_a_folder_in_use_is_refused(folder, tmp_path):
    with open_run(tmp_path), pytest.raises(RunFolderError, match="annen kjøring"):
        run(folder, tmp_path)


def test_unknown_guideline_set_is_refused_before_any_work(folder, tmp_path):
    with pytest.raises(SettingsError, match="finnes_ikke"):
        run(folder, tmp_path, config=override(CONFIG, {"guidelines.sets": ("finnes_ikke",)}))


def test_missing_reference_is_told_before_any_work(folder, tmp_path):
    config = override(CONFIG, {"guidelines.references": (tmp_path / "borte.pdf",)})
    with pytest.raises(SettingsError, match=r"borte\.pdf: finnes ikke"):
        run(folder, tmp_path / "out", config=config)
    assert not (tmp_path / "out").exists()


def test_folder_without_documents_leaves_an_earlier_run_alone(folder, tmp_path):
    run(folder / "lillevik.txt", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="fant ingen dokumenter"):
        run(tmp_path / "empty", tmp_path / "out")
    with open_run(tmp_path / "out") as store:
        assert len(store.load_results().readings) == 1


def test_reference_that_changed_is_compared_with_again(folder, tmp_path):
    reference = tmp_path / "veileder.txt"
    config = override(CONFIG, {"guidelines.references": (reference,)})
    reference.write_text("Noe helt annet om brøyting av veier.\n", encoding="utf-8")
    before = run(folder / "skarvoya_strategi.txt", tmp_path / "out", config=config)[0].results
    reference.write_text(STRATEGY, encoding="utf-8")
    after = run(folder / "skarvoya_strategi.txt", tmp_path / "out", config=config)[0].results
    assert SourceKind.REFERENCE not in {span.source_kind for span in before.reuse_spans}
    assert SourceKind.REFERENCE in {span.source_kind for span in after.reuse_spans}


def test_reference_that_cannot_be_read_is_left_out_and_told(folder, tmp_path):
    kept = tmp_path / "references" / "other"
    kept.mkdir(parents=True)
    (kept / "avkortet.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    (kept / "Thumbs.db").write_bytes(b"")
    config = override(CONFIG, {"guidelines.reference_folder": tmp_path / "references"})
    outcome, _ = run(folder / "lillevik.txt", tmp_path / "out", config=config)
    assert len(outcome.results.readings) == 1
    assert [(each.id, each.detail.split(".")[0]) for each in outcome.results.rejected] == [
        (str(kept / "avkortet.pdf"), "Dokumentet å sammenligne med er utelatt")
    ]


def test_killed_run_goes_on_where_it_was(folder, tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from compliance.runs.run import analyse_files\n"
        "from test_run import CONFIG\n"
        "def stop(path, outcome, total):\n"
        "    print('saved', flush=True); time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    files = [Path(sys.argv[1]) / 'skarvoya_strategi.txt', Path(sys.argv[1]) / 'lillevik.txt']\n"
        "    analyse_files(files, out=Path(sys.argv[2]), config=CONFIG, on_progress=stop)\n"
    )
    script = tmp_path / "killed.py"
    script.write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.path.dirname(__file__), *sys.path])}  # noqa: PTH120
    with subprocess.Popen(
        [sys.executable, str(script), str(folder), str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as process:
        assert process.stdout.readline() == b"saved\n"
        os.killpg(process.pid, signal.SIGKILL)
    outcome, seen = run(folder, tmp_path / "out")
    assert "skarvoya_strategi.txt" not in {path.name for path, _, _ in seen}
    assert len(outcome.results.readings) == 2
