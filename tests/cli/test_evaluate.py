"""`compliance evaluate`: what is printed and written, and the exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from compliance.cli.app import main
from gold_folders import make_row, write_gold

TEXTS = ["Kommunen skal dele åpne data med innbyggerne.", "Vi har åtte barnehager."]


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [make_row(number, elements=("W3",)) for number in range(2)]
    write_gold(tmp_path / "gold" / "plan", TEXTS, labels=rows, split="test")
    write_gold(tmp_path / "gold" / "sak", ["Saken gjelder broen."], labels=rows[:1], split="train")
    return tmp_path / "gold"


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["compliance", *command.split()])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_lint_alone_measures_nothing(gold, monkeypatch, capsys):
    assert run("evaluate gold --lint-only --junit lint.xml", monkeypatch) == 0
    assert capsys.readouterr().out == "2 gullsett, 3 avsnitt: ingen feil.\n"
    assert 'tests="2" failures="0"' in Path("lint.xml").read_text(encoding="utf-8")


def test_all_problems_are_told_before_anything_is_measured(gold, monkeypatch, capsys):
    for name in ("plan", "sak"):
        write_gold(gold / name, TEXTS, labels=[make_row(0, goals=("XX1",))])
    assert run("evaluate gold --json x.json --junit lint.xml", monkeypatch) == 1
    said = capsys.readouterr().err
    assert "feil i gullmappene" in said
    assert said.count("ukjent merke XX1") == said.count("samme avsnitt") == 2
    assert 'failures="2"' in Path("lint.xml").read_text(encoding="utf-8")
    assert not Path("x.json").exists()


def test_measures_a_split_and_holds_it_against_an_earlier_one(gold, monkeypatch, capsys):
    assert run("evaluate gold --split test --json now.json --junit now.xml --markdown now.md", monkeypatch) == 0
    told = capsys.readouterr()
    assert "elements.micro_f1" in told.out
    assert told.err == "1/1 plan\n"
    written = json.loads(Path("now.json").read_text(encoding="utf-8"))
    assert list(written["documents"]) == ["plan"]

    assert run("evaluate gold --split test --baseline now.json", monkeypatch) == 0
    assert "2 avsnitt sammenlignet med grunnlinjen: 0 merker gikk fra rett til galt" in capsys.readouterr().out

    for row in written["documents"]["plan"]["labels"].values():
        row.update(level="background", elements=["W3"], local=False)
    write_gold(gold / "plan", TEXTS, labels=[make_row(number, elements=("W3",)) for number in range(2)])
    Path("better.json").write_text(json.dumps(written), encoding="utf-8")
    assert run("evaluate gold/plan --baseline better.json --junit now.xml --markdown now.md", monkeypatch) == 1
    told = capsys.readouterr()
    assert "dårligere enn grunnlinjen" in told.err
    assert "plan 1: elements W3: fasit ja, før ja, nå nei" in told.out
    assert "**dårligere**" in Path("now.md").read_text(encoding="utf-8")
    assert "compliance.evaluate.figures" in Path("now.xml").read_text(encoding="utf-8")


def test_unusable_baseline_is_told_before_anything_is_measured(gold, monkeypatch, capsys):
    assert run("evaluate gold --baseline borte.json", monkeypatch) == 1
    told = capsys.readouterr()
    assert "borte.json: kan ikke leses: finnes ikke" in told.err
    assert "1/2" not in told.err
