"""Vectors kept between runs, in one SQLite file in the user's cache folder.

It is only a cache: what is damaged is left out and computed again, and the log says so.
"""

from __future__ import annotations

import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from compliance.config import ModelConfig, find_cache_folder
from compliance.errors import ModelError

VECTORS_NAME = "vectors.sqlite"
KEYS_PER_QUERY = 500  # SQLite takes 999 parameters everywhere
WAIT_SECONDS = 60.0  # for another process that writes
PAUSE_SECONDS = 0.05  # before a file is tried again that another process has for itself

Value = TypeVar("Value")
_logger = logging.getLogger(__name__)


class VectorFile:
    """A VectorCache on disk; several processes may read and write it at once. Opened at the first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: sqlite3.Connection | None = None

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float16]]:
        """Return the vectors that are kept, by key; those that were damaged on the disk are not among them."""
        found: dict[bytes, NDArray[np.float16]] = {}
        damaged = 0
        for first in range(0, len(keys), KEYS_PER_QUERY):
            some = keys[first : first + KEYS_PER_QUERY]
            for key, vector, checksum in self._use(partial(_select, keys=some)):
                if _compute_checksum(key, vector) == checksum:
                    found[key] = np.frombuffer(vector, "<f2").astype(np.float16)
                else:
                    damaged += 1
        if damaged:
            _logger.warning("%d vektorer i %s var skadet og regnes ut på nytt.", damaged, self.path)
        return found

    def put_many(self, vectors: Mapping[bytes, NDArray[np.float16]]) -> None:
        """Keep the vectors, all or none. Raises ModelError where the file cannot be written."""
        packed = [(key, vector.astype("<f2").tobytes()) for key, vector in vectors.items()]
        rows = [(key, vector, _compute_checksum(key, vector)) for key, vector in packed]
        self._use(partial(_insert, rows=rows))

    def count(self) -> int:
        """Return how many vectors are kept."""
        return self._use(_count_rows)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _use(self, work: Callable[[sqlite3.Connection], Value]) -> Value:
        """Return what the work does with the file; a damaged file is begun again. Raises ModelError."""
        try:
            try:
                return work(self._connect())
            except sqlite3.DatabaseError as error:
                if not _is_damaged(error):
                    raise
                self._begin_again()
                return work(self._connect())
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def _connect(self) -> sqlite3.Connection:
        if self._open is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._open = _open_file(self.path)
        return self._open

    def _begin_again(self) -> None:
        self.close()
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + suffix).unlink()
        _logger.warning("Vektorlageret %s var skadet og er begynt på nytt.", self.path)

    def _unusable(self, error: Exception) -> ModelError:
        return ModelError(
            f"vektorlageret {self.path} kan ikke brukes ({error}). Velg en annen mappe med cache_folder, eller slå "
            "det av med use_cache = false, under [model] i innstillingene."
        )


def open_vectors(config: ModelConfig) -> VectorFile:
    """Return the vector cache of the configured cache folder."""
    return VectorFile(find_cache_folder(config) / VECTORS_NAME)


def _open_file(path: Path) -> sqlite3.Connection:
    """Open the file, after one that writes it for the first time or closes it as the last: SQLite waits for neither."""
    give_up = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return _open_now(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(PAUSE_SECONDS)


def _open_now(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers never wait for a writer
        connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last vectors, never the file
        connection.execute(
            "CREATE TABLE IF NOT EXISTS checked_vectors "
            "(key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _select(file: sqlite3.Connection, keys: Sequence[bytes]) -> list[tuple[bytes, bytes, int]]:
    marks = ",".join("?" * len(keys))
    return file.execute(f"SELECT key, vector, checksum FROM checked_vectors WHERE key IN ({marks})", keys).fetchall()


def _insert(file: sqlite3.Connection, rows: Sequence[tuple[bytes, bytes, int]]) -> None:
    with file:
        file.executemany("INSERT OR REPLACE INTO checked_vectors (key, vector, checksum) VALUES (?, ?, ?)", rows)


def _count_rows(file: sqlite3.Connection) -> int:
    (number,) = file.execute("SELECT count(*) FROM checked_vectors").fetchone()
    return int(number)


def _compute_checksum(key: bytes, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(key))


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is no database any more, or not ours; other errors (a full disk, a lock) leave it as it is."""
    if isinstance(error, sqlite3.OperationalError):
        return any(sign in str(error) for sign in ("no such", "no column", "malformed"))
    return True
