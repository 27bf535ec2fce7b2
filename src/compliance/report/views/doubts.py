"""The doubts that can change a result, biggest change first, each with what a yes and a no lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.phrases import Phrase, phrase_text
from compliance.report.views.quotes import Quote, quote_span
from compliance.report.views.second_opinions import find_opinions

MAX_DOUBTS: Final = 4  # with more, facts fall off the third printed page of a full report; the spreadsheet has the rest
DOUBT_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class DoubtView:
    """One question to a reader: does this text speak for the goal?"""

    goal: str
    title: Phrase
    passage_id: str
    quote: Quote
    yes: str  # the step in words
    no: str
    second: bool | None = None  # what a second reader says; None where it has no opinion


def show_doubts(plan: DocumentResults, *, context: ReportContext) -> tuple[DoubtView, ...]:
    """Return every doubt that can change a score; one where a yes would lower it is no question to a reader."""
    texts = context.texts
    goals = {goal.id: goal for each in context.guidelines for goal in each.goals}
    second = find_opinions(plan)
    return tuple(
        DoubtView(
            goal=review.label,
            title=phrase_text(goals[review.label].title, texts.language),
            passage_id=review.passage_id,
            quote=_quote(plan, review.label, review.passage_id, context),
            yes=texts.text(f"step.{review.score_if_yes}").lower(),
            no=texts.text(f"step.{review.score_if_no}").lower(),
            second=second.get((review.passage_id, review.label)),
        )
        for review in plan.reviews
        if review.label in goals and review.passage_id in plan.passages and review.score_if_yes > review.score_if_no
    )


def _quote(plan: DocumentResults, goal_id: str, passage_id: str, context: ReportContext) -> Quote:
    """Return the clause that speaks of the goal, or the passage from the words that made the doubt."""
    passage = plan.passages[passage_id]
    found = [each for each in plan.measures.get(goal_id, ()) if each.passage_id == passage_id]
    span = (found[0].start, found[0].end) if found else (passage.start, passage.end)
    return quote_span(plan, passage, span, texts=context.texts, max_chars=DOUBT_CHARS)
