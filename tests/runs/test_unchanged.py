"""A rerun with nothing to do is told by hashes alone; any change of what a run reads makes it look again."""

from __future__ import annotations

import subprocess
import sys

import pytest

from compliance.config import Config, override
from compliance.runs.run import analyse_files
from compliance.runs.run_files import RunFiles
from compliance.runs.unchanged import find_unchanged_run, hash_inputs

CONFIG = override(
    Config(),
    {
        "run.processes": 1,
        "analyse.judgement_folder": "rules",
        "model.use_cache": False,
        "model.precision": "fp32",  # not measured: that takes seconds
    },
)
PLAN = "Digitaliseringsstrategi for Lillevik kommune\n\nKommunen skal gi alle innbyggere digitale tjenester i 2026.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    (folder / "lillevik.txt").write_text(PLAN, encoding="utf-8")
    (folder / "bilde.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def finished(folder, out):
    return analyse_files([folder], out=out, config=CONFIG)


def is_unchanged(folder, out, config=CONFIG, **asked):
    return find_unchanged_run(RunFiles([folder]), out=out, config=config, **asked) is not None


def test_an_unchanged_run_is_told_as_it_was(finished, folder, out):
    again = find_unchanged_run(RunFiles([folder]), out=out, config=CONFIG)
    assert again is not None
    assert (again.summaries, again.rejected, again.skipped) == (finished.summaries, (), finished.skipped)
    assert (again.unchanged, again.kept, again.removed) == (1, (), ())
    assert again.results.scores == finished.results.scores


def test_a_changed_folder_is_looked_at(finished, folder, out, tmp_path):
    plan, report = folder / "lillevik.txt", out / "report" / "index.html"
    plan.write_text(f"{PLAN}Vi måler det.\n", encoding="utf-8")
    assert not is_unchanged(folder, out)
    plan.write_text(PLAN, encoding="utf-8")
    added = plan.with_name("to.txt")
    added.write_text("Plan for Storvik kommune", encoding="utf-8")
    assert not is_unchanged(folder, out)
    added.unlink()
    plan.rename(added)
    assert not is_unchanged(folder, out)
    added.rename(plan)
    moved = report.rename(report.with_name("borte.html"))
    assert not is_unchanged(folder, out)
    moved.rename(report)
    assert is_unchanged(folder, out)
    assert not is_unchanged(folder, tmp_path)


@pytest.mark.parametrize(
    "setting",
    [{"report.language": "nn"}, {"segment.max_chars": 900}, {"score.max_copied_share": 0.4}, {"ingest.ocr": "off"}],
)
def test_another_setting_is_looked_at(finished, folder, out, setting):
    assert not is_unchanged(folder, out, override(CONFIG, setting))


def test_what_was_asked_for_counts(finished, folder, out):
    assert not is_unchanged(folder, out, retry=True)
    assert not is_unchanged(folder, out, prune=True)


def test_guidelines_of_ones_own_count_by_their_content(finished, folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()

    def hash_now():
        return hash_inputs(RunFiles([folder]), config=override(CONFIG, {"guidelines.folders": (own,)}), prune=False)

    before = hash_now()
    (own / "money.yaml").write_text("cues: []\n", encoding="utf-8")
    assert before != hash_now() == hash_now() is not None


def test_a_run_that_may_end_otherwise_is_never_unchanged(folder):
    for setting in ({"second_reader.enabled": True, "second_reader.model": "m"}, {"model.name": "a-hub/model"}):
        assert hash_inputs(RunFiles([folder]), config=override(CONFIG, setting), prune=False) is None


def test_a_file_that_could_not_be_read_is_tried_again(tmp_path):
    (tmp_path / "skadet.pdf").write_bytes(b"%PDF-1.7\nthis is no PDF")
    analyse_files([tmp_path], out=tmp_path / "out", config=CONFIG)
    assert not is_unchanged(tmp_path, tmp_path / "out")


def test_nothing_is_loaded_to_tell(finished, folder, out, tmp_path):
    """Neither model, rules nor templates: what a rerun imports is most of what it takes."""
    script = (
        "import sys; from pathlib import Path; from compliance.config import load_config;"
        "from compliance.runs.run_files import RunFiles; from compliance.runs.unchanged import find_unchanged_run;"
        "folder, out, settings = map(Path, sys.argv[1:]);"
        "assert find_unchanged_run(RunFiles([folder]), out=out, config=load_config(settings)) is not None;"
        "heavy = {'numpy', 'jinja2', 'torch', 'openvino', 'pandas', 'yaml', 'pymupdf', 'openpyxl'};"
        "print(*sorted(heavy & {*sys.modules}))"
    )
    settings = tmp_path / "settings.toml"
    settings.write_text(
        '[run]\nprocesses = 1\n[analyse]\njudgement_folder = "rules"\n[model]\nuse_cache = false\nprecision = "fp32"\n',
        encoding="utf-8",
    )
    words = [sys.executable, "-c", script, folder, out, settings]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said.split() == []


def test_moving_the_cache_analyses_nothing_again(finished, folder, out, tmp_path):
    seen = []
    moved = override(CONFIG, {"model.cache_folder": tmp_path / "cache"})
    analyse_files([folder], out=out, config=moved, on_progress=lambda *told: seen.append(told))
    assert seen == []


def test_the_measured_precision_counts_and_its_speed_does_not(folder, tmp_path):
    config = override(CONFIG, {"model.precision": "auto", "model.cache_folder": tmp_path})
    measured = tmp_path / "models" / "precision.json"
    measured.parent.mkdir()

    def hash_with(precision, speed):
        text = f'{{\n  "machine": "1",\n  "precision": "{precision}",\n  "tokens_per_second": {{"fp32": {speed}}}\n}}\n'
        measured.write_text(text, encoding="utf-8")
        return hash_inputs(RunFiles([folder]), config=config, prune=False)

    assert hash_with("fp32", 100) == hash_with("fp32", 200) != hash_with("int8", 200)
