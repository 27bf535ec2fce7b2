"""A run in every format, from the folder that it was made into."""

from __future__ import annotations

import zipfile

import pytest

from compliance.config import Config
from compliance.errors import RunFolderError, SettingsError
from compliance.study.export.run import ExportKind, export_run


def test_study_is_written_as_a_refi_project(notes_study, notes_out, tmp_path):
    written = export_run(notes_out, out=tmp_path / "ny" / "mappe", config=Config(), kinds=[ExportKind.REFI])
    assert [each.path.name for each in written] == ["prosjekt.qdpx", "kodebok.qdc"]
    assert "3 dokumenter (0 med PDF)" in written[0].content
    with zipfile.ZipFile(written[0].path) as archive:
        texts = {archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")}
    assert texts == {each.document.text for each in notes_study.run.results.readings}


def test_folder_without_a_run_is_told(tmp_path):
    with pytest.raises(RunFolderError, match="ikke laget noen analyse"):
        export_run(tmp_path, out=tmp_path / "ut", config=Config())


def test_file_in_the_place_of_the_folder_is_told(notes_study, notes_out, tmp_path):
    (tmp_path / "ut").write_text("")
    with pytest.raises(SettingsError, match="mappen kan ikke lages"):
        export_run(notes_out, out=tmp_path / "ut", config=Config())
