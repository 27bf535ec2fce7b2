"""`compliance study` from the terminal: what it says, what it ends with, and that a rerun says the same at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.app import app
from compliance.study import run

PLAN = "# {name} kommune: Digitaliseringsstrategi 2019–2022\n\n{name} kommune skal tilby digitale tjenester til alle.\n"
SETTINGS = (
    '[run]\nprocesses = 1\n[analyse]\njudgement_folder = "rules"\n[model]\nuse_cache = false\nprecision = "fp32"\n'
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "korpus"
    folder.mkdir()
    for name in ("Solvik", "Fjordnes"):
        (folder / f"{name.lower()}.md").write_text(PLAN.format(name=name), encoding="utf-8")
    return folder


@pytest.fixture
def study(corpus: Path, tmp_path: Path):
    settings, out = tmp_path / "innstillinger.toml", tmp_path / "ut"
    settings.write_text(SETTINGS, encoding="utf-8")

    def make(*words: str):
        fixed = ["study", str(corpus), "--out", str(out), "--as-of", "2020-09-30", "--config", str(settings)]
        return CliRunner().invoke(app, [*fixed, *words])

    return make


def test_status_findings_and_place_are_told_and_a_rerun_tells_the_same(study, corpus, tmp_path, monkeypatch):
    first = study()
    assert first.exit_code == 0, first.output
    assert "Solvik" in first.stdout
    assert "Fjordnes" in first.stdout
    assert f"Studien: {tmp_path / 'ut' / 'report' / 'index.html'}" in first.stdout
    assert (corpus / "manifest.csv").is_file()
    assert study().stdout == first.stdout  # looks at the manifest that the first has written
    monkeypatch.setattr(run, "run_study", pytest.fail)  # is not even asked now
    assert study().stdout == first.stdout


def test_json_has_what_the_text_tells(study):
    told = json.loads(study("--json").stdout)
    assert sorted(told) == ["findings", "remarks", "states"]
    assert len(told["states"]) == 2


def test_a_file_that_cannot_be_read_is_named_and_ends_with_1(study, corpus):
    (corpus / "skadet.pdf").write_bytes(b"%PDF-1.7\nthis is no PDF")
    done = study()
    assert done.exit_code == 1
    assert "skadet.pdf" in done.stderr
    assert "Solvik" in done.stdout


def test_a_corpus_without_documents_says_what_can_be_read(study, corpus):
    for path in corpus.iterdir():
        path.unlink()
    done = study()
    assert done.exit_code != 0
    assert "fant ingen dokumenter" in f"{done.output}{done.exception}"
