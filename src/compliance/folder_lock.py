"""A folder that one run at a time may write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from compliance.errors import RunFolderError, describe_os_error

LOCK_NAME = ".lock"


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
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
