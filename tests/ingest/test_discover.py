"""Which files a user means."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.errors import SettingsError
from compliance.files import DATABASE_NAME
from compliance.ingest.discover import discover_files
from compliance.records import RejectionReason


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


@pytest.mark.parametrize("named", [".", "ut"], ids=["run folder below", "run folder named"])
def test_what_a_run_has_made_is_no_input(tmp_path: Path, named: str) -> None:
    for name in ["ut/plan.txt", f"ut/{DATABASE_NAME}", "ut/report/index.html", "ut/report/documents/plan.html"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "god.txt").write_bytes(b"x")
    found = [path.name for path in discover_files([tmp_path / named]).files]
    assert found == (["god.txt"] if named == "." else ["plan.txt"])


def test_a_path_too_long_for_the_system_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="navnet er for langt"):
        discover_files([tmp_path / ("x" * 300)])


def test_a_folder_below_that_cannot_be_opened_is_told_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_folder = Path.iterdir

    def refuse(path: Path):
        if path.name == "under":
            raise PermissionError(errno.EACCES, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", refuse)  # root, as in containers, may open everything
    found = discover_files([folder])
    assert [path.name for path in found.files] == ["A.docx", "b.pdf"]
    assert [(each.id, each.reason) for each in found.rejected] == [(str(folder / "under"), RejectionReason.UNREADABLE)]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Return a folder deeper than Python calls functions, taken down again: pytest's own clean-up recurses."""
    folder = tmp_path
    for _ in range(1200):
        folder = folder / "d"
        folder.mkdir()
    yield folder
    for each in folder.iterdir():
        each.unlink()
    while folder != tmp_path:
        folder.rmdir()
        folder = folder.parent


def test_folders_may_lie_as_deep_as_the_system_lets_them(tmp_path: Path, deep: Path) -> None:
    (deep / "plan.txt").write_bytes(b"x")
    assert [path.name for path in discover_files([tmp_path]).files] == ["plan.txt"]


def test_links_that_lead_nowhere_are_told(folder: Path) -> None:
    (folder / "borte.pdf").symlink_to(folder / "finnes_ikke.pdf")
    (folder / "kart_borte.png").symlink_to(folder / "finnes_ikke.png")
    (folder / "runde.txt").symlink_to(folder / "runde.txt")
    rejected = discover_files([folder]).rejected
    assert [(Path(each.id).name, each.reason) for each in rejected] == [
        ("borte.pdf", RejectionReason.UNREADABLE),
        ("runde.txt", RejectionReason.UNREADABLE),
    ]


def test_a_link_to_a_folder_elsewhere_is_told_and_one_back_into_the_folder_is_not(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder / "opp").symlink_to(folder)
    (folder / "andre").symlink_to(tmp_path_factory.mktemp("andre"))
    (told,) = discover_files([folder]).rejected
    assert (Path(told.id).name, told.detail) == ("andre", "Lenker til mapper følges ikke. Oppgi mappen selv.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among files")
def test_a_pipe_with_a_documents_name_is_told(folder: Path) -> None:
    os.mkfifo(folder / "plan.txt")
    assert [Path(each.id).name for each in discover_files([folder]).rejected] == ["plan.txt"]
