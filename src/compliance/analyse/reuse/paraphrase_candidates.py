"""Sentences that share content words with a sentence of another text: the few pairs worth an embedding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MIN_STEMS, MAX_STEMS = 4, 40  # content words; below, a sentence says too little, above it is a list or a table
MIN_SHARED = 3  # content words that both sides have
MIN_OVERLAP = 0.45  # of the pair's words by weight; with less, no meaning makes a pair sure (docs/reuse.md)
MAX_LENGTHS = 2.2  # the heavier side over the lighter one
# Sentences that have a seed word; more frequent words are weighed, but start no pair. Bounds the work of large runs.
MAX_HOLDERS = 300
_BLOCK = 4096  # holder sentences looked up at a time


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text of the run, with offsets in that text."""

    text: int  # the text's number
    group: int  # sentences of one group are never compared (`ComparedText.group`)
    passage: int | None  # the passage's number; None where a text has no passages
    start: int
    end: int
    stems: frozenset[str]
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two sentences, by number, that may say the same."""

    holder: int
    source: int
    overlap: float  # 0 to 1: twice the shared words' weight over the weight of both sides' words


@dataclass(slots=True)
class SentenceIndex:
    """Sentences of a run, their words weighed by how few sentences have them."""

    sentences: Sequence[Sentence]
    weights: dict[str, float] = field(init=False)
    _frequencies: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        frequencies: dict[str, int] = {}
        for sentence in self.sentences:
            for stem in sentence.stems:
                frequencies[stem] = frequencies.get(stem, 0) + 1
        total = len(self.sentences)
        self._frequencies = frequencies
        self.weights = {stem: float(np.log1p(total / count)) for stem, count in frequencies.items()}

    def weigh(self, stems: frozenset[str]) -> float:
        """Return the words' weight together, the same whatever order a set has them in."""
        return sum(self.weights[stem] for stem in sorted(stems))

    def measure_overlap(self, one: int, other: int) -> float:
        """Return twice the weight of the words that two sentences share over the weight of both, 0 to 1."""
        first, second = self.sentences[one].stems, self.sentences[other].stems
        return 2 * self.weigh(first & second) / (self.weigh(first) + self.weigh(second))

    def find_candidates(self, holders: Sequence[int]) -> Iterator[Candidate]:
        """Yield the pairs of a holder sentence and another text's sentence that share enough words."""
        if not holders:
            return
        matrix = self._as_matrix()
        masses = np.array([self.weigh(sentence.stems) for sentence in self.sentences])
        groups = np.array([sentence.group for sentence in self.sentences])
        transposed = matrix.T.tocsc()
        for block in (holders[start : start + _BLOCK] for start in range(0, len(holders), _BLOCK)):
            shared = (matrix[list(block)] @ transposed).tocsr()
            shared.sort_indices()
            for holder, (low, high) in zip(block, pairwise(shared.indptr), strict=True):
                places = shared.indices[low:high]
                total = masses[holder] + masses[places]
                lighter = np.minimum(masses[holder], masses[places])
                # A pair that reaches MIN_OVERLAP has at least half of it in words that can start a pair.
                near = shared.data[low:high] >= MIN_OVERLAP / 4 * total
                fits = total <= (1 + MAX_LENGTHS) * lighter
                yield from self._measure(holder, places[near & fits & (groups[places] != groups[holder])])

    def _measure(self, holder: int, places: NDArray[np.int32]) -> Iterator[Candidate]:
        one = self.sentences[holder]
        for source in map(int, places):
            other = self.sentences[source]
            if len(one.stems & other.stems) >= MIN_SHARED and not _differ(one.numbers, other.numbers):
                overlap = self.measure_overlap(holder, source)
                if overlap >= MIN_OVERLAP:
                    yield Candidate(holder, source, overlap)

    def _as_matrix(self) -> csr_array:
        """Return sentences by words; the square root of the weight, of words that can start a pair only."""
        from scipy.sparse import csr_array

        numbers = {stem: number for number, stem in enumerate(sorted(self.weights))}
        rows, columns, values = [], [], []
        for row, sentence in enumerate(self.sentences):
            for stem in sorted(sentence.stems):
                if self._frequencies[stem] <= MAX_HOLDERS:
                    rows.append(row)
                    columns.append(numbers[stem])
                    values.append(self.weights[stem] ** 0.5)
        shape = (len(self.sentences), len(numbers))
        return csr_array((np.array(values), (rows, columns)), shape=shape)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both sides have numbers and none in common: then they tell of different things in like words."""
    return bool(one and other and not one & other)
