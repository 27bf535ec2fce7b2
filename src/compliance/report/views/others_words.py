"""Others' words in a document: how much, from whom, with or without a source, and both texts side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import ReuseSpan, SourceKind
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.attributed_spans import AttributedSpan, AttributionStatus, collect_attributed
from compliance.report.views.comparison import compare_wordings
from compliance.report.views.differences import tell_changes
from compliance.report.views.phrases import name_set
from compliance.report.views.quotes import (
    HTML_LANGUAGES,
    Piece,
    Place,
    find_place,
    name_pages,
    shorten,
)
from compliance.report.views.text_shares import TextShares, measure_shares

MAX_ROWS: Final = 5  # sentences in the table of page 2; the spreadsheet has them all
MAX_PAIRS: Final = 6  # texts side by side: more are the same again, and a page stays under 30,000 characters
SIDE_CHARS: Final = 320  # characters a side
INVITING: Final = "ks"  # KS asks municipalities to use its strategy: said beside what is shared with it


@dataclass(frozen=True, slots=True)
class SharedStretch:
    """Words of the document that are another's, beside the source's where they are at hand."""

    anchor: str
    place: Place
    status: AttributionStatus
    municipal: bool
    other_first: bool  # whether it is known that the other text was first
    text: str  # the document's words
    own: tuple[Piece, ...]  # marked: not in the source
    source: tuple[Piece, ...]  # marked: not in the document; plain where it is this project's account of a goal
    source_name: str
    source_page: str  # «s. 4»; empty where the source has no pages, or they are not known
    in_our_words: bool
    goal: str | None  # id of the goal whose wording it is
    changes: tuple[str, ...]  # changed numbers, years and names, a sentence each
    language: str
    span: AttributedSpan


@dataclass(frozen=True, slots=True)
class OthersWords:
    """All that the report says of others' words."""

    shares: TextShares
    summary: str
    notes: tuple[str, ...]  # what a reader must know to be fair
    stretches: tuple[SharedStretch, ...]  # what everybody writes left out, in reading order

    def with_status(self, status: AttributionStatus) -> tuple[SharedStretch, ...]:
        """Return the stretches that are attributed so; other municipalities' apart from national ones."""
        return tuple(each for each in self.stretches if each.status is status and not each.municipal)

    @property
    def unattributed(self) -> tuple[SharedStretch, ...]:
        """National and other wording without a source."""
        return self.with_status(AttributionStatus.UNATTRIBUTED)

    @property
    def municipal(self) -> tuple[SharedStretch, ...]:
        """Wording that another municipality's document has too."""
        return tuple(each for each in self.stretches if each.municipal)

    @property
    def rows(self) -> tuple[SharedStretch, ...]:
        """What the table shows."""
        return self.unattributed[:MAX_ROWS]

    @property
    def pairs(self) -> tuple[SharedStretch, ...]:
        """What is shown side by side: without a source first, then what is unclear, then other municipalities'."""
        unclear = self.with_status(AttributionStatus.UNCERTAIN)
        return tuple(each for each in (*self.unattributed, *unclear, *self.municipal) if each.source)[:MAX_PAIRS]


def show_others_words(plan: DocumentResults, *, context: ReportContext) -> OthersWords:
    """Return whose words the document's are; what everybody writes is left out."""
    spans = collect_attributed(plan)
    stretches = tuple(_show(span, plan, context) for span in spans if span.status is not AttributionStatus.BOILERPLATE)
    return OthersWords(
        shares=measure_shares(plan, spans),
        summary=_summarise(stretches, context),
        notes=tuple(_list_notes(stretches, context)),
        stretches=stretches,
    )


def _summarise(stretches: Sequence[SharedStretch], context: ReportContext) -> str:
    texts = context.texts
    if not stretches:
        return texts.text("others.nothing")
    missing = sum(each.status is AttributionStatus.UNATTRIBUTED and not each.municipal for each in stretches)
    said = texts.count("others.found", len(stretches))
    return f"{said} {texts.count('others.unattributed', missing)}" if missing else said


def _list_notes(stretches: Sequence[SharedStretch], context: ReportContext) -> Iterable[str]:
    texts = context.texts
    if any(span.source_id.partition(":")[0] == INVITING for each in stretches for span in each.span.spans):
        yield texts.text("others.invited")
    if any(each.status is AttributionStatus.UNATTRIBUTED for each in stretches):
        yield texts.text("others.add_source")
    if not context.around.compared:
        yield texts.text("others.uncompared")


def _show(attributed: AttributedSpan, plan: DocumentResults, context: ReportContext) -> SharedStretch:
    texts, span = context.texts, attributed.spans[0] if attributed.spans else None
    start, end = attributed.ranges[0][0], attributed.ranges[-1][1]
    own, source, ours = _lay_beside(attributed, plan, context)
    guideline = span is not None and span.source_kind is SourceKind.GUIDELINE
    return SharedStretch(
        anchor=f"likt-{start}",
        place=find_place(plan.document, attributed.passage, texts=texts),
        status=attributed.status,
        municipal=attributed.municipal,
        other_first=span is not None and span.is_copy,
        text=" ".join(plan.document.text[start:end].split()),
        own=own,
        source=source,
        source_name=_name_source(attributed, context),
        source_page=_name_page(span, context) if span is not None else "",
        in_our_words=ours,
        goal=span.source_id.partition(":")[2] or None if span is not None and guideline else None,
        changes=_tell_changes(span, plan, context) if span is not None and attributed.has_wording else (),
        language=HTML_LANGUAGES[plan.profile.language.value],
        span=attributed,
    )


def _lay_beside(
    attributed: AttributedSpan, plan: DocumentResults, context: ReportContext
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], bool]:
    """Return both sides, and whether the other one is this project's account of a goal."""
    text = plan.document.text
    if attributed.has_wording:
        span = attributed.spans[0]
        own, source = compare_wordings(
            shorten(text[span.start : span.end], SIDE_CHARS), shorten(span.source_text, SIDE_CHARS)
        )
        return own, source, span.source_kind is SourceKind.GUIDELINE
    start, end = attributed.ranges[0][0], attributed.ranges[-1][1]
    account = _find_account(attributed, context)
    return (Piece(shorten(text[start:end], SIDE_CHARS)),), (Piece(account),) if account else (), bool(account)


def _find_account(attributed: AttributedSpan, context: ReportContext) -> str:
    """Return this project's account of the goal whose official wording was recognised, empty where there is none."""
    for span in attributed.spans:
        set_id, _, goal_id = span.source_id.partition(":")
        known = context.find_set(set_id)
        goal = known.find_goal(goal_id) if known else None
        if goal:
            statement = goal.statement.nn if context.texts.language == "nn" else goal.statement.nb
            return shorten(statement, SIDE_CHARS)
    return ""


def _name_source(attributed: AttributedSpan, context: ReportContext) -> str:
    """Return the source as a reader would name it: a national document, a plan, or what the text itself names."""
    texts = context.texts
    if attributed.spans:
        span = attributed.spans[0]
        known = context.find_set(span.source_id.partition(":")[0])
        if known and span.source_kind is SourceKind.GUIDELINE:
            return texts.find(f"set.{known.id}", name_set(known))
        return context.name_document(span.source_id, span.source_name)
    source = attributed.finding.source if attributed.finding and attributed.finding.source else ""
    known = context.find_set(source)
    named = texts.find(f"source_name.{source}", texts.text("source_name.other"))
    return texts.find(f"set.{known.id}", name_set(known)) if known else named


def _name_page(span: ReuseSpan, context: ReportContext) -> str:
    """Return the source's page; a text without pages has one, so that of a national text the first is not told."""
    source = context.find_document(span.source_id)
    known = source.has_pages if source else span.source_page != 1
    return name_pages((span.source_page,), texts=context.texts) if span.source_page and known else ""


def _tell_changes(span: ReuseSpan, plan: DocumentResults, context: ReportContext) -> tuple[str, ...]:
    """Return what to look at first: another municipality's name left standing, and changed numbers and years."""
    texts = context.texts
    own = plan.document.text[span.start : span.end]
    other = context.municipality_of(span.source_id)
    left = other is not None and other != plan.municipality and other in own.split()
    named = (texts.text("change.name_left", name=other),) if left else ()
    return (*named, *tell_changes(own, span.source_text, texts=texts))
