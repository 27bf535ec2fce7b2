"""Chains: seeds of one pair of texts that follow each other closely enough to be one copied stretch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.analyse.reuse.seeds import PairSeeds

MAX_GAP = 25  # words between two seeds of one stretch; a sentence put in between is about this long


@dataclass(slots=True)
class Chain:
    """The stretch from the first seed's first word to the last seed's last, as half-open word ranges."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    matched: int  # words of the first text that the seeds cover


def chain_seeds(seeds: PairSeeds, *, size: int, min_words: int) -> Iterator[Chain]:
    """Yield the chains whose seeds cover at least `min_words` words, in order of their first word.

    A seed joins the open chain that it goes on from: ahead of it in both texts, by at most MAX_GAP words in either.
    """
    open_chains: list[Chain] = []
    for first, second in zip(seeds.first_positions.tolist(), seeds.second_positions.tolist(), strict=True):
        kept: list[Chain] = []
        joined = False
        for chain in open_chains:
            if first - chain.first_end > MAX_GAP:
                if chain.matched >= min_words:
                    yield chain
                continue
            kept.append(chain)
            if not joined and _goes_on(chain, first, second, size=size):
                chain.matched += first + size - max(first, chain.first_end)
                chain.first_end, chain.second_end = first + size, second + size
                joined = True
        if not joined:
            kept.append(Chain(first, first + size, second, second + size, size))
        open_chains = kept
    yield from (chain for chain in open_chains if chain.matched >= min_words)


def _goes_on(chain: Chain, first: int, second: int, *, size: int) -> bool:
    """Tell whether a seed lies ahead of the chain's last seed in both texts, and near it."""
    ahead_first, ahead_second = first - (chain.first_end - size), second - (chain.second_end - size)
    return ahead_first > 0 and ahead_second > 0 and second - chain.second_end <= MAX_GAP
