"""Which words of a document are another's, from what both the reuse and the attribution analyser say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from compliance.records import EvidenceCode, EvidenceKind, Finding, Passage, ReuseKind, ReuseSpan, SourceKind
from compliance.report.document_results import DocumentResults
from compliance.report.views.quotes import Span, merge_spans

QUOTED_LABEL: Final = "quoted"
SURE: Final = 1.0  # below it, a passage without a named source may be the municipality's own
SOURCE_ORDER: Final = (SourceKind.REFERENCE, SourceKind.GUIDELINE, SourceKind.MUNICIPALITY)


class AttributionStatus(StrEnum):
    """Whether the text says whose the words are, the gravest first."""

    UNATTRIBUTED = "unattributed"
    UNCERTAIN = "uncertain"
    QUOTED = "quoted"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class AttributedSpan:
    """Words of one passage that are another's, with everything that says so.

    `spans` stand best first, empty where only the text itself tells; `ranges` are document offsets.
    """

    passage: Passage
    ranges: tuple[Span, ...]
    status: AttributionStatus
    spans: tuple[ReuseSpan, ...] = ()
    finding: Finding | None = None

    @property
    def has_wording(self) -> bool:
        """Whether the other's wording is at hand; a fingerprint only says that it is the same."""
        return bool(self.spans and self.spans[0].source_text)

    @property
    def municipal(self) -> bool:
        """Whether the words are known from another municipality's document only."""
        return bool(self.spans) and all(span.source_kind is SourceKind.MUNICIPALITY for span in self.spans)


def collect_attributed(plan: DocumentResults) -> tuple[AttributedSpan, ...]:
    """Return another's words in reading order; what is only reworked is none."""
    spans: dict[str, list[ReuseSpan]] = {}
    for span in plan.reuse_spans:
        if span.kind is not ReuseKind.REWORKED:
            spans.setdefault(span.passage_id, []).append(span)
    return tuple(
        each
        for passage in plan.reading.passages
        for each in _collect_passage(passage, spans.get(passage.id, ()), plan.borrowed.get(passage.id))
    )


def best_first(spans: Iterable[ReuseSpan]) -> list[ReuseSpan]:
    """Return the spans with the most alike first; among equals those whose wording is at hand, national ones first."""
    return sorted(
        spans, key=lambda span: (-round(span.similarity, 2), not span.source_text, SOURCE_ORDER.index(span.source_kind))
    )


def group_spans(spans: Iterable[ReuseSpan]) -> list[list[ReuseSpan]]:
    """Return the spans that overlap in the document together, best first, in reading order."""
    groups: list[list[ReuseSpan]] = []
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start < end:
            groups[-1].append(span)
        else:
            groups.append([span])
        end = max(end, span.end)
    return [best_first(group) for group in groups]


def ranges_of(finding: Finding, passage: Passage) -> tuple[Span, ...]:
    """Return the offsets that a borrowed finding is about: official wording, a quotation, or the whole passage."""
    exact = [
        (item.start, item.end)
        for item in finding.evidence
        if item.start is not None
        and item.end is not None
        and (item.kind is EvidenceKind.WORDING or item.code is EvidenceCode.QUOTATION)
    ]
    return tuple(merge_spans(exact)) or ((passage.start, passage.end),)


def judge_finding(finding: Finding) -> AttributionStatus:
    """Return what a borrowed finding says; without official wording, a missing source is never certain."""
    if finding.label == QUOTED_LABEL:
        return AttributionStatus.QUOTED
    return AttributionStatus.UNATTRIBUTED if finding.score >= SURE else AttributionStatus.UNCERTAIN


def milder(one: AttributionStatus, other: AttributionStatus) -> AttributionStatus:
    """Return the judgement that accuses least: a source named once is named."""
    order = (AttributionStatus.UNATTRIBUTED, AttributionStatus.UNCERTAIN, AttributionStatus.QUOTED)
    return max(one, other, key=order.index)


def _collect_passage(passage: Passage, spans: Sequence[ReuseSpan], finding: Finding | None) -> Iterator[AttributedSpan]:
    attributed = list(
        _join_official([_make_span(passage, group) for group in group_spans(_without_boilerplate(spans))])
    )
    if finding is not None:
        attributed = list(_add_finding(attributed, passage, finding))
    yield from attributed
    for group in group_spans(span for span in spans if span.boilerplate):
        yield replace(_make_span(passage, group), status=AttributionStatus.BOILERPLATE)


def _without_boilerplate(spans: Iterable[ReuseSpan]) -> list[ReuseSpan]:
    return [span for span in spans if not span.boilerplate]


def _make_span(passage: Passage, group: Sequence[ReuseSpan]) -> AttributedSpan:
    status = AttributionStatus(group[0].attribution.value)
    for span in group:
        status = milder(status, AttributionStatus(span.attribution.value))
    return AttributedSpan(
        passage=passage,
        ranges=tuple(merge_spans((span.start, span.end) for span in group)),
        status=status,
        spans=tuple(group),
    )


def _join_official(attributed: Sequence[AttributedSpan]) -> Iterator[AttributedSpan]:
    """Yield the spans of one passage, those known only by fingerprints taken together."""
    known = [each for each in attributed if not each.has_wording]
    if known:
        status = AttributionStatus.UNATTRIBUTED
        for each in known:
            status = milder(status, each.status)
        spans = tuple(span for each in known for span in each.spans)
        ranges = tuple(span for each in known for span in each.ranges)
        yield replace(known[0], ranges=ranges, status=status, spans=spans)
    yield from (each for each in attributed if each.has_wording)


def _add_finding(spans: Sequence[AttributedSpan], passage: Passage, finding: Finding) -> Iterator[AttributedSpan]:
    """Yield the spans with what the passage itself says; where there are none, that alone."""
    status = judge_finding(finding)
    if not spans:
        yield AttributedSpan(passage, ranges_of(finding, passage), status, finding=finding)
    for each in spans:
        yield replace(each, status=milder(each.status, status), finding=finding)
