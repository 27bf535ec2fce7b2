"""Which files a user means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import SettingsError, describe_os_error
from compliance.ingest.media import SUFFIXES


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to read, and those in the folders that were left alone because of their suffix.

    Both are in order of path, each file once. Hidden files and lock files (`~$plan.docx`) are in neither.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def discover_files(paths: Sequence[Path]) -> Discovery:
    """Return the files that the paths name; folders are searched with all that is below them.

    A file named outright is always read, whatever its suffix: if it cannot be, the user is told why. In folders only
    supported suffixes count, so that the pictures beside a plan do not become rejections. Files come in the order
    the user named them, those of a folder by path. Raises SettingsError for a path that does not exist or a folder
    that cannot be opened, and where there are paths but no file to read in any of them.
    """
    files: dict[Path, Path] = {}
    skipped: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise SettingsError(f"{path}: finnes ikke")
        if path.is_dir():
            for file in _walk(path):
                target = files if file.suffix.lower() in SUFFIXES else skipped
                target.setdefault(file.resolve(), file)
        else:
            files.setdefault(path.resolve(), path)
    if paths and not files:
        names = ", ".join(map(str, paths))
        raise SettingsError(f"{names}: fant ingen dokumenter. Filer som kan leses: {', '.join(SUFFIXES)}.")
    return Discovery(tuple(files.values()), tuple(file for key, file in skipped.items() if key not in files))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, case-insensitively by path, without hidden and lock files."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        raise SettingsError(f"{folder}: mappen kan ikke åpnes: {describe_os_error(error)}") from error
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file():
            yield entry
