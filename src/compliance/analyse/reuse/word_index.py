"""A text as numbered words: what seeding and alignment work on instead of characters."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Runs of letters or digits; hyphens, quotes and dashes part words, so that their kind never matters. A web address is
# one word: sharing one is a reference, not shared wording.
WORD = re.compile(r"(?:https?://|www\.)\S+|[^\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """The words of one text, as three arrays of equal length n.

    `ids` are 64-bit hashes of the casefolded words, the same on every machine and in every run; `starts` and `ends`
    are character offsets, `text[starts[k]:ends[k]]` is word k as written.
    """

    ids: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the words."""
        return len(self.ids)

    def words_within(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of words that lie wholly within the characters `start` to `end`."""
        first = int(np.searchsorted(self.starts, start, side="left"))
        last = int(np.searchsorted(self.ends, end, side="right"))
        return first, max(first, last)


def index_words(text: str) -> WordIndex:
    """Number the words of a text."""
    spans = [match.span() for match in WORD.finditer(text)]
    ids = [hash_word(text[start:end].casefold()) for start, end in spans]
    offsets = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return WordIndex(np.array(ids, dtype=np.uint64), offsets[:, 0].copy(), offsets[:, 1].copy())


@lru_cache(maxsize=1 << 20)
def hash_word(word: str) -> int:
    """Return the word's 64-bit hash (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def hash_ngrams(ids: NDArray[np.uint64], *, size: int) -> NDArray[np.uint64]:
    """Return the hash of each run of `size` words; n - size + 1 of them, none where the text is shorter.

    A polynomial over the word hashes, modulo 2**64: order matters, and two different runs of a 165-million-character
    corpus collide with a probability below one in ten thousand.
    """
    count = max(0, len(ids) - size + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + ids[offset : offset + count]
    return hashes


def count_words(indexes: Sequence[WordIndex]) -> int:
    """Return how many words the texts have together."""
    return sum(map(len, indexes))
