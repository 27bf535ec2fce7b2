"""The reuse analyser: matches of the engine as spans of passages, attributed and with boilerplate told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from compliance.analyse.analyser import Scope
from compliance.analyse.reuse.age import AgeReader
from compliance.analyse.reuse.fingerprint_matching import OfficialMatch, find_official_wording
from compliance.analyse.reuse.paraphrase_spans import ReworkedFinder
from compliance.analyse.reuse.parts import MIN_ALONE, Part, find_parts, is_set_phrase
from compliance.analyse.reuse.settling import settle_alike
from compliance.analyse.reuse.short_sentences import find_national_short, find_short_beside
from compliance.analyse.reuse.sides import Explanations, Side, find_sides, passages_between, passages_under
from compliance.analyse.reuse.sources import ComparedText, collect_texts
from compliance.analyse.reuse.spans import SpanMaker, drop_repeats
from compliance.analyse.reuse.told import ToldMatches
from compliance.config import ReuseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Order, Reading, ReuseSpan
from compliance.text.embedding.encoder import Encoder
from compliance.textreuse.matching import find_matches

MIN_OFFICIAL_PART = 0.3  # of the sentence, or of the passage where it is shorter; less is a stray word at an edge


class ReuseAnalyser:
    """Finds wording shared with references, official wording and other municipalities.

    With an encoder, and where the settings ask for it, also sentences that say another's in other words.
    """

    name = "reuse"
    scope = Scope.CORPUS

    def __init__(
        self,
        *,
        guidelines: Sequence[GuidelineSet],
        rules: Rules,
        references: Sequence[Reading],
        config: ReuseConfig,
        fingerprints: Sequence[Fingerprint] = (),
        encoder: Encoder | None = None,
    ) -> None:
        self._references, self._config, self._fingerprints = references, config, fingerprints
        self._ages = AgeReader(rules)
        self._spans = SpanMaker(guidelines, rules)
        self._reworked = ReworkedFinder(encoder, rules) if encoder is not None and config.reworked else None

    def analyse(self, readings: Sequence[Reading]) -> list[ReuseSpan]:
        """Return the shared stretches of every document, each within one passage, by document and position.

        Between municipalities the later document has the span, and both where nothing tells which that is. What a
        national text or an older plan explains, neither has from the other: that source is told of instead.
        """
        texts = collect_texts(readings, references=self._references, ages=self._ages)
        told = ToldMatches(texts)
        told.add_all(
            find_matches([text.index for text in texts], groups=[text.group for text in texts], config=self._config)
        )
        spans: list[ReuseSpan] = []
        covered: dict[str, set[tuple[int, int]]] = {}
        for found in self._find_spans(texts, told, documents=len(readings)):
            for span in found:
                covered.setdefault(span.passage_id, set()).add((span.start, span.end))
            spans += drop_repeats(found)
        if self._reworked is not None:
            spans = drop_repeats([*spans, *self._reworked.find(texts, documents=len(readings), covered=covered)])
        numbers = {reading.document.id: number for number, reading in enumerate(readings)}
        return sorted(settle_alike(spans, readings), key=lambda span: (numbers[span.document_id], span.start))

    def _find_spans(
        self, texts: Sequence[ComparedText], told: ToldMatches, *, documents: int
    ) -> Iterator[list[ReuseSpan]]:
        """Yield the spans of one municipality's documents after the other's; the first texts are the documents."""
        own, national = texts[:documents], texts[documents:]
        order = {id(text): number for number, text in enumerate(texts)}
        official = {text.id: find_official_wording(text.text, self._fingerprints) for text in own}
        words = {
            text.id: [text.index.words_within(match.start, match.end) for match in official[text.id]] for text in own
        }
        from_nation = {
            text.id: [
                *find_sides(told.list_national(text), texts, names=self._spans.names_source),
                *find_national_short(text, national, below=self._config.min_words),
            ]
            for text in own
        }
        explanations = Explanations(chain.from_iterable(from_nation.values()), words)
        for group in _group_by_municipality(own):
            sides = []
            for text in group:
                found = find_sides(told.list_municipal(text), texts, names=self._spans.names_source)
                sides += sorted(
                    [*from_nation[text.id], *(side for side in found if side.holder is text)],
                    key=lambda side: (side.alignment.first_range, order[id(side.source)]),
                )
            yield [
                *(span for text in group for span in self._cut_official(text, official[text.id])),
                *self._cut_sides(sides, explanations, told),
            ]

    def _cut_sides(self, sides: Sequence[Side], explanations: Explanations, told: ToldMatches) -> Iterator[ReuseSpan]:
        """Yield the spans of a municipality's sides that nothing else explains.

        Custom is told of whoever had it first.
        """
        dated: dict[str, list[Side]] = {}
        for side in sides:
            if side.is_municipal and side.order is not Order.UNKNOWN:
                dated.setdefault(side.holder.id, []).append(side)
        parts = [self._find_parts(side) for side in sides]
        sure = {side.source.group for side, found in zip(sides, parts, strict=True) if _sum_surplus(found) >= MIN_ALONE}
        for side, found in zip(sides, parts, strict=True):
            if side.is_municipal and explanations.is_national(side):
                continue
            older = side.is_municipal and explanations.is_older(side, dated.get(side.holder.id, ()))
            alone = side.is_municipal and side.order is not Order.NAMED and side.source.group not in sure
            for number, part in found:
                sharing = told.count_sharers(side.holder, number)
                span = self._spans.describe(side, part, number, sharers=sharing, alone=alone)
                if span.boilerplate or not older:
                    yield span

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

    def _cut_official(self, text: ComparedText, matches: Sequence[OfficialMatch]) -> Iterator[ReuseSpan]:
        """Yield the spans of official wording known by its fingerprint, one for each passage that it runs through."""
        passages = text.reading.passages
        for match in matches:
            for number in passages_between(passages, match.start, match.end):
                passage = passages[number]
                start, end = max(match.start, passage.start), min(match.end, passage.end)
                if end - start >= MIN_OFFICIAL_PART * min(match.end - match.start, passage.end - passage.start):
                    yield self._spans.describe_official(text, match, number, span=(start, end))


def _group_by_municipality(documents: Iterable[ComparedText]) -> Iterable[list[ComparedText]]:
    groups: dict[int, list[ComparedText]] = {}
    for text in documents:
        groups.setdefault(text.group, []).append(text)
    return groups.values()


def _sum_surplus(parts: Sequence[tuple[int, Part]]) -> int:
    return sum(part.surplus for _, part in parts)
