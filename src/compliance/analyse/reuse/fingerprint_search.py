"""Which words of a text may be which sentence of official wording: all fingerprints at once, in a few array passes.

Every word that has one of a sentence's hashes is a hit; its drift is how many content words the sentence would begin
later than the text. Hits of one sentence whose drifts are nearly the same follow each other as the sentence's words do.
Only where a sentence has enough of them is it looked at closer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from compliance.guidelines.fingerprints import BITS, ContentWords, Fingerprint, hash_stems

_HASHES = 1 << BITS
_AT_ONCE = 64  # fingerprints hashed together, so that the arrays stay in the processor's cache
_NONE = -1  # in a table: the sentence has no word with this hash

Numbers = NDArray[np.int64]


class Hit(NamedTuple):
    """One content word of a sentence found in the text: its number in the sentence, and in the text."""

    number: int
    word: int

    @property
    def drift(self) -> int:
        """Return by how many content words the text is ahead of the sentence."""
        return self.word - self.number


def find_hits(
    words: ContentWords, fingerprints: Sequence[Fingerprint], *, needed: Callable[[int], int], drift: int
) -> Iterator[tuple[Fingerprint, list[Hit]]]:
    """Yield the hits of each sentence that is near enough to being in the text, in the sentence's order.

    `needed` says of a sentence with so many content words how many hits it must have within `drift` changes of place.
    """
    vocabulary = _list_vocabulary(words)
    tables = _make_tables(tuple(fingerprints))
    least = np.array([needed(length) for length in tables.lengths])
    span = len(words.stems) + _HASHES  # keys of two sentences are further apart than any drifts of one
    for first in range(0, len(fingerprints), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        row, word, number = _look_up(vocabulary, tables, rows)
        keys = row * (2 * span) + (word - number) + span
        order = np.argsort(keys, kind="stable")
        row, word, number, keys = row[order], word[order], number[order], keys[order]
        for start in _find_dense(keys, least[rows][row], drift).tolist():
            end = int(np.searchsorted(keys, keys[start] + drift, side="right"))
            numbers = number[start:end].tolist()
            if len(set(numbers)) >= least[first + row[start]]:
                found = sorted(zip(numbers, word[start:end].tolist(), strict=True))
                yield tables.fingerprints[first + int(row[start])], [Hit(*each) for each in found]


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """Of each fingerprint, a row each, the number in the sentence of the word that has a hash.

    There are as many tables as words of one sentence have the same hash.
    """

    fingerprints: tuple[Fingerprint, ...]
    lengths: tuple[int, ...]  # content words
    salts: NDArray[np.uint64]
    numbers: tuple[NDArray[np.int8], ...]


@lru_cache(maxsize=4)
def _make_tables(fingerprints: tuple[Fingerprint, ...]) -> _Tables:
    numbers = [np.full((len(fingerprints), _HASHES), _NONE, dtype=np.int8)]
    for row, fingerprint in enumerate(fingerprints):
        for number, value in enumerate(fingerprint.content):
            free = next((table for table in numbers if table[row, value] == _NONE), None)
            if free is None:
                free = np.full_like(numbers[0], _NONE)
                numbers.append(free)
            free[row, value] = number
    salts = np.array([each.salt for each in fingerprints], dtype=np.uint64)
    return _Tables(fingerprints, tuple(len(each.content) for each in fingerprints), salts, tuple(numbers))


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """A text's different stems, and where each is: `words[starts[k] : starts[k] + counts[k]]` for stem k."""

    stems: NDArray[np.uint64]
    words: Numbers
    starts: Numbers
    counts: Numbers


def _list_vocabulary(words: ContentWords) -> _Vocabulary:
    stems, inverse, counts = np.unique(words.stems, return_inverse=True, return_counts=True)
    return _Vocabulary(stems, np.argsort(inverse, kind="stable"), np.cumsum(counts) - counts, counts)


def _look_up(vocabulary: _Vocabulary, tables: _Tables, rows: slice) -> tuple[Numbers, Numbers, Numbers]:
    """Return every hit: the fingerprint's row within `rows`, the text's word and its number in the sentence."""
    hashes = hash_stems(vocabulary.stems, tables.salts[rows, None]).astype(np.intp)
    hashes += np.arange(len(hashes))[:, None] * _HASHES
    found: list[tuple[Numbers, Numbers, Numbers]] = []
    for table in tables.numbers:
        numbers = table[rows].ravel()[hashes]
        row, stem = np.nonzero(numbers != _NONE)
        counts = vocabulary.counts[stem]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        word = vocabulary.words[np.repeat(vocabulary.starts[stem], counts) + within]
        found.append((np.repeat(row, counts), word, np.repeat(numbers[row, stem].astype(np.int64), counts)))
    row, word, number = (np.concatenate(each) for each in zip(*found, strict=True))
    return row, word, number


def _find_dense(keys: Numbers, needed: Numbers, drift: int) -> Numbers:
    """Return the hits from which on enough others have a drift that is hardly greater."""
    last = np.arange(len(keys)) + needed - 1
    inside = np.flatnonzero(last < len(keys))
    starts: Numbers = inside[keys[last[inside]] - keys[inside] <= drift]
    return starts
