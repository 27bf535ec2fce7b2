"""The reuse analyser: matches of the engine as spans of passages, attributed and with boilerplate told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from compliance.analyse.analyser import Scope
from compliance.analyse.reuse.age import AgeReader
from compliance.analyse.reuse.fingerprint_matching import OfficialMatch, find_official_wording
from compliance.analyse.reuse.paraphrase_spans import ReworkedFinder
from compliance.analyse.reuse.parts import MIN_ALONE, Part, find_parts, is_set_phrase
from compliance.analyse.reuse.settling import settle_alike
from compliance.analyse.reuse.short_sentences import find_national_short, find_short_beside
from compliance.analyse.reuse.sides import (
    Explanations,
    Side,
    count_sharers,
    find_sides,
    passages_between,
    passages_under,
)
from compliance.analyse.reuse.sources import ComparedText, collect_texts
from compliance.analyse.reuse.spans import SpanMaker, drop_repeats
from compliance.config import ReuseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Order, Reading, ReuseSpan
from compliance.text.embedding.encoder import Encoder
from compliance.textreuse.matching import Match, find_matches

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
        documents, national = texts[: len(readings)], texts[len(readings) :]
        order = {id(text): number for number, text in enumerate(texts)}
        matches = list(
            find_matches([text.index for text in texts], groups=[text.group for text in texts], config=self._config)
        )
        official = {text.id: find_official_wording(text.text, self._fingerprints) for text in documents}
        sides = sorted(
            [
                *find_sides(matches, texts, names=self._spans.names_source),
                *self._find_short(documents, national),
            ],
            key=lambda side: (order[id(side.holder)], side.alignment.first_range, order[id(side.source)]),
        )
        spans = [
            *(span for text in documents for span in self._cut_official(text, official[text.id])),
            *self._cut_sides(sides, matches, texts, official),
        ]
        if self._reworked is not None:
            spans += self._reworked.find(texts, documents=len(readings), shared=spans)
        numbers = {reading.document.id: number for number, reading in enumerate(readings)}
        return sorted(
            settle_alike(drop_repeats(spans), readings), key=lambda span: (numbers[span.document_id], span.start)
        )

    def _find_short(self, documents: Sequence[ComparedText], national: Sequence[ComparedText]) -> Iterator[Side]:
        for text in documents:
            yield from find_national_short(text, national, below=self._config.min_words)

    def _cut_sides(
        self,
        sides: Sequence[Side],
        matches: Sequence[Match],
        texts: Sequence[ComparedText],
        official: Mapping[str, Sequence[OfficialMatch]],
    ) -> Iterator[ReuseSpan]:
        """Yield the spans of the sides that nothing else explains; custom is told of whoever had it first."""
        by_id = {text.id: text for text in texts}
        words = {
            each: [by_id[each].index.words_within(match.start, match.end) for match in found]
            for each, found in official.items()
        }
        explanations, sharers = Explanations(sides, words), count_sharers(matches, texts)
        parts = [self._find_parts(side) for side in sides]
        sure = {_pair(side) for side, found in zip(sides, parts, strict=True) if _sum_surplus(found) >= MIN_ALONE}
        for side, found in zip(sides, parts, strict=True):
            if side.is_municipal and explanations.is_national(side):
                continue
            older = side.is_municipal and explanations.is_older(side)
            alone = side.is_municipal and side.order is not Order.NAMED and _pair(side) not in sure
            for number, part in found:
                sharing = len(sharers.get((side.holder.id, number), ()))
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


def _pair(side: Side) -> tuple[int, int]:
    """Return who has the wording from whom: the group numbers of two municipalities."""
    return side.holder.group, side.source.group


def _sum_surplus(parts: Sequence[tuple[int, Part]]) -> int:
    return sum(part.surplus for _, part in parts)
