"""What the terminal says of a run: names as they are, and what became of earlier documents."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from builders import make_reading
from compliance.cli.progress import show_progress
from compliance.cli.summary import print_summary
from compliance.records import Analysis, Rejected, RejectionReason, Stage
from compliance.runs.result import RunResult

NAME = "plan [utkast] [/b].txt"  # Rich would take both for markup: one vanishes, the other raises
REJECTED = Rejected(NAME, Stage.INGEST, RejectionReason.EMPTY, "Filen er tom [/i].")


def make_result(**changes) -> RunResult:
    folder = Path("ut [x]")
    fields = {"folder": folder, "report": folder / "report" / "index.html", "rejected": (REJECTED,)}
    return RunResult(
        **fields | {"summaries": (), "unchanged": 0} | {"kept": (), "removed": (), "skipped": ()} | changes
    )


def test_names_are_shown_as_they_are(capsys) -> None:
    print_summary(make_result(kept=(NAME,), removed=("a [b].txt",)), as_json=False)
    shown = capsys.readouterr().out
    assert f"Avvist {NAME}: Filen er tom [/i]." in shown
    assert "Rapporten: ut [x]/report/index.html" in shown
    assert f"(--prune tar dem ut): {NAME}." in shown
    assert "Tatt ut av mappen, med alt som var funnet i dem: a [b].txt." in shown


def test_a_repaired_file_is_not_called_rejected(capsys) -> None:
    repaired = replace(REJECTED, reason=RejectionReason.REPAIRED)
    print_summary(make_result(rejected=(repaired,)), as_json=False)
    shown = capsys.readouterr().out
    assert f"Lest med mangler {NAME}" in shown
    assert "Avvist" not in shown


def test_progress_shows_the_name_of_a_rejected_file(capsys) -> None:
    with show_progress() as on_progress:
        on_progress(Path("plan [utkast] [b].txt"), REJECTED, 1)
    assert "Avvist plan [utkast] [b].txt: Filen er tom [/i]." in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(("unchanged", "said"), [(1, "1 dokument var uendret"), (2, "2 dokumenter var uendret")])
def test_what_was_unchanged_is_counted_in_words_that_fit(capsys, unchanged: int, said: str) -> None:
    print_summary(make_result(unchanged=unchanged), as_json=False)
    assert said in capsys.readouterr().out


def test_many_names_are_counted(capsys) -> None:
    print_summary(make_result(removed=tuple(f"{number}.txt" for number in range(12))), as_json=False)
    assert "9.txt og 2 til." in capsys.readouterr().out


def test_json_tells_what_was_kept_and_removed(capsys) -> None:
    print_summary(make_result(kept=("a.txt",), removed=("b.txt",)), as_json=True)
    described = json.loads(capsys.readouterr().out)
    assert (described["kept"], described["removed"]) == (["a.txt"], ["b.txt"])


@pytest.mark.parametrize(
    ("saved", "said"),
    [
        pytest.param(0, "Ingen nye dokumenter var ferdige.", id="none"),
        pytest.param(1, "1 dokument er tatt vare på; kjør på nytt for å fortsette.", id="one"),
        pytest.param(2, "2 dokumenter er tatt vare på; kjør på nytt for å fortsette.", id="two"),
    ],
)
def test_what_is_kept_of_a_stopped_run_is_told(saved: int, said: str) -> None:
    with show_progress() as on_progress:
        for _ in range(saved):
            on_progress(Path("plan.txt"), Analysis(make_reading(["Kommunen skal."]), ()), 2)
        assert on_progress.describe_kept() == said


def test_files_that_may_be_documents_are_named_with_what_to_do(capsys) -> None:
    skipped = (Path("svar.zip"), Path("plan.odt"), Path("bilde.png"), Path("tall.xlsx"))
    print_summary(make_result(skipped=skipped), as_json=False)
    shown = capsys.readouterr().out
    assert "Hoppet over svar.zip: Filen er et arkiv (ZIP). Pakk det ut" in shown
    assert "Hoppet over plan.odt: Filen er et OpenDocument-dokument" in shown
    assert "Hoppet over tall.xlsx: Filen er et Excel-regneark, som ikke leses. Lagre den som PDF" in shown
    assert "1 annen fil i mappene er ikke et dokument og er hoppet over." in shown
