"""Sentences that share content words with a sentence of another text: the few pairs worth an embedding.

Numbers in arrays rather than objects: a large corpus has millions of sentences.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from compliance.records import ProseSentence

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MIN_SHARED = 3  # content words that both sides have
MIN_OVERLAP = 0.45  # of the pair's words by weight; with less, no meaning makes a pair sure (docs/reuse.md)
MAX_LENGTHS = 2.2  # the heavier side over the lighter one
# Sentences that have a seed word; more frequent words are weighed, but start no pair. Bounds the work of large runs.
MAX_HOLDERS = 300
# Holder sentences looked up at a time, each of which may share a word with some thousand others; pairs then measured.
_SENTENCES, _PAIRS = 256, 4096


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two sentences, by number, that may say the same."""

    holder: int
    source: int
    overlap: float  # 0 to 1: twice the shared words' weight over the weight of both sides' words


class SentenceIndex:
    """Sentences of a run, their words weighed by how few sentences have them."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}  # of words, and of numbers marked as such
        self._words, self._ends = array("i"), array("q", [0])
        self._numbers, self._number_ends = array("i"), array("q", [0])
        self._places = array("i")  # three for each sentence: passage, start, end
        self._texts, self._owners = array("i"), array("i")
        self._owner_codes: dict[str, int] = {}
        self._wordings = array("Q")
        self._firsts: list[int] = []  # sentence of each text

    def __len__(self) -> int:
        """Count the sentences."""
        return len(self._texts)

    def add(self, owner: str, sentences: Iterable[ProseSentence]) -> None:
        """Add the next text's sentences; those of one owner are never compared."""
        self._firsts.append(len(self))
        number, code = len(self._firsts) - 1, self._owner_codes.setdefault(owner, len(self._owner_codes))
        for each in sentences:
            self._words.extend(self._codes.setdefault(stem, len(self._codes)) for stem in each.stems)
            self._ends.append(len(self._words))
            self._numbers.extend(self._codes.setdefault(f"#{digits}", len(self._codes)) for digits in each.numbers)
            self._number_ends.append(len(self._numbers))
            self._places.extend((each.passage, each.start, each.end))
            self._texts.append(number)
            self._owners.append(code)
            self._wordings.append(int(each.wording, 16))

    def sentences_of(self, text: int) -> range:
        """Return the numbers of a text's sentences."""
        last = text + 1 == len(self._firsts)
        return range(self._firsts[text], len(self) if last else self._firsts[text + 1])

    def text_of(self, sentence: int) -> int:
        """Return the number of a sentence's text."""
        return self._texts[sentence]

    def place_of(self, sentence: int) -> tuple[int, int, int]:
        """Return a sentence's passage, and where it begins and ends in its document."""
        passage, start, end = self._places[3 * sentence : 3 * sentence + 3]
        return passage, start, end

    def are_same(self, one: int, other: int) -> bool:
        """Tell whether two sentences have the same words."""
        return self._wordings[one] == self._wordings[other]

    def weigh_words(self) -> Weights:
        """Return the words' weights, once all sentences are there."""
        return Weights(self._codes, _as_array(self._words, np.int32), _as_array(self._ends, np.int64))

    def find_candidates(self, holders: Sequence[int], weights: Weights) -> Iterator[Candidate]:
        """Yield the pairs of a holder sentence and another text's sentence that share enough words."""
        if not len(holders):
            return
        starting, everything = weights.tabulate(most=MAX_HOLDERS), weights.tabulate()
        masses, owners = weights.masses, _as_array(self._owners, np.int32)
        transposed = starting.T.tocsr()
        for block in (np.asarray(holders[first : first + _SENTENCES]) for first in range(0, len(holders), _SENTENCES)):
            shared = (starting[block] @ transposed).tocsr()
            shared.sort_indices()
            one, other = np.repeat(block, np.diff(shared.indptr)), shared.indices
            total, lighter = masses[one] + masses[other], np.minimum(masses[one], masses[other])
            # A pair that reaches MIN_OVERLAP has at least half of it in words that can start a pair.
            kept = (shared.data >= MIN_OVERLAP / 4 * total) & (total <= (1 + MAX_LENGTHS) * lighter)
            kept &= owners[one] != owners[other]
            yield from self._measure(one[kept], other[kept], everything, weights)

    def _measure(
        self, ones: NDArray[Any], others: NDArray[Any], everything: csr_array, weights: Weights
    ) -> Iterator[Candidate]:
        for first in range(0, len(ones), _PAIRS):
            one, other = ones[first : first + _PAIRS], others[first : first + _PAIRS]
            counts, overlaps = measure_overlaps(one, other, everything, weights)
            for row in np.flatnonzero((counts >= MIN_SHARED) & (overlaps >= MIN_OVERLAP)).tolist():
                if not self._differ(int(one[row]), int(other[row])):
                    yield Candidate(int(one[row]), int(other[row]), float(overlaps[row]))

    def _differ(self, one: int, other: int) -> bool:
        """Tell whether both sides have numbers and none in common: then they tell of different things in like words."""
        first, second = (self._numbers[self._number_ends[each] : self._number_ends[each + 1]] for each in (one, other))
        return bool(first and second and set(first).isdisjoint(second))


class Weights:
    """How much each word of a run's sentences says."""

    def __init__(self, codes: dict[str, int], words: NDArray[np.int32], ends: NDArray[np.int64]) -> None:
        self._codes, self._words, self._ends = codes, words, ends
        self._counts = np.bincount(words, minlength=len(codes))
        self._weights = np.log1p((len(ends) - 1) / np.maximum(self._counts, 1))
        self.masses: NDArray[np.float64] = np.asarray(self.tabulate().power(2).sum(axis=1)).ravel()

    def of(self, stem: str) -> float:
        """Return a word's weight."""
        return float(self._weights[self._codes[stem]])

    def tabulate(self, *, most: int | None = None) -> csr_array:
        """Return sentences by words: the square root of the weight, of words that at most so many sentences have."""
        from scipy.sparse import csr_array

        shape = (len(self._ends) - 1, len(self._codes))
        values = np.sqrt(self._weights)[self._words]
        if most is None:
            return csr_array((values, self._words, self._ends), shape=shape)
        kept = self._counts[self._words] <= most
        ends = np.concatenate(([0], np.cumsum(kept)))[self._ends]
        return csr_array((values[kept], self._words[kept], ends), shape=shape)


def measure_overlaps(
    ones: NDArray[Any], others: NDArray[Any], everything: csr_array, weights: Weights
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return, for pairs of sentences, how many words both have, and twice their weight over the weight of both."""
    common = everything[ones].multiply(everything[others]).tocsr()
    shared = np.asarray(common.sum(axis=1)).ravel()
    return np.diff(common.indptr), 2 * shared / (weights.masses[ones] + weights.masses[others])


def _as_array(numbers: array[int], kind: type[Any]) -> NDArray[Any]:
    return np.array(numbers, dtype=kind)
