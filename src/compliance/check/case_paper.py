"""Half a page for the case paper (saksframlegg): what the document follows up, where it is concrete, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from compliance.report.catalogue import Catalogue
from compliance.report.views.actions import tell_action
from compliance.report.views.document import DocumentReport
from compliance.report.views.goals import GoalView
from compliance.report.views.phrases import lower_first
from compliance.report.views.steps import CONCRETE, NOT_FOUND, SHALL
from compliance.report.views.verdict import join_words
from compliance.report.views.voice import Genre

MAX_GOALS: Final = 8  # named one by one; more is a list that nobody reads aloud in a council
MAX_OPEN: Final = 4  # questions: a case paper is no report


def write_case_paper(report: DocumentReport, *, texts: Catalogue) -> str:
    """Return the paragraphs as plain text with a blank line between them, about half a printed page."""
    return "\n\n".join(_write(report, texts)) + "\n"


def _write(report: DocumentReport, texts: Catalogue) -> Iterator[str]:
    yield texts.text("case.heading")
    yield report.verdict.sentence
    sure = [goal for goal in report.goals if goal.sure]
    if report.voice.genre is not Genre.PROGRAMME:
        yield from _name("case.concrete", [goal for goal in sure if goal.step == CONCRETE], texts, noun=report.noun)
        yield from _name("case.shall", [goal for goal in sure if goal.step == SHALL], texts, noun=report.noun)
    yield from _name("case.missing", [goal for goal in sure if goal.step == NOT_FOUND], texts)
    if report.actions:
        questions = [f"– {tell_action(action)}" for action in report.actions[:MAX_OPEN]]
        yield "\n".join([texts.text(f"case.open.{report.voice.status.value}"), *questions])
    yield texts.text("case.basis", sets=join_words([each.short for each in report.sets], texts))


def _name(key: str, goals: Sequence[GoalView], texts: Catalogue, *, noun: str = "") -> Iterator[str]:
    if not goals:
        return
    names = list(dict.fromkeys(lower_first(goal.short.text) for goal in goals))
    if len(names) > MAX_GOALS:  # the rest is counted in goals, of which some share a name, as the report counts them
        names[MAX_GOALS:] = [texts.count("case.others", len(goals) - MAX_GOALS)]
    yield texts.text(key, goals=join_words(names, texts), noun=noun)
