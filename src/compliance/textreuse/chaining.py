"""Chains: seeds of one pair of texts that follow each other closely enough to be one copied stretch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.textreuse.seeds import PairSeeds

MAX_GAP = 25  # words between two seeds of one stretch; a sentence put in between is about this long
BUCKET = 32  # words


@dataclass(frozen=True, slots=True)
class SharedRun:
    """`length` words in a row that are the same, from word `first` of one text and word `second` of the other."""

    first: int
    second: int
    length: int


@dataclass(slots=True)
class Chain:
    """Seeds in order, none overlapping the next on either side, and where they end in both texts."""

    runs: list[SharedRun]
    first_end: int
    second_end: int

    @property
    def matched(self) -> int:
        """How many words the seeds cover."""
        return sum(run.length for run in self.runs)


def chain_seeds(seeds: PairSeeds, *, size: int, min_words: int) -> Iterator[Chain]:
    """Yield the chains whose seeds cover at least `min_words` words, in order of their first word.

    A seed joins the oldest chain that it goes on from: ahead of it in both texts, by at most MAX_GAP words in either.
    `size` is how many words of a seed are enough where its beginning overlaps the chain's end.
    """
    chains: list[Chain] = []
    # Open chains' numbers by where they end in the second text, so that a phrase that stands there a thousand times
    # does not make a thousand chains to look through for each seed.
    ending: defaultdict[int, list[int]] = defaultdict(list)
    for first, second, length in zip(
        seeds.first_positions.tolist(), seeds.second_positions.tolist(), seeds.lengths.tolist(), strict=True
    ):
        near = range((second - MAX_GAP) // BUCKET, (second + length) // BUCKET + 1)
        for bucket in near:
            if bucket in ending:
                ending[bucket] = [number for number in ending[bucket] if first - chains[number].first_end <= MAX_GAP]
        for number in sorted(number for bucket in near for number in ending.get(bucket, ())):
            before = chains[number].second_end // BUCKET
            if _join(chains[number], first, second, length, size=size):
                ending[before].remove(number)
                break
        else:
            number = len(chains)
            chains.append(Chain([SharedRun(first, second, length)], first + length, second + length))
        ending[chains[number].second_end // BUCKET].append(number)
    yield from (chain for chain in chains if chain.matched >= min_words)


def _join(chain: Chain, first: int, second: int, length: int, *, size: int) -> bool:
    """Put a seed, or what of it lies ahead, at the chain's end; tell whether it belongs there."""
    behind = max(0, chain.first_end - size + 1 - first, chain.second_end - size + 1 - second)
    too_far = max(first - chain.first_end, second - chain.second_end) + behind > MAX_GAP
    if too_far or behind > length - size:
        return False
    overlap = max(0, chain.first_end - first, chain.second_end - second)  # less than its length
    chain.runs.append(SharedRun(first + overlap, second + overlap, length - overlap))
    chain.first_end, chain.second_end = first + length, second + length
    return True
