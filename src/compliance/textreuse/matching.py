"""The engine: seed, chain, align. Knows texts only; what they are and what a match means is for others to say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from compliance.config import ReuseConfig
from compliance.textreuse.alignment import Alignment, align, drop_overlaps
from compliance.textreuse.chaining import chain_seeds
from compliance.textreuse.ngrams import Texts, find_shared_grams
from compliance.textreuse.seeds import PairSeeds, SeedFinder
from compliance.textreuse.token_hashes import WordIndex


@dataclass(frozen=True, slots=True)
class Match:
    """Two stretches, one in each of two texts, that share wording; `first` and `second` index the texts given."""

    first: int
    second: int
    alignment: Alignment


def find_matches(indexes: Sequence[WordIndex], *, groups: Sequence[int], config: ReuseConfig) -> Iterator[Match]:
    """Yield every stretch that two texts of different groups share, each pair of texts once, `first < second`.

    The order depends on nothing but the order of the texts. Every match is verified by an alignment of its words.
    What a pair of texts shares depends on the two alone, whatever they are compared along with.
    """
    yield from find_matches_of(Texts.compare_all(indexes, groups=groups), config=config)


def find_matches_of(
    texts: Texts, *, config: ReuseConfig, only: Collection[tuple[int, ...]] | None = None
) -> Iterator[Match]:
    """Yield what `find_matches` does, of the pairs of texts that are to be compared.

    `only` are pairs by number, `first < second`, where no others are wanted: the rest is not aligned.
    """
    finder = find_places(texts, config=config)
    for block in finder.plan_blocks():
        yield from find_block(finder, block, texts, config=config, only=only)


def find_places(texts: Texts, *, config: ReuseConfig) -> SeedFinder:
    """Find where the texts have n-grams in common: the part of the work that takes all texts at once."""
    grams = find_shared_grams(texts, size=config.seed_words)
    return SeedFinder(grams, texts, size=config.seed_words, min_words=count_needed(config))


def find_block(
    finder: SeedFinder,
    block: tuple[int, int],
    texts: Texts,
    *,
    config: ReuseConfig,
    only: Collection[tuple[int, ...]] | None = None,
) -> Iterator[Match]:
    """Yield the matches of one of the finder's blocks, of all pairs or `only` some."""
    for seeds in finder.find_seeds(block):
        if only is not None and (seeds.first, seeds.second) not in only:
            continue
        for alignment in _align_pair(seeds, texts, config=config):
            yield Match(seeds.first, seeds.second, alignment)


def _align_pair(seeds: PairSeeds, texts: Texts, *, config: ReuseConfig) -> list[Alignment]:
    first, second = texts.words[seeds.first], texts.words[seeds.second]
    chains = chain_seeds(seeds, size=config.seed_words, min_words=count_needed(config))
    found = [alignment for chain in chains if (alignment := align(chain, first, second))]
    good = [each for each in found if each.shared >= config.min_words and each.similarity >= config.min_similarity]
    return sorted(drop_overlaps(good), key=lambda alignment: alignment.first_range)


def count_needed(config: ReuseConfig) -> int:
    """Return how many words of seeds a stretch must have for an alignment to be tried.

    Fewer than the stretch must share in the end: in a goal with a word exchanged or left out hardly more stand in a
    row. Trying from eight lost 7 of 498 heavily edited copies, from five 1, and no unrelated wording came with them.
    """
    return min(config.min_words, config.seed_words + 1)
