"""A run's files are found once and read once."""

from __future__ import annotations

import pytest

from compliance.errors import SettingsError
from compliance.files import hash_file
from compliance.runs import run_files
from compliance.runs.run_files import RunFiles


@pytest.fixture
def plans(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Kommunen skal {name}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read to be hashed, in order."""
    names = []

    def hash_and_note(path):
        names.append(path.name)
        return hash_file(path)

    monkeypatch.setattr(run_files, "hash_file", hash_and_note)
    return names


def test_each_file_is_read_once_however_often_it_is_asked_for(plans, read):
    files = RunFiles([plans])
    assert files.contents == files.contents == {path: hash_file(path) for path in sorted(plans.iterdir())}
    assert read == ["a.txt", "b.txt"]


def test_what_was_read_already_is_not_read_again(plans, read):
    files = RunFiles([plans], hashed={plans / "a.txt": "known", plans / "elsewhere.txt": "of another folder"})
    assert files.contents == {plans / "a.txt": "known", plans / "b.txt": hash_file(plans / "b.txt")}
    assert read == ["b.txt"]


def test_what_cannot_be_hashed_has_no_content(plans):
    (plans / "a.txt").write_bytes(b"")
    assert RunFiles([plans]).contents[plans / "a.txt"] is None


def test_a_place_that_does_not_exist_is_told_when_first_asked_for(tmp_path):
    with pytest.raises(SettingsError, match="finnes ikke"):
        _ = RunFiles([tmp_path / "borte"]).found
