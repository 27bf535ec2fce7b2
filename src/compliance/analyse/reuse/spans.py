"""Spans: a stretch of one passage with its source, whose words they are said to be, and who is known to be first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from compliance.analyse.attribution.reused import AttributionJudge, find_introductions
from compliance.analyse.reuse.age import Age
from compliance.analyse.reuse.boilerplate import BoilerplateJudge, judge_custom
from compliance.analyse.reuse.fingerprint_matching import SURE_BITS, OfficialMatch, is_phrase
from compliance.analyse.reuse.mentions import SourceMentions
from compliance.analyse.reuse.parts import Part
from compliance.analyse.reuse.sides import Side, order_after_national, passages_under
from compliance.analyse.reuse.sources import ComparedText, find_page, name_goals
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Attribution,
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Order,
    ReuseKind,
    ReuseSpan,
    SharedPart,
    SourceKind,
)

_SET_PHRASE = Evidence(EvidenceKind.RULE, "", 1.0, code=EvidenceCode.SET_PHRASE)


class SpanMaker:
    """Makes the spans of sides and of official wording."""

    def __init__(self, guidelines: Sequence[GuidelineSet], rules: Rules) -> None:
        self._goal_names = name_goals(guidelines)
        self._set_names = {each.id: each.document for each in guidelines}
        self._valid = {each.id: Age(adopted=(each.valid_from, each.valid_from)) for each in guidelines}
        self._attribution = AttributionJudge(rules)
        self._boilerplate = BoilerplateJudge(rules.boilerplate)
        self._mentions = SourceMentions(guidelines, rules)

    def names_source(self, side: Side) -> bool:
        """Tell whether the holder gives the words to the source's municipality where it has them."""
        name = side.source.municipality
        if name is None or name not in side.holder.text:
            return False
        passages = side.holder.reading.passages
        start, end = side.holder.find_characters(side.alignment.first_range)
        for number in passages_under(side):
            passage = passages[number]
            low, high = max(start, passage.start), min(end, passage.end)
            if low < high and self._attribution.names(
                name, passage, low, high, before=find_introductions(passages, number)
            ):
                return True
        return False

    def _find_mentions(self, side: Side, number: int) -> tuple[Evidence, ...]:
        """Return where the holder names the source around its passage of this number."""
        reading, municipality = side.holder.reading, side.source.municipality
        if side.is_municipal:
            return self._mentions.find_municipality(reading, number, municipality) if municipality else ()
        return self._mentions.find_national(reading, number, self._mentions.name_sources(side.source.name))

    def _name_source(self, match: OfficialMatch) -> frozenset[str]:
        """Return what a text may call the document that has the official wording."""
        named = self._mentions.name_sources(match.fingerprint.document or "")
        return self._mentions.name_set(match.fingerprint.set_id) | named

    def describe(self, side: Side, part: Part, number: int) -> ReuseSpan:
        """Return the span of a part of a match in the holder's passage of this number.

        It is boilerplate where rules know the wording; who else has it is for `judge_shared` to say.
        """
        passages = side.holder.reading.passages
        passage = passages[number]
        start, end = side.holder.find_characters(part.first)
        source_start, source_end = side.source.find_characters(part.second)
        attributed = self._attribution.judge(
            passage,
            (start, end),
            before=find_introductions(passages, number),
            source=side.source.municipality,
            mentions=self._find_mentions(side, number),
        )
        unknown = side.order is Order.UNKNOWN and attributed.attribution is Attribution.UNATTRIBUTED
        boilerplate = self._boilerplate.find_known(side.holder.text[start:end], start)
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
            attribution=Attribution.UNCERTAIN if unknown else attributed.attribution,
            similarity=round(part.similarity, 4),
            boilerplate=bool(boilerplate),
            evidence=(wording, *attributed.evidence, *boilerplate),
            order=side.order,
        )

    def describe_official(
        self, text: ComparedText, match: OfficialMatch, number: int, *, span: tuple[int, int]
    ) -> ReuseSpan:
        """Return the span of official wording, known by its fingerprint, in the passage of this number."""
        passages, (start, end) = text.reading.passages, span
        passage, set_id = passages[number], match.fingerprint.set_id
        source_id = f"{set_id}:{match.fingerprint.goal_id}"
        phrase = is_phrase(match, passage)
        attributed = self._attribution.judge(
            passage,
            span,
            before=find_introductions(passages, number),
            mentions=self._mentions.find_national(text.reading, number, self._name_source(match)),
        )
        unsure = match.bits < SURE_BITS and attributed.attribution is Attribution.UNATTRIBUTED
        return ReuseSpan(
            document_id=passage.document_id,
            passage_id=passage.id,
            start=start,
            end=end,
            source_kind=SourceKind.GUIDELINE,
            source_id=source_id,
            source_name=self._goal_names.get(source_id)
            or match.fingerprint.document
            or self._set_names.get(set_id, source_id),
            source_start=0,
            source_end=0,
            source_text="",
            source_page=None,
            kind=ReuseKind.VERBATIM if match.verbatim else ReuseKind.NEAR_VERBATIM,
            attribution=Attribution.UNCERTAIN if unsure else attributed.attribution,
            similarity=match.coverage,
            boilerplate=match.fingerprint.law or phrase,
            evidence=(
                Evidence(EvidenceKind.WORDING, source_id, match.coverage, start, end),
                *attributed.evidence,
                *([Evidence(EvidenceKind.RULE, source_id, 1.0, start, end)] if match.fingerprint.law else []),
                *([_SET_PHRASE] if phrase else []),
            ),
            order=order_after_national(text.age, self._valid.get(set_id, Age())),
        )


def judge_shared(part: SharedPart, *, sharers: int, alone: bool) -> ReuseSpan:
    """Return the part's span, boilerplate too where it is custom, a set phrase, or so little that it may be chance.

    `sharers` is how many other municipalities of the run have wording of the passage; `alone` where nothing that would
    be no chance is shared with the source.
    """
    custom = [*judge_custom(sharers), *([_SET_PHRASE] if alone or part.set_phrase else [])]
    if not custom:
        return part.span
    return replace(part.span, boilerplate=True, evidence=(*part.span.evidence, *custom))


def drop_repeats(spans: Iterable[tuple[ReuseSpan, str]]) -> list[tuple[ReuseSpan, str]]:
    """Return a document's spans by position, each with its hash, and one for each place and source.

    A source that says it twice, in both written languages, is told of once: the most alike is kept, of equals the
    longest.
    """
    kept: dict[tuple[str, str], list[tuple[ReuseSpan, str]]] = {}
    for span, alike in sorted(spans, key=lambda each: _rank_repeat(each[0])):
        others = kept.setdefault((span.passage_id, span.source_id), [])
        if not any(span.start < other.end and other.start < span.end for other, _ in others):
            others.append((span, alike))
    return sorted((each for others in kept.values() for each in others), key=lambda each: each[0].start)


def _rank_repeat(span: ReuseSpan) -> tuple[float, int, int]:
    return -span.similarity, span.start - span.end, span.start
