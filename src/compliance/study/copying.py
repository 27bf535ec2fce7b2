"""How much of each document is others' words, from whom, and whether it was made before or after national documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from compliance.guidelines.sets import GuidelineSet
from compliance.records import BlockKind, Order, ReuseSpan, SourceKind, parse_date
from compliance.records.study import CopiedSource, NationalTiming, StudyDocument, TextShare
from compliance.report.catalogue import load_catalogue
from compliance.report.document_results import DocumentResults
from compliance.report.views.attributed_spans import AttributedSpan, AttributionStatus, collect_attributed
from compliance.report.views.quotes import merge_spans

BEFORE, AFTER, UNKNOWN = "before", "after", "unknown"
_TEXT: Final = "text"  # the source kind of words that only the text itself says are another's


class CopyReader:
    """Adds up others' words by source."""

    def __init__(self, guidelines: Sequence[GuidelineSet], shares: Sequence[TextShare]) -> None:
        self._names = {each.id: each.document for each in guidelines}
        self._totals = {share.document_id: share.total for share in shares}
        self._texts = load_catalogue("nb")

    def read(self, plan: DocumentResults, document: StudyDocument) -> Iterator[CopiedSource]:
        """Yield the document's sources, the one with most words first; characters are counted once a source.

        What everybody writes, and what is only reworked, is nobody's. Characters of headings are not counted, as in
        the document's report.
        """
        by_source: dict[tuple[str, str, str], list[tuple[AttributedSpan, ReuseSpan | None]]] = defaultdict(list)
        for each in collect_attributed(plan):
            if each.status is AttributionStatus.BOILERPLATE or each.passage.kind is BlockKind.HEADING:
                continue
            sources = {self._name(span): span for span in reversed(each.spans)}
            if not sources:
                source = each.finding.source if each.finding and each.finding.source else ""
                by_source[_TEXT, source, self._name_by_id(source)].append((each, None))
            for key, span in sources.items():
                by_source[key].append((each, span))
        found = [self._add_up(plan, document, key, spans) for key, spans in by_source.items()]
        yield from sorted(found, key=lambda each: (-each.characters, each.source_name))

    def _add_up(
        self,
        plan: DocumentResults,
        document: StudyDocument,
        key: tuple[str, str, str],
        spans: Sequence[tuple[AttributedSpan, ReuseSpan | None]],
    ) -> CopiedSource:
        kind, source_id, name = key
        ranges = [
            (max(start, each.passage.start), min(end, each.passage.end))
            for each, span in spans
            for start, end in ([(span.start, span.end)] if span else each.ranges)
        ]
        characters = sum(end - start for start, end in merge_spans(ranges) if end > start)
        total = self._totals.get(plan.document.id, 0)
        return CopiedSource(
            document_id=plan.document.id,
            municipality=document.municipality,
            source_kind=kind,
            source_id=source_id,
            source_name=name,
            characters=characters,
            share=round(characters / total, 6) if total else 0.0,
            passages=len({each.passage.id for each, _ in spans}),
            attributed=all(each.status is AttributionStatus.QUOTED for each, _ in spans),
            first=all(span is None or span.order is not Order.UNKNOWN for _, span in spans),
        )

    def _name(self, span: ReuseSpan) -> tuple[str, str, str]:
        if span.source_kind is SourceKind.GUIDELINE:
            source = span.source_id.partition(":")[0]
            return span.source_kind.value, source, self._names.get(source, span.source_name)
        return span.source_kind.value, span.source_id, span.source_name

    def _name_by_id(self, source: str) -> str:
        return self._names.get(source) or self._texts.find(
            f"source_name.{source}", self._texts.text("source_name.other")
        )


def list_timings(
    documents: Sequence[StudyDocument],
    guidelines: Sequence[GuidelineSet],
    citations: Mapping[str, Counter[str]],
) -> Iterator[NationalTiming]:
    """Yield, for each document and national document, which was first; a document's day is its adoption, else the first
    day of its period, and within the year of a national document that only the year is known of, nobody knows.
    """
    for document in documents:
        day = document.adopted or (document.period[:4] if document.period else None)
        for each in guidelines:
            yield NationalTiming(
                document.document_id,
                document.municipality,
                each.id,
                each.document,
                each.valid_from.isoformat(),
                _compare(day, each.valid_from),
                citations.get(document.document_id, Counter())[each.id],
            )


def _compare(day: str | None, published: date) -> str:
    if day is None:
        return UNKNOWN
    if len(day) < len("2020-01-01") and day[:4] == str(published.year):
        return UNKNOWN  # adopted some time in the year that the national document came
    return BEFORE if parse_date(day) < published else AFTER
