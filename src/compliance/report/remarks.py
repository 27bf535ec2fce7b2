"""What to tell a planner at a place in the document: notes in a PDF, comments in a Word file, a list in the browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from compliance.records import Passage
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.commitments import Commitment
from compliance.report.views.document import DocumentReport
from compliance.report.views.quotes import Span
from compliance.report.views.verdict import join_words
from compliance.report.views.voice import Genre

MAX_A_PAGE: Final = 2  # more, and a reader stops reading them
PAGE_CHARS: Final = 2_500  # a printed page of running text, where the format has no pages


class RemarkKind(StrEnum):
    """What a remark asks for, the most useful first."""

    NO_OWNER = "no_owner"  # a promise without a name or a date
    PAST_DEADLINE = "past_deadline"
    NO_SOURCE = "no_source"
    NAME_LEFT = "name_left"  # another municipality's name or changed figure in words that it has too
    DOUBT = "doubt"  # a question that can change a result


PRIORITIES: Final = {
    RemarkKind.NAME_LEFT: 1,
    RemarkKind.NO_SOURCE: 2,
    RemarkKind.NO_OWNER: 3,
    RemarkKind.PAST_DEADLINE: 4,
    RemarkKind.DOUBT: 5,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to do at one place: `document.text[span[0]:span[1]]` are the words it is about."""

    kind: RemarkKind
    passage_id: str
    span: Span
    page: int | None
    text: str
    priority: int  # 1 first


def list_remarks(report: DocumentReport, plan: DocumentResults, *, context: ReportContext) -> tuple[Remark, ...]:
    """Return what can be acted on, in reading order: at most two remarks a page and one a passage."""
    texts = context.texts
    found = [
        *_from_commitments(report, plan, texts),
        *_from_words(report, plan, texts),
        *_from_doubts(report, plan, texts),
    ]
    return tuple(sorted(_choose(found), key=lambda remark: remark.span))


def _choose(found: Iterable[Remark]) -> Iterator[Remark]:
    """Yield the most useful remarks that there is room for."""
    passages: set[str] = set()
    pages: Counter[int] = Counter()
    for remark in sorted(found, key=lambda each: (each.priority, each.span)):
        page = remark.page if remark.page is not None else -1 - remark.span[0] // PAGE_CHARS
        if remark.passage_id not in passages and pages[page] < MAX_A_PAGE:
            passages.add(remark.passage_id)
            pages[page] += 1
            yield remark


def _from_commitments(report: DocumentReport, plan: DocumentResults, texts: Catalogue) -> Iterator[Remark]:
    budget = report.voice.genre is Genre.BUDGET
    for each in report.commitments:
        if each.past and not each.done:
            yield _make(RemarkKind.PAST_DEADLINE, plan, each.passage_id, each.span, texts.text("remark.past_deadline"))
        elif not budget and not each.done and {"who", "when"} & set(each.holes):
            yield _make(RemarkKind.NO_OWNER, plan, each.passage_id, each.span, _ask(each, texts))


def _ask(commitment: Commitment, texts: Catalogue) -> str:
    lacking = [name for name in ("who", "when") if name in commitment.holes]
    question = texts.text(f"ask.{'_'.join(lacking)}")
    return texts.text("remark.no_owner", question=question, goals=join_words(commitment.goals, texts))


def _from_words(report: DocumentReport, plan: DocumentResults, texts: Catalogue) -> Iterator[Remark]:
    for each in report.words.unattributed:
        text = texts.text("remark.no_source", name=each.source_name)
        span = each.span.ranges[0][0], each.span.ranges[-1][1]
        yield _make(RemarkKind.NO_SOURCE, plan, each.span.passage.id, span, text)
    for each in report.words.municipal:
        if each.changes:
            span = each.span.ranges[0][0], each.span.ranges[-1][1]
            yield _make(RemarkKind.NAME_LEFT, plan, each.span.passage.id, span, " ".join(each.changes))


def _from_doubts(report: DocumentReport, plan: DocumentResults, texts: Catalogue) -> Iterator[Remark]:
    for each in report.doubts:
        text = texts.text("remark.doubt", title=each.title.text, goal=each.goal, yes=each.yes, no=each.no)
        yield _make(RemarkKind.DOUBT, plan, each.passage_id, each.quote.key, text)


def _make(kind: RemarkKind, plan: DocumentResults, passage_id: str, span: Span, text: str) -> Remark:
    passage: Passage = plan.passages[passage_id]
    page = passage.pages[0] if passage.pages and any(each.width for each in plan.document.pages) else None
    return Remark(kind, passage_id, span, page, text, PRIORITIES[kind])
