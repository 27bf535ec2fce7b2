"""Shared n-grams: every place of every run of a few words that more than one text has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from compliance.textreuse.token_hashes import WordIndex, hash_ngrams

SHARD_WORDS = 12_000_000  # sorted at a time; a larger corpus is taken in parts by the n-grams' hashes


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The texts of one comparison, in the order that says which is the first of a pair.

    Texts with the same number in `groups` are never compared, nor are two texts of which neither `is_new`: those were
    compared before. Nor are two new ones without `new_meet`: then each pair has one of either.
    """

    words: Sequence[NDArray[np.uint64]]  # the words' ids, an array a text
    groups: NDArray[np.int64]
    is_new: NDArray[np.bool_]
    new_meet: bool = True

    @classmethod
    def compare_all(cls, indexes: Sequence[WordIndex], *, groups: Sequence[int]) -> Texts:
        """Return texts that are all new."""
        words = [index.ids for index in indexes]
        return cls(words, np.asarray(groups, dtype=np.int64), np.ones(len(words), dtype=bool))


@dataclass(frozen=True, slots=True, eq=False)
class SharedGrams:
    """Places of n-grams, as arrays of equal length: by n-gram, within it texts that are not new first, then by text.

    `partners` and `ends` bound, for each place, the places after it that it may be paired with by its n-gram.
    """

    texts: NDArray[np.int32]
    positions: NDArray[np.int32]  # word positions
    partners: NDArray[np.int64]
    ends: NDArray[np.int64]


def find_shared_grams(texts: Texts, *, size: int) -> SharedGrams:
    """Return the places of all n-grams of `size` words that two texts share which are to be compared.

    No n-gram is dropped for being common: the most copied passage is the one we least want to lose.
    """
    order = np.argsort(texts.is_new, kind="stable")  # texts that are not new first
    lengths = np.array([max(0, len(texts.words[k]) - size + 1) for k in order], dtype=np.int64)
    hashes = np.empty(int(lengths.sum()), dtype=np.uint64)
    bases = np.cumsum(lengths) - lengths
    for base, length, number in zip(bases.tolist(), lengths.tolist(), order.tolist(), strict=True):
        hashes[base : base + length] = hash_ngrams(texts.words[number], size=size)
    owners = np.repeat(order.astype(np.int32), lengths)
    first_new = int(bases[np.argmax(texts.is_new[order])]) if texts.is_new.any() else len(hashes)
    candidates = _meet_new(hashes, first_new)
    parts, grams = [], []
    shards = np.uint64(-(-len(candidates) // SHARD_WORDS) or 1)
    for shard in range(int(shards)):
        places = candidates[(hashes[candidates] >> np.uint64(40)) % shards == shard] if shards > 1 else candidates
        found, starts = _group_equal(places, hashes)
        kept, sizes = _find_comparable(found, starts, texts.groups[owners], first_new)
        parts.append(found[kept])
        grams.append(sizes)
    found = np.concatenate(parts)
    shared = _describe(found, np.concatenate(grams), owners, bases[np.argsort(order)], first_new)
    if texts.new_meet:
        return shared
    return replace(shared, partners=np.where(found < first_new, shared.partners, shared.ends))


def _meet_new(hashes: NDArray[np.uint64], first_new: int) -> NDArray[np.int64]:
    """Return the places that may share their n-gram with a place at or behind `first_new`."""
    if first_new == 0:
        return np.arange(len(hashes))
    low_bits = np.uint64((1 << 24) - 1)
    has_new = np.zeros(1 << 24, dtype=bool)
    has_new[hashes[first_new:] & low_bits] = True
    return np.flatnonzero(has_new[hashes & low_bits])


def _group_equal(places: NDArray[np.int64], hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places whose n-gram occurs more than once, together by n-gram and in order, and where each begins."""
    ordered = places[np.argsort(hashes[places])]
    changes = np.diff(hashes[ordered], prepend=np.uint64(0), append=np.uint64(0)) != 0
    changes[[0, -1]] = True
    repeated = ~(changes[:-1] & changes[1:])
    starts = np.flatnonzero(changes[:-1][repeated])
    found = ordered[repeated]
    grams = np.cumsum(changes[:-1][repeated])
    return found[np.lexsort((found, grams))], starts


def _find_comparable(
    found: NDArray[np.int64], starts: NDArray[np.int64], groups: NDArray[np.int64], first_new: int
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Tell which places have an n-gram that texts of several groups share, one of them new, and how many each has."""
    sizes = np.diff(np.append(starts, len(found)))
    if not len(found):
        return np.zeros(0, dtype=bool), sizes
    of_place = groups[found]
    several = np.minimum.reduceat(of_place, starts) != np.maximum.reduceat(of_place, starts)
    several &= np.maximum.reduceat(found, starts) >= first_new
    return np.repeat(several, sizes), sizes[several]


def _describe(
    places: NDArray[np.int64],
    sizes: NDArray[np.int64],
    owners: NDArray[np.int32],
    bases: NDArray[np.int64],
    first_new: int,
) -> SharedGrams:
    texts = owners[places]
    ends = np.cumsum(sizes)
    old = np.add.reduceat((places < first_new).astype(np.int64), ends - sizes) if len(places) else sizes
    partners = np.maximum(np.arange(len(places)) + 1, np.repeat(ends - sizes + old, sizes))
    return SharedGrams(texts, (places - bases[texts]).astype(np.int32), partners, np.repeat(ends, sizes))
