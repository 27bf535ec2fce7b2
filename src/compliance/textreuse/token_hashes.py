"""A text as numbered words: what seeding and alignment work on instead of characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from compliance.textreuse.folding import fold_characters

VERSION = 2  # of how words are told and hashed; an index of another version cannot be compared with
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd and without pattern, so that no short word hashes like another
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_LONGEST = 4096  # characters; in longer words (there are none) a block of them is hashed like the first


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """The words of one text, as three arrays of equal length n.

    `ids` are 64-bit hashes of the folded words, the same on every machine and in every run; `starts` and `ends` are
    character offsets, `text[starts[k]:ends[k]]` is word k as written.
    """

    ids: NDArray[np.uint64]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    def __len__(self) -> int:
        """Count the words."""
        return len(self.ids)

    def words_within(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of words that lie wholly within the characters `start` to `end`."""
        first = int(np.searchsorted(self.starts, start, side="left"))
        last = int(np.searchsorted(self.ends, end, side="right"))
        return first, max(first, last)

    def characters_of(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open range of characters of the words `first` to `last`.

        Of no words (`first == last`) it is the empty range where word `first` begins, or the last word ends.
        """
        if first < last:
            return int(self.starts[first]), int(self.ends[last - 1])
        place = int(self.starts[first]) if first < len(self.starts) else int(self.ends[-1])
        return place, place


def index_words(text: str) -> WordIndex:
    """Number the words of a text: runs of letters and digits, whatever noise of files and typesetting is in them.

    Quotes, dashes and list markers are no words, so that their kind never matters.
    """
    characters = fold_characters(text)
    in_word = characters.in_word
    edges = np.flatnonzero(np.diff(in_word, prepend=False, append=False))
    begins, stops = edges[::2], edges[1::2]
    if not len(begins):
        return WordIndex(np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint32))
    lengths = stops - begins
    first = np.cumsum(lengths) - lengths
    within = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
    weighed = characters.folded[in_word] * _powers()[within % _LONGEST]
    ids = np.add.reduceat(weighed, first)
    ids = (ids ^ (ids >> np.uint64(31))) * _MIX
    return WordIndex(ids ^ (ids >> np.uint64(29)), characters.starts[begins], characters.stops[stops - 1])


@lru_cache(maxsize=1)
def _powers() -> NDArray[np.uint64]:
    powers = np.full(_LONGEST, _BASE, dtype=np.uint64)
    return np.cumprod(powers, dtype=np.uint64)


def hash_ngrams(ids: NDArray[np.uint64], *, size: int) -> NDArray[np.uint64]:
    """Return the hash of each run of `size` words; n - size + 1 of them, none where the text is shorter.

    A polynomial over the word hashes, modulo 2**64: order matters, and two different runs of a 165-million-character
    corpus collide with a probability below one in ten thousand.
    """
    count = max(0, len(ids) - size + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        hashes = hashes * _BASE + ids[offset : offset + count]
    return hashes
