"""Files that appear whole or not at all, folders that one run at a time writes to, shipped data, hashes, names."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO
from unicodedata import category

from filelock import FileLock, Timeout

from compliance.errors import RunFolderError, SettingsError, describe_os_error

LOCK_NAME = ".lock"
DATABASE_NAME = "run.duckdb"  # in a run's folder; tells such a folder from one of documents
CHECK_RUN_NAME = "run"  # the run's folder in the folder of a checked draft
REPORT_NAME = "report"  # the folder of pages in a run's folder
INDEX = "index.html"  # the overview, in that folder
PACKAGE = Path(__file__).resolve().parent
PACKAGE_DATA = PACKAGE / "data"
# What zipfile raises for damaged archives; RuntimeError for a locked one, or one packed in a way that it does not know.
ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError)
CHECKOUT = Path(__file__).resolve().parents[2]


def find_user_cache() -> Path:
    """Return the user's folder for what can be made again; it may be missing."""
    import platformdirs

    return platformdirs.user_cache_path("compliance", appauthor=False)


def find_data_folder(name: str) -> Path:
    """Return the folder of shipped data called `name`: "national_guidelines" or "rules".

    The wheel keeps it in `compliance/data`; a source checkout keeps it at the top level. Raises SettingsError when
    neither holds it, which means that the installation is damaged.
    """
    for folder in (PACKAGE_DATA / name, CHECKOUT / name):
        if folder.is_dir():
            return folder
    raise SettingsError(f"Datamappen «{name}» mangler. Installer programmet på nytt.")


@contextmanager
def write_atomically(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends without an error; its folders are made.

    The content is on disk before the name is, so that a power cut leaves the old file or the new one. Raises
    SettingsError where it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise SettingsError(f"{path}: kan ikke skrives: {describe_os_error(error)}", file=path) from error
    finally:
        if unfinished.is_file():
            unfinished.unlink()


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Keep other runs out of the folder, made where missing, until the block ends.

    Raises RunFolderError at once where another run holds it or where it cannot be used.
    """
    lock = FileLock(folder / LOCK_NAME, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise RunFolderError(f"{folder}: en annen kjøring bruker mappen. Vent til den er ferdig.") from error
    except OSError as error:
        raise RunFolderError(
            f"{folder}: mappen kan ikke brukes ({describe_os_error(error)}). Velg en annen mappe."
        ) from error
    try:
        yield
    finally:
        lock.release()


def describe_path(path: Path | str) -> str:
    """Return a path as it can be shown, stored and sent anywhere.

    Bytes of a name that are no UTF-8 (Latin-1 names from old archives) become «�», and so do control characters,
    which would otherwise steer the terminal.
    """
    text = os.fsencode(path).decode("utf-8", errors="replace")
    return "".join("�" if category(character) == "Cc" else character for character in text)


def is_run_folder(folder: Path) -> bool:
    """Whether a run has been made into the folder."""
    return (folder / DATABASE_NAME).exists()


def hash_file(path: Path) -> str | None:
    """Return the sha256 of a file's content, None where it is empty, cannot be opened or is no regular file."""
    try:
        if not path.is_file():  # a pipe or a device may never end
            return None
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() if path.stat().st_size else None
    except OSError:
        return None
