"""Which files a user means."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import SettingsError
from compliance.ingest.discover import discover_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ["b.pdf", "A.docx", "under/c.md", "kart.png", ".skjult.txt", "~$A.docx", ".git/x.txt", "under/D.TXT"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def test_folders_are_searched_in_a_fixed_order(folder: Path) -> None:
    found = discover_files([folder])
    assert [path.relative_to(folder).as_posix() for path in found.files] == [
        "A.docx",
        "b.pdf",
        "under/c.md",
        "under/D.TXT",
    ]


def test_other_suffixes_in_folders_are_skipped_but_told(folder: Path) -> None:
    assert [path.name for path in discover_files([folder]).skipped] == ["kart.png"]


def test_a_file_named_outright_is_always_read(folder: Path) -> None:
    found = discover_files([folder / "kart.png", folder])
    assert found.files[0].name == "kart.png"
    assert found.skipped == ()


def test_each_file_comes_once(folder: Path) -> None:
    found = discover_files([folder / "b.pdf", folder, folder / "under"])
    assert [path.name for path in found.files] == ["b.pdf", "A.docx", "c.md", "D.TXT"]


def test_a_path_that_does_not_exist_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="finnes ikke"):
        discover_files([tmp_path / "borte"])


def test_a_folder_without_documents_is_a_mistake(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".png":
            path.unlink()
    with pytest.raises(SettingsError, match=r"fant ingen dokumenter.*\.pdf"):
        discover_files([folder])


def test_no_path_is_no_file() -> None:
    assert discover_files([]).files == ()
