from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.model import app, prepare_default
from compliance.config import Config, ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.cpu.measure import Choice, identify_machine, keep_choice
from compliance.text.embedding.prepared import PreparedFolder


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(f'[model]\ncache_folder = "{(tmp_path / "cache").as_posix()}"\n', encoding="utf-8")
    return file


def test_info_tells_what_is_used_and_that_it_is_not_ready_yet(settings: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["info", "--config", str(settings)])
    assert done.exit_code == 0
    assert "e5-small-q4@" in done.stdout
    assert "kjør compliance model prepare" in done.stdout
    assert not (tmp_path / "cache").exists()


def test_info_as_json(settings: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["info", "--config", str(settings), "--json"])
    described = json.loads(done.stdout)
    assert described["name"] == "e5-small-q4"
    assert described["revision"].startswith("e5-small-q4@")
    assert (described["ready"], described["vectors"]) == (False, 0)
    assert Path(described["folder"]).is_relative_to(tmp_path / "cache")


def test_info_names_what_was_measured(settings: Path, tmp_path: Path) -> None:
    keep_choice(tmp_path / "cache" / "models", Choice(identify_machine(), "int8", {"fp32": 1000, "int8": 3210}))
    done = CliRunner().invoke(app, ["info", "--config", str(settings)])
    assert "/int8" in done.stdout
    assert "int8 3210 tokener i sekundet" in done.stdout


def test_prepare_makes_the_model_ready_and_says_where(
    monkeypatch: pytest.MonkeyPatch, settings: Path, tmp_path: Path
) -> None:
    asked: list[str] = []

    def prepare(self: PreparedFolder, *, progress, verify) -> Path:
        asked.append(f"{self.path.name.removeprefix('e5-small-q4-')} {verify}")
        progress(2, 2)
        return self.path

    keep_choice(tmp_path / "cache" / "models", Choice(identify_machine(), "int8", {}))
    monkeypatch.setattr(PreparedFolder, "prepare", prepare)
    done = CliRunner().invoke(app, ["prepare", "--config", str(settings)])
    assert done.exit_code == 0
    assert "Modellen er klar i" in done.stdout
    assert [each.split("-")[-1] for each in asked] == ["tokens True", "int8 True", "int8 True"]
    assert len(set(asked)) == 3  # the encoder as it is, and with the adapter of the judgement


def test_a_model_that_cannot_be_loaded_is_an_error(tmp_path: Path, settings: Path) -> None:
    (tmp_path / "modell").mkdir()
    done = CliRunner().invoke(app, ["prepare", "--config", str(settings), "--model", str(tmp_path / "modell")])
    assert isinstance(done.exception, ModelError)


def test_only_the_default_model_is_prepared_ahead(tmp_path: Path) -> None:
    prepare_default(Config(model=ModelConfig(name="another", cache_folder=tmp_path / "cache")))
    assert not (tmp_path / "cache").exists()


def test_before_an_analysis_no_checksums_are_read(tmp_path: Path, monkeypatch) -> None:
    def read_all(folder: PreparedFolder) -> list[str]:
        raise AssertionError(f"{folder.path} is read whole")

    monkeypatch.setattr(PreparedFolder, "is_ready", lambda folder: True)
    monkeypatch.setattr(PreparedFolder, "find_damage", read_all)
    prepare_default(Config(model=ModelConfig(cache_folder=tmp_path / "cache", device="cpu", precision="fp32")))
    assert not (tmp_path / "cache" / "models").exists()
