"""Matches of a whole corpus as one table of numbers, made in several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.config import ReuseConfig
from compliance.textreuse.matching import Match, count_needed, find_block, find_places
from compliance.textreuse.ngrams import SharedGrams, Texts
from compliance.textreuse.seeds import SeedFinder

# Columns of a span table, an int32 row a match: the two texts, half-open word ranges in both, words shared.
FIRST, SECOND, FIRST_START, FIRST_END, SECOND_START, SECOND_END, SHARED = range(7)
SEEDS_FOR_PROCESSES = 10_000_000  # with fewer, starting processes takes longer than they save

Table = NDArray[np.int32]
Advance = Callable[[int, int], None]  # called with how many blocks are done, and of how many


def find_spans(texts: Texts, *, config: ReuseConfig, on_progress: Advance) -> Table:
    """Return the span table of all texts that are to be compared, sorted by its columns from the left."""
    finder = find_places(texts, config=config)
    blocks = finder.plan_blocks()
    parts = []
    for part in _compare_blocks(finder, blocks, texts, config=config):
        parts.append(part)
        on_progress(len(parts), len(blocks))
    table = np.concatenate(parts) if parts else np.zeros((0, SHARED + 1), dtype=np.int32)
    return sort_table(table)


def sort_table(table: Table) -> Table:
    """Return the rows in the order of their columns from the left."""
    return table[np.lexsort(table.T[::-1])]


def measure_similarity(table: Table) -> NDArray[np.float64]:
    """Return each row's similarity, 0 to 1, as `Alignment.similarity` says it."""
    words = table[:, FIRST_END] - table[:, FIRST_START] + table[:, SECOND_END] - table[:, SECOND_START]
    return 2 * table[:, SHARED] / words


def _compare_blocks(
    finder: SeedFinder, blocks: list[tuple[int, int]], texts: Texts, *, config: ReuseConfig
) -> Iterator[Table]:
    processes = min(os.cpu_count() or 1, len(blocks))
    if processes < 2 or finder.count_seeds() < SEEDS_FOR_PROCESSES:
        for block in blocks:
            yield _tabulate(find_block(finder, block, texts, config=config))
        return
    # Spawned, since a process that has loaded a language model cannot be forked; what all need lies in mapped files.
    with tempfile.TemporaryDirectory(prefix="reuse-") as folder:
        _Shared.save(finder.grams, texts, Path(folder))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=context) as pool:
            yield from pool.map(partial(_work, Path(folder), config), blocks)


def _tabulate(matches: Iterator[Match]) -> Table:
    rows = [
        (match.first, match.second, *match.alignment.first_range, *match.alignment.second_range, match.alignment.shared)
        for match in matches
    ]
    return np.array(rows, dtype=np.int32).reshape(-1, SHARED + 1)


def _work(folder: Path, config: ReuseConfig, block: tuple[int, int]) -> Table:
    """Compare one block in a worker process."""
    shared = _Shared.load(folder)
    finder = _make_finder(folder, config)
    return _tabulate(find_block(finder, block, shared.texts, config=config))


@lru_cache(maxsize=1)
def _make_finder(folder: Path, config: ReuseConfig) -> SeedFinder:
    shared = _Shared.load(folder)
    return SeedFinder(shared.grams, shared.texts, size=config.seed_words, min_words=count_needed(config))


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """What all worker processes read: one array a file, mapped into memory rather than copied."""

    grams: SharedGrams
    texts: Texts

    @staticmethod
    def save(grams: SharedGrams, texts: Texts, folder: Path) -> None:
        for field in fields(grams):
            np.save(folder / f"{field.name}_of_grams.npy", getattr(grams, field.name))
        np.save(folder / "words.npy", np.concatenate(texts.words))
        np.save(folder / "lengths.npy", np.array([len(words) for words in texts.words]))
        np.save(folder / "groups.npy", texts.groups)
        np.save(folder / "is_new.npy", texts.is_new)

    @staticmethod
    @lru_cache(maxsize=1)
    def load(folder: Path) -> _Shared:
        read = partial(np.load, mmap_mode="r")
        grams = SharedGrams(*(read(folder / f"{field.name}_of_grams.npy") for field in fields(SharedGrams)))
        words = read(folder / "words.npy")
        ends = np.cumsum(read(folder / "lengths.npy"))
        parts = [words[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
        return _Shared(grams, Texts(parts, read(folder / "groups.npy"), read(folder / "is_new.npy")))
