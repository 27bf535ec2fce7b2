"""Which words of a document are another's, from what both the reuse and the borrowed analyser say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from compliance.guidelines.cues import OTHER
from compliance.records import EvidenceCode, EvidenceKind, Finding, Passage, ReuseKind, ReuseSpan, SourceKind
from compliance.report.material import DocumentMaterial
from compliance.report.quotes import Span, merge_spans

QUOTED_LABEL: Final = "quoted"
SURE: Final = 1.0  # below it, a passage without a named source may be the municipality's own
SOURCE_ORDER: Final = (SourceKind.REFERENCE, SourceKind.GUIDELINE, SourceKind.MUNICIPALITY)


class Origin(StrEnum):
    """Where another's words are from."""

    NATIONAL = "national"
    MUNICIPAL = "municipal"
    OTHER = "other"


class Standing(StrEnum):
    """Whose words a stretch is, in the order that a report tells of them."""

    UNATTRIBUTED = "unattributed"
    UNCERTAIN = "uncertain"
    QUOTED = "quoted"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Loan:
    """Words of one passage that are another's, with everything that says so.

    `spans` stand best first, empty where only the text itself tells; `ranges` are document offsets.
    """

    passage: Passage
    ranges: tuple[Span, ...]
    origin: Origin
    standing: Standing
    spans: tuple[ReuseSpan, ...] = ()
    finding: Finding | None = None

    @property
    def has_wording(self) -> bool:
        """Tell whether the other's wording is at hand; a fingerprint only tells that it is the same."""
        return bool(self.spans and self.spans[0].source_text)


def collect_loans(material: DocumentMaterial) -> tuple[Loan, ...]:
    """Return the document's loans in reading order; what is only reworked is none."""
    spans: dict[str, list[ReuseSpan]] = {}
    for span in material.reuse_spans:
        if span.kind is not ReuseKind.REWORKED:
            spans.setdefault(span.passage_id, []).append(span)
    return tuple(
        loan
        for passage in material.reading.passages
        for loan in _collect_passage(passage, spans.get(passage.id, ()), material.borrowed.get(passage.id))
    )


def collect_reworked(material: DocumentMaterial) -> tuple[Loan, ...]:
    """Return what is said in other words than the source's: never counted among the loans."""
    spans = [span for span in material.reuse_spans if span.kind is ReuseKind.REWORKED and not span.boilerplate]
    return tuple(_make_loan(material.passages[group[0].passage_id], group) for group in group_spans(spans))


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


def judge_finding(finding: Finding) -> Standing:
    """Return what a borrowed finding says; without official wording, a missing source is never certain."""
    if finding.label == QUOTED_LABEL:
        return Standing.QUOTED
    return Standing.UNATTRIBUTED if finding.score >= SURE else Standing.UNCERTAIN


def milder(one: Standing, other: Standing) -> Standing:
    """Return the judgement that accuses least: a source named once is named."""
    order = (Standing.UNATTRIBUTED, Standing.UNCERTAIN, Standing.QUOTED)
    return max(one, other, key=order.index)


def _collect_passage(passage: Passage, spans: Sequence[ReuseSpan], finding: Finding | None) -> Iterator[Loan]:
    loans = list(_join_official([_make_loan(passage, group) for group in group_spans(_telling(spans))]))
    if finding is not None:
        loans = list(_add_finding(loans, passage, finding))
    yield from loans
    for group in group_spans(span for span in spans if span.boilerplate):
        yield replace(_make_loan(passage, group), standing=Standing.BOILERPLATE)


def _telling(spans: Iterable[ReuseSpan]) -> list[ReuseSpan]:
    return [span for span in spans if not span.boilerplate]


def _make_loan(passage: Passage, group: Sequence[ReuseSpan]) -> Loan:
    municipal = group[0].source_kind is SourceKind.MUNICIPALITY
    standing = Standing(group[0].attribution.value)
    for span in group:
        standing = milder(standing, Standing(span.attribution.value))
    return Loan(
        passage=passage,
        ranges=tuple(merge_spans((span.start, span.end) for span in group)),
        origin=Origin.MUNICIPAL if municipal else Origin.NATIONAL,
        standing=standing,
        spans=tuple(group),
    )


def _join_official(loans: Sequence[Loan]) -> Iterator[Loan]:
    """Yield the loans of one passage, those known only by fingerprints taken together."""
    known = [loan for loan in loans if not loan.has_wording]
    if known:
        standing = Standing.UNATTRIBUTED
        for loan in known:
            standing = milder(standing, loan.standing)
        spans = tuple(span for loan in known for span in loan.spans)
        ranges = tuple(span for loan in known for span in loan.ranges)
        yield replace(known[0], ranges=ranges, standing=standing, spans=spans)
    yield from (loan for loan in loans if loan.has_wording)


def _add_finding(loans: Sequence[Loan], passage: Passage, finding: Finding) -> Iterator[Loan]:
    """Yield the loans with what the passage itself tells: to the first that it can be about, or as one of its own."""
    standing = judge_finding(finding)
    if not loans:
        national = finding.source not in {None, OTHER}
        origin = Origin.NATIONAL if national else Origin.OTHER
        yield Loan(passage, ranges_of(finding, passage), origin, standing, finding=finding)
    for loan in loans:
        yield replace(loan, standing=milder(loan.standing, standing), finding=finding)
