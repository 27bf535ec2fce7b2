"""Words that may be in another language than the page: goal texts exist in bokmål and nynorsk only."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.guidelines.terms import Text
from compliance.report.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with its language, given where that is not the page's."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A goal or an element as the report names it."""

    id: str
    title: Phrase
    asks: Phrase  # what it asks for
    source: str = ""  # where the national document says so


def label_goal(goal: Goal, language: str) -> Label:
    """Return the goal in the report's language, in bokmål where there is no such text."""
    return Label(goal.id, phrase_text(goal.title, language), phrase_text(goal.statement, language), goal.section or "")


def label_element(element: str, *, texts: Catalogue) -> Label:
    """Return the eGovWSF element in the report's language."""
    return Label(element, Phrase(texts.text(f"element.{element}.name")), Phrase(texts.text(f"element.{element}.asks")))


def name_set(guideline_set: GuidelineSet) -> str:
    """Return a set's name: its document, with the edition where the title does not already say it."""
    document, edition = guideline_set.document, guideline_set.edition
    return document if edition in document else f"{document} ({edition})"


def phrase_text(text: Text, language: str) -> Phrase:
    """Return a goal's text in the report's language, in bokmål where there is no such text."""
    if language == "nn":
        return Phrase(text.nn)
    return Phrase(text.nb, None if language == "nb" else "nb")
