"""What a user sees after a mistake: what is wrong and what to do, the right exit code, never a traceback."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from compliance.cli.app import main
from compliance.store.runs import open_run

PLAN = "# Plan for Fjellvik kommune 2025–2028\n\nKommunen skal dele data.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "typo.toml").write_text("[ingest]\nlayuot = 'fast'\n", encoding="utf-8")
    return tmp_path


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["compliance", *command.split(" ")])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        pytest.param("--foo", 2, "Valget --foo finnes ikke.\nSe compliance --help.", id="unknown option"),
        pytest.param("ingst", 2, "Kommandoen «ingst» finnes ikke. Mente du «ingest»?", id="misspelt command"),
        pytest.param("ingest", 2, "FIL må oppgis.\nSe compliance ingest --help.", id="no file"),
        pytest.param("ingest plan.md --jso", 2, "Mente du --json?", id="misspelt option"),
        pytest.param("ingest plan.md --config", 2, "Valget --config må ha en verdi.", id="option without value"),
        pytest.param("ingest plan.md --json=1", 2, "Valget --json skal ikke ha en verdi.", id="flag with value"),
        pytest.param("analyse plan.md", 2, "Valget --out må oppgis.", id="no output folder"),
        pytest.param("analyse plan.md --out x --lang de", 2, "«de» er ikke en av «nb», «nn», «en»", id="bad choice"),
        pytest.param("guidelines show a b", 2, "For mange argumenter: b.", id="too many arguments"),
        pytest.param("ingest borte.pdf", 2, "borte.pdf: finnes ikke", id="missing file"),
        pytest.param("ingest empty", 2, "empty: fant ingen dokumenter", id="folder without documents"),
        pytest.param("analyse empty --out x", 2, "empty: fant ingen dokumenter", id="analysis of nothing"),
        pytest.param("analyse plan.md --out x --reference borte.pdf", 2, "borte.pdf: finnes ikke", id="no reference"),
        pytest.param("analyse plan.md --out plan.md", 1, "Velg en annen mappe", id="output folder is a file"),
        pytest.param("analyse plan.md --out x --guidelines tull", 2, "Velg blant digital_agenda", id="unknown set"),
        pytest.param("analyse plan.md --out x --type tull", 2, "Velg en av samfunnsdel", id="unknown type"),
        pytest.param("ingest plan.md --config typo.toml", 2, "Mente du «layout»?", id="typo in settings"),
        pytest.param("ingest plan.md --config borte.toml", 2, "kan ikke leses: finnes ikke", id="no settings file"),
        pytest.param("evaluate borte", 1, "borte: mappen finnes ikke", id="no gold folder"),
        pytest.param("guidelines lint borte.yaml", 2, "Filen borte.yaml finnes ikke.", id="no file to check"),
        pytest.param("reuse plan.md --out x", 2, "plan.md:1: ikke gyldig JSON", id="no lines of documents"),
        pytest.param("ingest ", 2, "Et argument er tomt.", id="variable of a script that is not set"),
        pytest.param("analyse plan.md --out ", 2, "Et argument er tomt.", id="no name for the output folder"),
        pytest.param("serve --port 99999", 2, "--port skal være høyst 65535.", id="no such port"),
        pytest.param("serve --port fem", 2, "--port skal være et helt tall.", id="port in words"),
        pytest.param("check empty --out x", 2, "empty: er en mappe. Oppgi én fil", id="folder as a draft"),
        pytest.param("model info --config typo.toml", 2, "Mente du «layout»?", id="typo in another command"),
    ],
)
def test_mistake_is_told_with_what_to_do(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    code: int,
    said: str,
) -> None:
    assert run(command, monkeypatch) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "Feil: " in told.err
    assert told.out == ""


def test_a_run_folder_in_use_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_run(folder / "out"):
        assert run("analyse plan.md --out out", monkeypatch) == 1
    assert "en annen kjøring bruker mappen. Vent til den er ferdig." in capsys.readouterr().err


def test_an_output_file_that_cannot_be_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "lines.jsonl").write_text('{"id": "a", "text": "Kommunen skal dele data."}\n', encoding="utf-8")
    assert run("reuse lines.jsonl --out plan.md/x.jsonl", monkeypatch) == 2
    assert "plan.md/x.jsonl: kan ikke skrives: " in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "report").touch()
    assert run("analyse plan.md --out out", monkeypatch) == 1
    assert "rapporten kan ikke skrives (en del av stien er en fil, ikke en mappe)" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told_before_the_page_is_said_to_be_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(f"serve --no-browser --data served --port {taken.getsockname()[1]}", monkeypatch) == 2
    told = capsys.readouterr()
    assert "velg en annen port med --port" in told.err
    assert told.out == ""


def test_a_file_that_may_not_be_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert run("ingest plan.md", monkeypatch) == 2
    assert "Feil: FIL: plan.md kan ikke leses. Sjekk at du har tilgang." in capsys.readouterr().err


def test_a_successful_command_exits_with_0(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("ingest plan.md", monkeypatch) == 0


def test_an_option_of_plain_text_may_be_given_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("corpus add korpus plan.md --note  --url ", monkeypatch) == 0


def test_a_rejected_file_exits_with_1(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "tom.pdf").touch()
    assert run("ingest plan.md tom.pdf", monkeypatch) == 1
