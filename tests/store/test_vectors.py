from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.store import vectors as module
from compliance.store.vectors import VECTORS_NAME, VectorFile, open_vectors


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorFile]:
    file = VectorFile(tmp_path / "cache" / VECTORS_NAME)
    yield file
    file.close()


def make_vectors(count: int) -> dict[bytes, np.ndarray]:
    rows = np.random.default_rng(7).normal(size=(count, 384)).astype(np.float16)
    return {f"{number:016d}".encode(): row for number, row in enumerate(rows)}


def test_kept_vectors_come_back_exactly_and_others_not_at_all(vectors: VectorFile) -> None:
    kept = make_vectors(1200)  # more than fit in one query
    vectors.put_many(kept)
    vectors.close()
    found = vectors.get_many([b"unknown", *kept])
    assert found.keys() == kept.keys()
    assert all(np.array_equal(found[key], kept[key]) for key in kept)
    assert vectors.count() == 1200


def test_no_keys_give_no_vectors(vectors: VectorFile) -> None:
    assert vectors.get_many([]) == {}


WRITER = """
import pathlib, sys
import numpy as np
from compliance.store import vectors as module
from compliance.store.vectors import VectorFile
file = VectorFile(pathlib.Path(sys.argv[1]))
for number in range(40):
    file.put_many({f"{sys.argv[2]}{number}".encode(): np.ones(8, np.float16), b"shared": np.ones(8, np.float16)})
file.close()
"""


def test_processes_write_at_once(vectors: VectorFile) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, vectors.path, name]) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert vectors.count() == 3 * 40 + 1


def test_a_file_that_another_has_for_itself_is_waited_for(vectors: VectorFile, monkeypatch) -> None:
    open_now, refused = module._open_now, []

    def refuse_twice(path: Path) -> sqlite3.Connection:
        if len(refused) == 2:
            return open_now(path)
        refused.append(path)
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    monkeypatch.setattr(module, "_open_now", refuse_twice)
    assert vectors.count() == 0
    assert len(refused) == 2


def test_a_file_that_is_no_database_is_begun_again(vectors: VectorFile) -> None:
    vectors.path.parent.mkdir()
    vectors.path.write_bytes(b"ikke en database " * 500)
    vectors.put_many(make_vectors(1))
    assert vectors.count() == 1


def damage(path: Path, change: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()


def test_a_vector_that_was_damaged_on_the_disk_is_computed_again(vectors: VectorFile, caplog) -> None:
    kept = make_vectors(3)
    vectors.put_many(kept)
    first = next(iter(kept))
    damage(vectors.path, f"UPDATE checked_vectors SET vector = zeroblob(768) WHERE key = x'{first.hex()}'")
    assert vectors.get_many(list(kept)).keys() == kept.keys() - {first}
    assert "1 vektorer" in caplog.text
    vectors.put_many({first: kept[first]})
    assert np.array_equal(vectors.get_many([first])[first], kept[first])


def test_a_file_whose_pages_are_damaged_is_begun_again(vectors: VectorFile, caplog) -> None:
    kept = make_vectors(500)
    vectors.put_many(kept)
    vectors.close()
    content = bytearray(vectors.path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)  # all but the first page
    vectors.path.write_bytes(content)
    found = vectors.get_many(list(kept))
    assert all(np.array_equal(found[key], kept[key]) for key in found)
    vectors.put_many(kept)
    assert vectors.get_many(list(kept)).keys() == kept.keys()
    assert "begynt på nytt" in caplog.text


def test_a_table_of_another_shape_is_begun_again(vectors: VectorFile) -> None:
    vectors.path.parent.mkdir()
    damage(vectors.path, "CREATE TABLE checked_vectors (number INTEGER)")
    vectors.put_many(make_vectors(1))
    assert vectors.count() == 1


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(ModelError, match="use_cache = false"):
        open_vectors(ModelConfig(cache_folder=tmp_path / "fil")).count()
