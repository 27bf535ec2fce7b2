"""Seeds: places where two texts have the same few words in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.reuse.word_index import WordIndex, hash_ngrams

CHUNK = 4_000_000  # seeds made at a time, so that memory stays bounded where very many texts share a passage


@dataclass(frozen=True, slots=True, eq=False)
class PairSeeds:
    """All seeds between two texts, by position in the first: two arrays of word positions of equal length."""

    first: int  # index of the text, always below `second`
    second: int
    first_positions: NDArray[np.int64]
    second_positions: NDArray[np.int64]


def find_seeds(
    indexes: Sequence[WordIndex], *, groups: Sequence[int], size: int, min_seeds: int
) -> Iterator[PairSeeds]:
    """Yield the seeds of each pair of texts that has at least `min_seeds` of them.

    Texts with the same number in `groups` are never compared with each other. No n-gram is dropped for being common:
    the most copied passage is the one we least want to lose.
    """
    rows = [chunk for chunk in _pair_rows(indexes, groups=np.asarray(groups), size=size) if chunk.shape[1]]
    if not rows:
        return
    first, second, first_positions, second_positions = np.concatenate(rows, axis=1)
    order = np.lexsort((second_positions, first_positions, second, first))
    first, second = first[order], second[order]
    breaks = np.flatnonzero((np.diff(first) != 0) | (np.diff(second) != 0)) + 1
    bounds = np.concatenate(([0], breaks, [len(first)]))
    for low, high in pairwise(bounds):
        if high - low >= min_seeds:
            picked = order[low:high]
            yield PairSeeds(int(first[low]), int(second[low]), first_positions[picked], second_positions[picked])


def _pair_rows(indexes: Sequence[WordIndex], *, groups: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """Yield arrays of four rows: first text, second text, position in the first, position in the second."""
    hashes = [hash_ngrams(index.ids, size=size) for index in indexes]
    texts = np.repeat(np.arange(len(hashes)), [len(each) for each in hashes])
    positions = np.concatenate([np.arange(len(each)) for each in hashes]) if hashes else np.zeros(0, dtype=np.int64)
    flat = np.concatenate(hashes) if hashes else np.zeros(0, dtype=np.uint64)
    order = np.argsort(flat, kind="stable")  # stable: within an n-gram, by text and position
    ordered = flat[order]
    starts = np.concatenate(([0], np.flatnonzero(np.diff(ordered)) + 1)) if len(ordered) else np.zeros(0, dtype=int)
    sizes = np.diff(np.concatenate((starts, [len(ordered)])))
    for holders in np.unique(sizes[sizes > 1]):
        same_size = starts[sizes == holders]
        left, right = np.triu_indices(int(holders), k=1)
        step = max(1, CHUNK // len(left))
        for at in range(0, len(same_size), step):
            members = order[same_size[at : at + step, None] + np.arange(holders)]
            one, other = members[:, left].ravel(), members[:, right].ravel()
            kept = groups[texts[one]] != groups[texts[other]]
            one, other = one[kept], other[kept]
            yield np.stack((texts[one], texts[other], positions[one], positions[other]))
