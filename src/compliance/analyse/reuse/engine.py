"""The engine: seed, chain, align. Knows texts only; what they are and what a match means is for others to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.analyse.reuse.alignment import Alignment, align, drop_overlaps
from compliance.analyse.reuse.chains import chain_seeds
from compliance.analyse.reuse.seeds import PairSeeds, find_seeds
from compliance.analyse.reuse.word_index import WordIndex
from compliance.config import ReuseConfig


@dataclass(frozen=True, slots=True)
class Match:
    """Two stretches, one in each of two texts, that share wording; `first` and `second` index the texts given."""

    first: int
    second: int
    alignment: Alignment


def find_matches(indexes: Sequence[WordIndex], *, groups: Sequence[int], config: ReuseConfig) -> Iterator[Match]:
    """Yield every stretch that two texts of different groups share, each pair of texts once, `first < second`.

    The order depends on nothing but the order of the texts. Every match is verified by an alignment of its words.
    """
    size = config.seed_words
    min_seeds = -(-config.min_words // size)  # fewer cannot cover min_words
    for seeds in find_seeds(indexes, groups=groups, size=size, min_seeds=min_seeds):
        for alignment in _align_pair(seeds, indexes, config=config):
            yield Match(seeds.first, seeds.second, alignment)


def _align_pair(seeds: PairSeeds, indexes: Sequence[WordIndex], *, config: ReuseConfig) -> list[Alignment]:
    first, second = indexes[seeds.first], indexes[seeds.second]
    chains = chain_seeds(seeds, size=config.seed_words, min_words=config.min_words)
    found = [alignment for chain in chains if (alignment := align(chain, first, second))]
    good = [each for each in found if each.shared >= config.min_words and each.similarity >= config.min_similarity]
    return sorted(drop_overlaps(good), key=lambda alignment: alignment.first_range)
