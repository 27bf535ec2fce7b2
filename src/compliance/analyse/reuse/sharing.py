"""What two texts share, seen from each of them: all that the two alone decide, so that it can be kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from compliance.analyse.reuse.age import AgeReader
from compliance.analyse.reuse.fingerprint_matching import OfficialMatch, find_official_wording
from compliance.analyse.reuse.parts import Part, find_parts, is_set_phrase
from compliance.analyse.reuse.settling import hash_alike
from compliance.analyse.reuse.short_sentences import find_national_short, find_short_beside
from compliance.analyse.reuse.sides import Side, find_sides, passages_between, passages_under
from compliance.analyse.reuse.sources import ComparedText, collect_texts, describe_text
from compliance.analyse.reuse.spans import SpanMaker
from compliance.analyse.reuse.told import choose_told, rank_owners
from compliance.config import ReuseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Order, Reading, SharedPart, SharedSide, SourceKind, Span
from compliance.textreuse.matching import Match, find_matches_of
from compliance.textreuse.ngrams import Texts

Pair = tuple[str, str]  # ids of a document and of one that it shares wording with

MIN_OFFICIAL_PART = 0.3  # of the sentence, or of the passage where it is shorter; less is a stray word at an edge


class SharingFinder:
    """Finds wording that documents share with national texts and with each other.

    The order of the documents says which is the first of a pair: it must be the same whichever are compared.
    """

    def __init__(
        self,
        *,
        guidelines: Sequence[GuidelineSet],
        rules: Rules,
        references: Sequence[Reading],
        config: ReuseConfig,
        fingerprints: Sequence[Fingerprint] = (),
    ) -> None:
        self._references, self._config, self._fingerprints = references, config, fingerprints
        self._ages = AgeReader(rules)
        self._spans = SpanMaker(guidelines, rules)

    def find_national(self, text: ComparedText) -> Iterator[SharedSide]:
        """Yield what a document shares with official wording and with the references."""
        yield from self._find_official(text)
        compared = [text, *self.national]
        matches = _match(compared, [True, *(False for _ in self.national)], self._config, new_meet=False)
        for match in matches:
            for side in find_sides(match, compared, names=self._spans.names_source):
                yield self._describe(side, _count(side, ()))
        for side in find_national_short(text, self.national, below=self._config.min_words):
            yield self._describe(side, _count(side, ()))

    def find_shared(
        self, new: Sequence[Reading], others: Sequence[Reading], *, order: Mapping[str, int], new_meet: bool
    ) -> Iterator[SharedSide]:
        """Yield what the new documents share with the others, and with each other where `new_meet`.

        `order` numbers the documents by id. Each match is told of from both of its texts; those that are not to be told
        of, since so many of these documents have the wording, are not described.
        """
        texts, held = self._find(new, others, order=order, new_meet=new_meet)
        for match, row, is_told in _choose(texts, held):
            yield self._describe_match(match, row, texts) if is_told else row

    def describe_pairs(
        self, new: Sequence[Reading], others: Sequence[Reading], *, order: Mapping[str, int], pairs: Collection[Pair]
    ) -> Iterator[SharedSide]:
        """Yield all that the first of each pair shares with the second, described; the first of each is new."""
        fresh, wanted = {each.document.id for each in new}, frozenset(pairs)
        meet = any(source_id in fresh for _, source_id in wanted)
        texts, held = self._find(new, others, order=order, new_meet=meet, pairs=wanted)
        for found in held.values():
            for match, row in found:
                if (row.document_id, row.source_id) in wanted:
                    yield self._describe_match(match, row, texts)

    def _find(
        self,
        new: Sequence[Reading],
        others: Sequence[Reading],
        *,
        order: Mapping[str, int],
        new_meet: bool,
        pairs: Collection[Pair] | None = None,
    ) -> tuple[list[ComparedText], dict[str, list[tuple[Match, SharedSide]]]]:
        """Return the documents in order, and by document each match, seen from it; of `pairs` alone where given."""
        readings = sorted((*new, *others), key=lambda each: order[each.document.id])
        texts, fresh = self.collect(readings), {each.document.id for each in new}
        is_new = [text.id in fresh for text in texts]
        starts = {text.id: _list_starts(text) for text in texts}
        held: dict[str, list[tuple[Match, SharedSide]]] = {text.id: [] for text in texts}
        numbers = {text.id: number for number, text in enumerate(texts)}
        only = None if pairs is None else {tuple(sorted(map(numbers.__getitem__, pair))) for pair in pairs}
        for match in _match(texts, is_new, self._config, new_meet=new_meet, only=only):
            first, second = texts[match.first], texts[match.second]
            for side in (
                Side(first, second, match.alignment, Order.UNKNOWN),
                Side(second, first, match.alignment.swapped(), Order.UNKNOWN),
            ):
                held[side.holder.id].append((match, _count(side, starts[side.holder.id])))
        return texts, held

    def _describe_match(self, match: Match, row: SharedSide, texts: Sequence[ComparedText]) -> SharedSide:
        for side in find_sides(match, texts, names=self._spans.names_source):
            if side.holder.id == row.document_id:
                return self._describe(side, row)
        return replace(row, described=True)

    def collect(self, readings: Sequence[Reading]) -> list[ComparedText]:
        """Return the documents as texts to compare."""
        return collect_texts(readings, SourceKind.MUNICIPALITY, self._ages)

    @cached_property
    def national(self) -> list[ComparedText]:
        """The references as texts to compare, in their order."""
        return collect_texts(self._references, SourceKind.REFERENCE, self._ages)

    def _describe(self, side: Side, row: SharedSide) -> SharedSide:
        parts = self._find_parts(side)
        return replace(
            row,
            described=True,
            order=side.order,
            surplus=sum(part.surplus for _, part in parts),
            parts=tuple(self._draft(side, part, number) for number, part in parts),
        )

    def _draft(self, side: Side, part: Part, number: int) -> SharedPart:
        span = self._spans.describe(side, part, number)
        alike = hash_alike(span, side.holder.reading, number)
        return SharedPart(span, number, is_set_phrase(side, part), alike)

    def _find_parts(self, side: Side) -> list[tuple[int, Part]]:
        """Return the parts of a match, with the short sentences beside them, and the number of the holder's passage."""
        passages = side.holder.reading.passages
        found = [
            (number, part)
            for number in passages_under(side)
            for part in find_parts(side, passages[number], config=self._config)
        ]
        if any(not is_set_phrase(side, part) for _, part in found):
            found += find_short_beside(side, taken=[part for _, part in found])
        return found

    def _find_official(self, text: ComparedText) -> Iterator[SharedSide]:
        """Yield official wording known by its fingerprint, with a part for each passage that it runs through."""
        for match in find_official_wording(text.text, self._fingerprints):
            numbers = passages_between(text.reading.passages, match.start, match.end)
            yield SharedSide(
                document_id=text.id,
                source_id=f"{match.fingerprint.set_id}:{match.fingerprint.goal_id}",
                source_kind=SourceKind.GUIDELINE,
                words=Span(*text.index.words_within(match.start, match.end)),
                source_words=Span(0, 0),
                similarity=match.coverage,
                passages=Span(numbers.start, numbers.stop),
                sentences=Span(0, 0),
                named=False,
                described=True,
                order=Order.NATIONAL,
                surplus=0,
                parts=tuple(self._cut_official(text, match, numbers)),
            )

    def _cut_official(self, text: ComparedText, match: OfficialMatch, numbers: range) -> Iterator[SharedPart]:
        for number in numbers:
            passage = text.reading.passages[number]
            start, end = max(match.start, passage.start), min(match.end, passage.end)
            if end - start >= MIN_OFFICIAL_PART * min(match.end - match.start, passage.end - passage.start):
                span = self._spans.describe_official(text, match, number, span=(start, end))
                yield SharedPart(span, number, set_phrase=False, alike=hash_alike(span, text.reading, number))


def _choose(
    texts: Sequence[ComparedText], held: Mapping[str, Sequence[tuple[Match, SharedSide]]]
) -> Iterator[tuple[Match, SharedSide, bool]]:
    """Yield the matches, with whether each is told of among these texts."""
    owners, ranks = {text.id: text.owner for text in texts}, rank_owners(map(describe_text, texts))
    for found in held.values():
        told = choose_told([(row.sentences, owners[row.source_id], row.named) for _, row in found], ranks)
        yield from ((match, row, is_told) for (match, row), is_told in zip(found, told, strict=True))


def _match(
    texts: Sequence[ComparedText],
    is_new: Sequence[bool],
    config: ReuseConfig,
    *,
    new_meet: bool,
    only: Collection[tuple[int, ...]] | None = None,
) -> Iterator[Match]:
    owners: dict[str, int] = {}
    groups = [owners.setdefault(text.owner, len(owners)) for text in texts]
    words = [text.index.ids for text in texts]
    return find_matches_of(Texts(words, np.array(groups), np.array(is_new), new_meet), config=config, only=only)


def _count(side: Side, starts: Sequence[int]) -> SharedSide:
    """Return a side as far as it is known before it is described; `starts` are those of the holder's sentences."""
    numbers = passages_under(side)
    start, end = side.holder.find_characters(side.alignment.first_range)
    name = side.source.municipality
    return SharedSide(
        document_id=side.holder.id,
        source_id=side.source.id,
        source_kind=side.source.kind,
        words=Span(*side.alignment.first_range),
        source_words=Span(*side.alignment.second_range),
        similarity=side.alignment.similarity,
        passages=Span(numbers.start, numbers.stop),
        sentences=Span(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end - 1)),
        named=name is not None and name in side.holder.text,
        described=False,
        order=None,
        surplus=0,
        parts=(),
    )


def _list_starts(text: ComparedText) -> list[int]:
    """Return where each sentence of a document begins, and each passage that is not cut into sentences."""
    passages = text.reading.passages
    return sorted({start for each in passages for start in (each.start, *(low for low, _ in each.sentences))})
