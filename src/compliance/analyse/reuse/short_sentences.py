"""Sentences too short for the engine, which are another's all the same: beside a sure match, or a national text's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from compliance.analyse.reuse.parts import MIN_LETTERED, SHORT_ALIKE, Part
from compliance.analyse.reuse.sides import Side, Words, order_after_national, passages_between, passages_under
from compliance.analyse.reuse.sources import ComparedText
from compliance.records import BlockKind, Passage
from compliance.textreuse.alignment import Alignment
from compliance.textreuse.chaining import SharedRun

NEAR = 3  # passages from a sure match where a short sentence of both texts was lifted with it
SHORT = range(4, 13)  # words of such a sentence
# Words of a national text's sentence that is known by itself when all of it is there. Of five words, plans have the
# same by chance («Kommunen skal ha god beredskap»); from `reuse.min_words` on the engine finds it.
MIN_NATIONAL = 6


def find_short_beside(side: Side, *, taken: Sequence[Part]) -> Iterator[tuple[int, Part]]:
    """Yield short sentences that both texts have close to the match, with the number of the holder's passage.

    Goals and measures are lifted by the list, and a short one alone is too little to be found.
    """
    numbers = passages_under(side)
    passages = side.holder.reading.passages[max(0, numbers.start - NEAR) : numbers.stop + NEAR]
    start, end = side.source.find_characters(side.alignment.second_range)
    others = passages_between(side.source.reading.passages, start, end)
    sources = [
        words
        for passage in side.source.reading.passages[max(0, others.start - NEAR) : others.stop + NEAR]
        for words in _list_sentences(side.source, passage)
        if words[1] - words[0] in SHORT
    ]
    for passage in passages:
        for words in _list_sentences(side.holder, passage):
            free = not any(words[0] < part.first[1] and part.first[0] < words[1] for part in taken)
            if words[1] - words[0] in SHORT and free:
                yield from ((passage.index, part) for part in _find_alike(side, words, sources))


def find_national_short(text: ComparedText, national: Sequence[ComparedText], *, below: int) -> Iterator[Side]:
    """Yield where a document has all of a national text's sentence of fewer than `below` words."""
    known: dict[tuple[int, ...], tuple[ComparedText, int]] = {}
    for other in national:
        for passage in other.reading.passages:
            for first, last in _list_sentences(other, passage):
                if MIN_NATIONAL <= last - first < below:
                    known.setdefault(tuple(other.index.ids[first:last].tolist()), (other, first))
    words = text.index.ids.tolist()
    for length in sorted({len(each) for each in known}):
        for start in range(len(words) - length + 1):
            found = known.get(tuple(words[start : start + length]))
            if found:
                alignment = Alignment((SharedRun(start, found[1], length),))
                yield Side(text, found[0], alignment, order_after_national(text.age, found[0].age))


def _find_alike(side: Side, words: Words, sources: Sequence[Words]) -> Iterator[Part]:
    """Yield the source sentence that a short sentence is most like, where it is like one enough."""
    own = side.holder.index.ids[slice(*words)].tolist()
    parts = [
        Part(words, other, LCSseq.similarity(own, side.source.index.ids[slice(*other)].tolist())) for other in sources
    ]
    best = max(parts, key=lambda part: part.similarity, default=None)
    if best and best.similarity >= SHORT_ALIKE and best.shared >= MIN_LETTERED:
        yield best


def _list_sentences(text: ComparedText, passage: Passage) -> Iterator[Words]:
    if passage.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        for low, high in passage.sentences:
            yield text.index.words_within(low, high)
