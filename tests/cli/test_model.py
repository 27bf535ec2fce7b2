from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.model import app, unpack_default
from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.unpack import UnpackedModel


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


def test_prepare_makes_the_model_ready_and_says_where(monkeypatch: pytest.MonkeyPatch, settings: Path) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(
        UnpackedModel, "unpack", lambda self, *, progress, verify: asked.append(verify) or progress(2, 2) or self.folder
    )
    done = CliRunner().invoke(app, ["prepare", "--config", str(settings)])
    assert done.exit_code == 0
    assert "Modellen er klar i" in done.stdout
    assert asked == [True]


def test_a_model_that_cannot_be_loaded_is_an_error(tmp_path: Path, settings: Path) -> None:
    (tmp_path / "modell").mkdir()
    done = CliRunner().invoke(app, ["prepare", "--config", str(settings), "--model", str(tmp_path / "modell")])
    assert isinstance(done.exception, ModelError)


def test_only_the_default_model_is_unpacked_ahead(tmp_path: Path) -> None:
    unpack_default(ModelConfig(name="another", cache_folder=tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()
