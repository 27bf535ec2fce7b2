"""From what pairs of texts share to a document's spans: what others explain, and what is custom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from compliance.analyse.reuse.age import Age, compare_ages, read_age
from compliance.analyse.reuse.spans import judge_shared
from compliance.analyse.reuse.told import Ranks, choose_told, rank_owners
from compliance.records import Order, ReuseSpan, SharedSide, SharedText, SourceKind

EXPLAINED = 0.8  # share of a stretch that other sources must cover together to explain that two municipalities share it
LESS_ALIKE = 0.05  # in similarity: an older plan that is less alike than this does not explain what a younger one has
# Shared words less those that one side alone has, in all that one match of two municipalities holds. With fewer, and
# nothing else shared with that municipality, two planners may have written it independently («Folketallet har vært
# stabilt de siste ti årene»): of the train split's 142 plans, none of which copies another, ten pairs share so much.
MIN_ALONE = 10

Words = tuple[int, int]  # half-open range of words
SharedSpan = tuple[ReuseSpan, str]  # with its hash of `hash_alike`


@dataclass(frozen=True, slots=True)
class SharedCorpus:
    """What a document's spans rest on beside its own sides."""

    texts: Mapping[str, SharedText]  # by document, with the references
    numbers: Mapping[str, int]  # the order of the sources, by id
    ranks: Ranks
    national: Mapping[str, Sequence[Words]]  # by document: words that national texts have too
    sure: set[tuple[str, str]] = field(default_factory=set)  # owners, the second of whom the first surely borrowed from

    def list_told(self, sides: Sequence[SharedSide]) -> list[SharedSide]:
        """Return those of one document's sides that are told of, all with national texts among them."""
        municipal = [side for side in sides if side.source_kind is SourceKind.MUNICIPALITY]
        told = choose_told(
            [(side.sentences, self.texts[side.source_id].owner, side.named) for side in municipal], self.ranks
        )
        kept = {id(side) for side, is_told in zip(municipal, told, strict=True) if is_told}
        return [side for side in sides if side.source_kind is not SourceKind.MUNICIPALITY or id(side) in kept]

    def note_sure(self, sides: Sequence[SharedSide]) -> None:
        """Take in from whom one document surely has wording; to be done for all before any is resolved."""
        for side in self.list_told(sides):
            if side.source_kind is SourceKind.MUNICIPALITY and side.order is not None and side.surplus >= MIN_ALONE:
                self.sure.add(_pair_owners(side, self))


def collect_corpus(
    sides: Mapping[str, Sequence[SharedSide]], texts: Sequence[SharedText], national: Sequence[SharedText]
) -> SharedCorpus:
    """Return what the spans of documents rest on that are all at hand; `national` are the references."""
    words = {
        document_id: [side.words for side in own if side.source_kind is not SourceKind.MUNICIPALITY]
        for document_id, own in sides.items()
    }
    by_id = {text.document_id: text for text in (*texts, *national)}
    numbers = {document_id: number for number, document_id in enumerate(by_id)}
    corpus = SharedCorpus(by_id, numbers, rank_owners(texts), words)
    for own in sides.values():
        corpus.note_sure(own)
    return corpus


def resolve_sides(sides: Sequence[SharedSide], corpus: SharedCorpus) -> Iterator[SharedSpan]:
    """Yield the spans of one document's sides that nothing else explains; custom is told of whoever had it first.

    Between municipalities the later document has the span, and both where nothing tells which that is. What a
    national text or an older plan explains, neither has from the other: that source is told of instead.
    """
    told = corpus.list_told(sides)
    explanations, sharers = _Explanations(told, corpus), _count_sharers(sides, corpus)
    for side in sorted(told, key=lambda each: _sort_key(each, corpus)):
        if side.source_kind is SourceKind.GUIDELINE:
            yield from ((part.span, part.alike) for part in side.parts)
            continue
        municipal = side.source_kind is SourceKind.MUNICIPALITY
        if side.order is None or (municipal and explanations.is_national(side)):
            continue
        older = municipal and explanations.is_older(side)
        alone = municipal and side.order is not Order.NAMED and _pair_owners(side, corpus) not in corpus.sure
        for part in side.parts:
            span = judge_shared(part, sharers=len(sharers.get(part.passage, ())), alone=alone)
            if span.boilerplate or not older:
                yield span, part.alike


def _pair_owners(side: SharedSide, corpus: SharedCorpus) -> tuple[str, str]:
    """Return the owners of a municipal side's two texts."""
    return corpus.texts[side.document_id].owner, corpus.texts[side.source_id].owner


def _sort_key(side: SharedSide, corpus: SharedCorpus) -> tuple[bool, Words, int]:
    """Put official wording first, as it was found; the rest by place and source."""
    if side.source_kind is SourceKind.GUIDELINE:
        return False, (0, 0), 0
    return True, side.words, corpus.numbers[side.source_id]


class _Explanations:
    """What else accounts for wording that a document shares: national texts, and plans older than both."""

    def __init__(self, sides: Sequence[SharedSide], corpus: SharedCorpus) -> None:
        self._corpus = corpus
        had = (side for side in sides if side.source_kind is SourceKind.MUNICIPALITY and side.order is not None)
        self._had = sorted(had, key=lambda side: side.words)
        self._starts = [side.words[0] for side in self._had]
        self._reached = list(accumulate((side.words[1] for side in self._had), max))

    def is_national(self, side: SharedSide) -> bool:
        """Tell whether national texts together account for it, as they are found in either of the two."""
        national = self._corpus.national
        return _covers(national.get(side.document_id, ()), side.words) or _covers(
            national.get(side.source_id, ()), side.source_words
        )

    def is_older(self, side: SharedSide) -> bool:
        """Tell whether plans older than both, with national texts, account for it about as well as the source does."""
        if side.order is Order.NAMED:
            return False
        own, age = self._corpus.texts[side.source_id].owner, self._age_of(side)
        older = [
            other.words
            for other in self._list_near(side.words)
            if other.order is not Order.UNKNOWN
            and other.similarity >= side.similarity - LESS_ALIKE
            and self._corpus.texts[other.source_id].owner != own
            and compare_ages(age, self._age_of(other))[0] > 0
        ]
        return _covers([*older, *self._corpus.national.get(side.document_id, ())], side.words) if older else False

    def _list_near(self, words: Words) -> Sequence[SharedSide]:
        """Return the sides among which are all that have some of the words."""
        start, end = words
        return self._had[bisect_right(self._reached, start) : bisect_left(self._starts, end)]

    def _age_of(self, side: SharedSide) -> Age:
        return read_age(self._corpus.texts[side.source_id])


def _covers(ranges: Iterable[Words], wanted: Words) -> bool:
    start, end = wanted
    reached, covered = start, 0
    for low, high in sorted(ranges):
        gained = min(high, end) - max(low, reached)
        if gained > 0:
            covered, reached = covered + gained, min(high, end)
    return covered >= EXPLAINED * (end - start)


def _count_sharers(sides: Iterable[SharedSide], corpus: SharedCorpus) -> dict[int, set[str]]:
    """Return, by passage number, the municipalities that have wording of it.

    Whoever was first: what many have is custom for the first of them too.
    """
    sharers: dict[int, set[str]] = {}
    for side in sides:
        if side.source_kind is SourceKind.MUNICIPALITY:
            for number in range(*side.passages):
                sharers.setdefault(number, set()).add(corpus.texts[side.source_id].owner)
    return sharers
