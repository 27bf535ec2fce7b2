"""`compliance export` and `import`: parsing and messages."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from compliance.cli.app import app
from compliance.errors import RunFolderError, SettingsError


def test_unknown_format_is_told(tmp_path):
    result = CliRunner().invoke(app, ["export", str(tmp_path), "--out", str(tmp_path), "--only", "nvivo"])
    assert isinstance(result.exception, SettingsError)
    assert "ukjent format «nvivo»" in str(result.exception)


def test_folder_without_a_run_is_told(tmp_path):
    result = CliRunner().invoke(app, ["export", str(tmp_path), "--out", str(tmp_path / "ut")])
    assert isinstance(result.exception, RunFolderError)


@pytest.mark.parametrize("name", ["finnes-ikke.qdpx", "."])
def test_project_that_cannot_be_read_is_told(tmp_path, name):
    result = CliRunner().invoke(app, ["import", str(tmp_path / name), "--out", str(tmp_path / "ut")])
    assert isinstance(result.exception, SettingsError)
