"""The reuse analyser: matches of the engine as spans of passages, attributed and with boilerplate told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compliance.analyse.analyser import Scope
from compliance.analyse.attribution.reused import AttributionJudge, find_introductions
from compliance.analyse.reuse.boilerplate import BoilerplateJudge
from compliance.analyse.reuse.fingerprint_matching import OfficialMatch, find_official_wording
from compliance.analyse.reuse.paraphrase_spans import ReworkedFinder
from compliance.analyse.reuse.sources import ComparedText, collect_texts, compare_adoption, find_page, name_goals
from compliance.config import ReuseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Evidence,
    EvidenceKind,
    Passage,
    Reading,
    ReuseKind,
    ReuseSpan,
    SourceKind,
)
from compliance.text.embedding.encoder import Encoder
from compliance.textreuse.alignment import Alignment
from compliance.textreuse.matching import Match, find_matches

EXPLAINED = 0.8  # share of a stretch that a national text must cover to explain that two municipalities share it
MIN_PART = 0.6  # of a passage shorter than min_words that a longer match runs through, to count as shared too
MIN_OFFICIAL_PART = 0.3  # of the sentence, or of the passage where it is shorter; less is a stray word at an edge


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One direction of a match: the document that has the wording, and the text it is held against."""

    holder: ComparedText
    source: ComparedText
    alignment: Alignment  # first: the holder, second: the source


class ReuseAnalyser:
    """Finds wording shared with guideline texts, references and other municipalities.

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
        self._guidelines, self._references, self._config = guidelines, references, config
        self._fingerprints, self._goal_names = fingerprints, name_goals(guidelines)
        self._attribution = AttributionJudge(rules)
        self._boilerplate = BoilerplateJudge(rules.boilerplate)
        self._reworked = (
            ReworkedFinder(encoder, attribution=self._attribution, boilerplate=self._boilerplate)
            if encoder is not None and config.reworked
            else None
        )

    def analyse(self, readings: Sequence[Reading]) -> list[ReuseSpan]:
        """Return the shared stretches of every document, each within one passage, by document and position.

        Between municipalities the wording is laid to the earlier document: only the later one gets a span. Where the
        dates do not tell, both get one; where a national text explains the wording, neither does: both have it from
        there, and that is reported instead.
        """
        texts = collect_texts(readings, guidelines=self._guidelines, references=self._references)
        order = {id(text): number for number, text in enumerate(texts)}
        matches = find_matches(
            [text.index for text in texts], groups=[text.group for text in texts], config=self._config
        )
        official = {text.id: find_official_wording(text.text, self._fingerprints) for text in texts[: len(readings)]}
        sides = sorted(
            _drop_explained([side for match in matches for side in _directions(match, texts)], official),
            key=lambda side: (order[id(side.holder)], side.alignment.first_range, order[id(side.source)]),
        )
        sharers = _count_sharers(sides)
        shared = [span for side in sides for span in self._cut_spans(side, sharers=sharers)]
        known = [span for reading in readings for span in self._cut_official(reading, official[reading.document.id])]
        spans = [*known, *shared]
        if self._reworked is not None:
            spans += self._reworked.find(texts, documents=len(readings), shared=spans)
        numbers = {reading.document.id: number for number, reading in enumerate(readings)}
        return sorted(spans, key=lambda span: (numbers[span.document_id], span.start))

    def _cut_spans(self, side: _Side, *, sharers: dict[tuple[str, int], set[int]]) -> Iterator[ReuseSpan]:
        reading = side.holder.reading
        assert reading is not None  # a holder is always a document of the run
        for number in _passages_under(side, reading.passages):
            passage = reading.passages[number]
            part = _part_within(side, passage, min_words=self._config.min_words)
            if part is not None:
                count = len(sharers.get((side.holder.id, number), ()))
                yield self._describe(side, part, reading.passages, number, sharers=count)

    def _describe(
        self, side: _Side, part: Alignment, passages: Sequence[Passage], number: int, *, sharers: int
    ) -> ReuseSpan:
        passage = passages[number]
        start, end = _characters(side.holder, part.first_range)
        source_start, source_end = _characters(side.source, part.second_range)
        attributed = self._attribution.judge(passage, start, end, before=find_introductions(passages, number))
        boilerplate = self._boilerplate.judge(side.holder.text[start:end], start, sharers=sharers)
        wording = Evidence(EvidenceKind.WORDING, side.source.id, round(part.similarity, 4), start, end)
        return ReuseSpan(
            document_id=passage.document_id,
            passage_id=passage.id,
            start=start,
            end=end,
            source_kind=side.source.kind,
            source_id=side.source.id,
            source_name=side.source.name,
            source_start=source_start,
            source_end=source_end,
            source_text=side.source.text[source_start:source_end],
            source_page=find_page(side.source, source_start),
            kind=ReuseKind.VERBATIM if part.similarity == 1.0 else ReuseKind.NEAR_VERBATIM,
            attribution=attributed.attribution,
            similarity=round(part.similarity, 4),
            boilerplate=bool(boilerplate),
            evidence=(wording, *attributed.evidence, *boilerplate),
        )

    def _cut_official(self, reading: Reading, matches: Sequence[OfficialMatch]) -> Iterator[ReuseSpan]:
        """Yield the spans of official wording known by its fingerprint, one for each passage that it runs through."""
        for match in matches:
            for number in _passages_between(reading.passages, match.start, match.end):
                passage = reading.passages[number]
                start, end = max(match.start, passage.start), min(match.end, passage.end)
                if end - start >= MIN_OFFICIAL_PART * min(match.end - match.start, passage.end - passage.start):
                    yield self._describe_official(match, reading.passages, number, span=(start, end))

    def _describe_official(
        self, match: OfficialMatch, passages: Sequence[Passage], number: int, *, span: tuple[int, int]
    ) -> ReuseSpan:
        passage, (start, end) = passages[number], span
        source_id = f"{match.fingerprint.set_id}:{match.fingerprint.goal_id}"
        attributed = self._attribution.judge(passage, start, end, before=find_introductions(passages, number))
        return ReuseSpan(
            document_id=passage.document_id,
            passage_id=passage.id,
            start=start,
            end=end,
            source_kind=SourceKind.GUIDELINE,
            source_id=source_id,
            source_name=self._goal_names.get(source_id, source_id),
            source_start=0,
            source_end=0,
            source_text="",
            source_page=None,
            kind=ReuseKind.VERBATIM if match.coverage == 1.0 else ReuseKind.NEAR_VERBATIM,
            attribution=attributed.attribution,
            similarity=match.coverage,
            boilerplate=False,
            evidence=(
                Evidence(EvidenceKind.WORDING, source_id, match.coverage, start, end),
                *attributed.evidence,
            ),
        )


def _directions(match: Match, texts: Sequence[ComparedText]) -> Iterator[_Side]:
    """Yield the match from the side of each document that may have taken the wording from the other."""
    first, second = texts[match.first], texts[match.second]
    if first.reading is None or first.kind is not SourceKind.MUNICIPALITY:
        return
    if second.kind is not SourceKind.MUNICIPALITY or second.reading is None:
        yield _Side(first, second, match.alignment)
        return
    earlier = compare_adoption(first, second)
    if earlier >= 0:
        yield _Side(first, second, match.alignment)
    if earlier <= 0:
        yield _Side(second, first, match.alignment.swapped())


def _drop_explained(sides: Sequence[_Side], official: Mapping[str, Sequence[OfficialMatch]]) -> Iterator[_Side]:
    """Yield the sides without those between municipalities that one national text accounts for."""
    national: dict[str, list[tuple[int, int]]] = {}
    for side in sides:
        if side.holder.id not in national:
            matches = official.get(side.holder.id, ())
            national[side.holder.id] = [side.holder.index.words_within(match.start, match.end) for match in matches]
        if side.source.kind is not SourceKind.MUNICIPALITY:
            national[side.holder.id].append(side.alignment.first_range)
    for side in sides:
        start, end = side.alignment.first_range
        explained = side.source.kind is SourceKind.MUNICIPALITY and any(
            min(high, end) - max(low, start) >= EXPLAINED * (end - start) for low, high in national[side.holder.id]
        )
        if not explained:
            yield side


def _count_sharers(sides: Iterable[_Side]) -> dict[tuple[str, int], set[int]]:
    """Return, per document and passage number, the municipalities (group numbers) that have wording of it."""
    sharers: dict[tuple[str, int], set[int]] = {}
    for side in sides:
        if side.source.kind is SourceKind.MUNICIPALITY and side.holder.reading:
            for number in _passages_under(side, side.holder.reading.passages):
                sharers.setdefault((side.holder.id, number), set()).add(side.source.group)
    return sharers


def _passages_under(side: _Side, passages: Sequence[Passage]) -> range:
    """Return the numbers of the passages that the match runs through."""
    return _passages_between(passages, *_characters(side.holder, side.alignment.first_range))


def _passages_between(passages: Sequence[Passage], start: int, end: int) -> range:
    first = max(0, bisect_right(passages, start, key=lambda passage: passage.start) - 1)
    return range(first, bisect_right(passages, end - 1, key=lambda passage: passage.start))


def _part_within(side: _Side, passage: Passage, *, min_words: int) -> Alignment | None:
    """Return the match's part in one passage, or None where it is only a few stray words."""
    words = side.holder.index.words_within(passage.start, passage.end)
    part = side.alignment.within(*words)
    if part is None:
        return None
    enough = min(min_words, max(1, round(MIN_PART * (words[1] - words[0]))))
    return part if part.shared >= enough else None


def _characters(text: ComparedText, words: tuple[int, int]) -> tuple[int, int]:
    return int(text.index.starts[words[0]]), int(text.index.ends[words[1] - 1])
