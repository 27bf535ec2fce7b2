"""Words that may be in another language than the page: goal texts exist in bokmål and nynorsk only."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.guidelines.terms import Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with its language, given where that is not the page's."""

    text: str
    language: str | None = None


def name_short(goal: Goal, language: str) -> Phrase:
    """Return the goal's short title, its title where it has none."""
    if goal.short_title is None:
        return phrase_text(goal.title, language)
    return Phrase(goal.name_in(language))


def lower_first(words: str) -> str:
    """Return a title as it is written within a sentence: «IKT som drivkraft» keeps its letters."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def name_set(guideline_set: GuidelineSet) -> str:
    """Return a set's name: its document, with the edition where the title does not already say it."""
    document, edition = guideline_set.document, guideline_set.edition
    return document if edition in document else f"{document} ({edition})"


def phrase_text(text: Text, language: str) -> Phrase:
    """Return a goal's text in the report's language, in bokmål where there is no such text."""
    if language == "nn":
        return Phrase(text.nn)
    return Phrase(text.nb, None if language == "nb" else "nb")
