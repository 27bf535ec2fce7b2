"""A corpus kept as numbers in a folder, so that a new document is compared with it without reading it again.

Each run adds one file, put in place whole when the run is done: the words of the documents that were new, and the
spans that were found for them. A run that is killed leaves the folder as it was. No text is kept.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compliance.config import ReuseConfig, hash_config
from compliance.errors import RunFolderError
from compliance.files import lock_folder
from compliance.textreuse.corpus_matching import FIRST, SECOND, SHARED, Table
from compliance.textreuse.token_hashes import VERSION, WordIndex

_ENGINE = 3  # raised with every change of the engine that may change what it finds
_PATTERN = "batch-*.npz"


@dataclass(frozen=True, slots=True, eq=False)
class IndexedText:
    """One text of a corpus: `key` is the sha256 of the text, by which a changed text is told."""

    id: str
    key: str
    index: WordIndex


class IndexFolder:
    """The texts and spans of all runs so far. A text that came again changed replaces the one before it."""

    def __init__(self, folder: Path, stamp: str) -> None:
        self._folder, self._stamp = folder, stamp
        self._every: list[IndexedText] = []  # also those replaced: spans name texts by their place here
        tables = [self._load(file) for file in sorted(folder.glob(_PATTERN))]
        self._batches = len(tables)
        self._table = np.concatenate((np.zeros((0, SHARED + 1), dtype=np.int32), *tables))

    @property
    def texts(self) -> dict[str, IndexedText]:
        """The texts in force, by id."""
        return {text.id: text for text in self._every}

    def number_spans(self, numbers: Mapping[str, int]) -> Table:
        """Return the spans between texts in force, with the texts' own numbers for their ids.

        `numbers` must be in the order of the ids. Spans of texts that are not in it are left out.
        """
        places = {text.id: place for place, text in enumerate(self._every)}
        renumbered = np.full(len(self._every) + 1, -1, dtype=np.int32)
        for text_id, number in numbers.items():
            if text_id in places:
                renumbered[places[text_id]] = number
        table = self._table.copy()
        table[:, [FIRST, SECOND]] = renumbered[table[:, [FIRST, SECOND]]]
        return table[(table[:, FIRST] >= 0) & (table[:, SECOND] >= 0)]

    def add(self, texts: Sequence[IndexedText], table: Table, *, ids: Sequence[str]) -> None:
        """Add new texts and the spans found for them, all at once or not at all; `ids` are those the table numbers."""
        if not texts:
            return
        self._every.extend(texts)
        places = {text.id: place for place, text in enumerate(self._every)}
        renumbered = np.array([places[text_id] for text_id in ids], dtype=np.int32)
        table = table.copy()
        table[:, [FIRST, SECOND]] = renumbered[table[:, [FIRST, SECOND]]]
        self._table = np.concatenate((self._table, table))
        self._batches += 1
        self._write(self._folder / f"batch-{self._batches:06}.npz", texts, table)

    def _write(self, file: Path, texts: Sequence[IndexedText], table: Table) -> None:
        about = {"stamp": self._stamp, "texts": [(text.id, text.key, len(text.index)) for text in texts]}
        unfinished = file.with_suffix(".part")
        with unfinished.open("wb") as stream:
            np.savez(
                stream,
                about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
                ids=np.concatenate([text.index.ids for text in texts]),
                starts=np.concatenate([text.index.starts for text in texts]),
                ends=np.concatenate([text.index.ends for text in texts]),
                table=table,
            )
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)

    def _load(self, file: Path) -> Table:
        try:
            with np.load(file) as batch:
                arrays = {name: batch[name] for name in ("about", "ids", "starts", "ends", "table")}
            about = json.loads(arrays["about"].tobytes())
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise RunFolderError(f"{file}: filen er skadet. Slett indeksmappen og lag den på nytt.") from error
        if about["stamp"] != self._stamp:
            raise RunFolderError(
                f"{file.parent}: indeksen er laget med andre innstillinger eller en annen versjon av programmet. "
                "Velg en ny mappe."
            )
        self._every.extend(_cut_texts(about["texts"], arrays))
        table: Table = arrays["table"]
        return table


def _cut_texts(described: Sequence[tuple[str, str, int]], arrays: Mapping[str, NDArray[Any]]) -> Iterator[IndexedText]:
    start = 0
    for text_id, key, length in described:
        ids, starts, ends = (arrays[name][start : start + length] for name in ("ids", "starts", "ends"))
        yield IndexedText(text_id, key, WordIndex(ids, starts, ends))
        start += length


@contextmanager
def open_index(folder: Path, *, config: ReuseConfig) -> Iterator[IndexFolder]:
    """Open an index, made where missing, and keep other runs out until the block ends.

    Raises RunFolderError where another run holds the folder, where it cannot be used, or where what is in it was made
    with other settings or by another version, so that its spans would not be a full run's.
    """
    with lock_folder(folder):
        yield IndexFolder(folder, f"{_ENGINE}.{VERSION}.{hash_config(config)}")
