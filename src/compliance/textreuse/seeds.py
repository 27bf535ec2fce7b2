"""Seeds: places where two texts have the same few words in a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from compliance.textreuse.ngrams import SharedGrams, Texts

CHUNK = 500_000  # seeds made at a time, about, so that memory stays bounded where very many texts share a passage
# Places of an n-gram within one text that are paired with all places of another text. The ones after them are paired
# with its first place only: a phrase that stands a thousand times in each of two texts must not make a million seeds.
FULLY_PAIRED = 8
REACH = 40  # words; seeds farther from each other than this are never chained (chains.MAX_GAP and a seed's words)


@dataclass(frozen=True, slots=True, eq=False)
class PairSeeds:
    """All seeds between two texts, by position in the first: arrays of equal length.

    A seed is `lengths` words in a row, as many as are the same: neighbouring n-grams are joined.
    """

    first: int  # number of the text, always below `second`
    second: int
    first_positions: NDArray[np.int64]
    second_positions: NDArray[np.int64]
    lengths: NDArray[np.int64]


class SeedFinder:
    """Makes the seeds of a block of texts at a time, so that the memory needed does not grow with the corpus."""

    def __init__(self, grams: SharedGrams, texts: Texts, *, size: int, min_words: int) -> None:
        self.grams, self._texts = grams, texts
        self._size, self._min_words = size, min_words

    def plan_blocks(self) -> list[tuple[int, int]]:
        """Return half-open ranges of `by_text`, in order, each of about CHUNK seeds and of whole texts."""
        _, bounds = self._by_text
        counts = self._places.counts[self._by_text[0]]
        total = np.concatenate(([0], np.cumsum(counts)))[bounds]
        blocks, start = [], 0
        for k in range(1, len(bounds)):
            if k == len(bounds) - 1 or total[k + 1] - total[start] > CHUNK:
                blocks.append((int(bounds[start]), int(bounds[k])))
                start = k
        return [block for block in blocks if block[0] < block[1]]

    def count_seeds(self) -> int:
        """Return how many seeds are looked at over all blocks, those of texts with themselves included."""
        return int(self._places.counts.sum())

    def find_seeds(self, block: tuple[int, int]) -> Iterator[PairSeeds]:
        """Yield the seeds of each pair of texts whose earlier text is in the block, where a chain can come of them."""
        made = self._make(self._by_text[0][block[0] : block[1]])
        joined = _join_neighbours(made[:, _has_company(made)], size=self._size)
        long_enough = joined[4] >= self._min_words
        joined = joined[:, long_enough | _has_near(joined)]
        first, second = joined[0], joined[1]
        breaks = np.flatnonzero((np.diff(first) != 0) | (np.diff(second) != 0)) + 1
        for low, high in pairwise([0, *breaks.tolist(), len(first)]):
            if high > low:
                yield PairSeeds(int(first[low]), int(second[low]), *joined[2:, low:high])

    @cached_property
    def _by_text(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places by text, texts in the order that they stand in within n-grams, and where each text begins."""
        age_and_number = self._texts.is_new[self.grams.texts].astype(np.int64) * len(self._texts.groups)
        keys = age_and_number + self.grams.texts
        order = np.argsort(keys, kind="stable")
        changes = np.flatnonzero(np.diff(keys[order])) + 1
        return order, np.concatenate(([0], changes, [len(order)])) if len(order) else np.zeros(1, dtype=np.int64)

    @cached_property
    def _places(self) -> _Partners:
        return _Partners.of(self.grams)

    def _make(self, drivers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the seeds of some places with those after them, in rows: texts and positions of both sides."""
        one, other = self._places.pair(drivers)
        grams, groups = self.grams, self._texts.groups
        kept = groups[grams.texts[one]] != groups[grams.texts[other]]
        one, other = one[kept], other[kept]
        turned = grams.texts[one] > grams.texts[other]
        one, other = np.where(turned, other, one), np.where(turned, one, other)
        columns = (grams.texts[one], grams.texts[other], grams.positions[one], grams.positions[other])
        return np.stack([column.astype(np.int64) for column in columns])


@dataclass(frozen=True, slots=True, eq=False)
class _Partners:
    """Which places each place is paired with: a run in one of three lists, by how often its text has the n-gram."""

    lists: tuple[NDArray[np.int64], ...]  # all places; the first FULLY_PAIRED of each text; the first of each text
    choice: NDArray[np.int8]  # the list that a place's partners are in
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, grams: SharedGrams) -> _Partners:
        """Find each place's partners."""
        number = np.arange(len(grams.texts))
        new_run = np.ones(len(number), dtype=bool)
        new_run[1:] = (np.diff(grams.texts) != 0) | (np.diff(grams.ends) != 0)
        occurrence = number - np.maximum.accumulate(np.where(new_run, number, 0))
        choice = np.where(occurrence == 0, 0, np.where(occurrence < FULLY_PAIRED, 1, 2)).astype(np.int8)
        lists, starts, counts = [], np.zeros_like(number), np.zeros_like(number)
        for which, allowed in enumerate((occurrence >= 0, occurrence < FULLY_PAIRED, occurrence == 0)):
            before = np.concatenate(([0], np.cumsum(allowed)))
            mine = choice == which
            starts[mine] = before[np.minimum(grams.partners, grams.ends)[mine]]
            counts[mine] = before[grams.ends[mine]] - starts[mine]
            lists.append(np.flatnonzero(allowed))
        return cls(tuple(lists), choice, starts, counts)

    def pair(self, drivers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs of some places, each with every partner of its own."""
        ones, others = [], []
        for which, places in enumerate(self.lists):
            mine = drivers[self.choice[drivers] == which]
            counts = self.counts[mine]
            shift = self.starts[mine] - (np.cumsum(counts) - counts)
            ones.append(np.repeat(mine, counts))
            others.append(places[np.arange(int(counts.sum())) + np.repeat(shift, counts)])
        return np.concatenate(ones), np.concatenate(others)


def _has_company(seeds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which seeds may have another of their pair of texts within REACH of them in the first text.

    Counts them in two sets of windows that overlap by half, by a hash of pair and window: never says no where the
    answer is yes, and says yes wrongly only where hashes collide.
    """
    pairs = (seeds[0] << 32 | seeds[1]).view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    kept = np.zeros(seeds.shape[1], dtype=bool)
    for shift in (0, REACH):
        windows = ((seeds[2] + shift) // (2 * REACH)).view(np.uint64)
        slots = ((pairs ^ windows * np.uint64(0xC2B2AE3D27D4EB4F)) * np.uint64(0xFF51AFD7ED558CCD)) >> np.uint64(41)
        kept |= np.bincount(slots.view(np.int64), minlength=1 << 23)[slots] > 1
    return kept


def _join_neighbours(seeds: NDArray[np.int64], *, size: int) -> NDArray[np.int64]:
    """Join seeds that go on from one word to the next on both sides; a fifth row says how many words each has."""
    first, second, one, other = seeds
    order = np.lexsort((one, other - one, second, first))
    seeds = seeds[:, order]
    steps = np.diff(seeds, axis=1)
    goes_on = (steps[0] == 0) & (steps[1] == 0) & (steps[2] == 1) & (steps[3] == 1)
    starts = np.flatnonzero(np.concatenate(([True], ~goes_on)))[: None if seeds.shape[1] else 0]
    counts = np.diff(np.append(starts, seeds.shape[1]))
    joined = np.concatenate((seeds[:, starts], (counts + size - 1)[None]))
    return joined[:, np.lexsort((joined[3], joined[2], joined[1], joined[0]))]


def _has_near(seeds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which seeds have another of their pair within REACH behind or before them in the first text."""
    near = np.zeros(seeds.shape[1], dtype=bool)
    same_pair = (np.diff(seeds[0]) == 0) & (np.diff(seeds[1]) == 0)
    pair = np.concatenate(([0], np.cumsum(~same_pair))) << 32 if len(near) else near.astype(np.int64)
    begins, farthest = pair + seeds[2], np.maximum.accumulate(pair + seeds[2] + seeds[4])
    near[1:] = same_pair & (begins[1:] - farthest[:-1] <= REACH)
    near[:-1] |= same_pair & (begins[1:] - (begins + seeds[4])[:-1] <= REACH)
    return near
