"""National goals as guideline files hold them: sets of goals, one file per edition of a national document."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from pydantic import Field

from compliance.guidelines.terms import NameText, Record, Strength, Term, TermLists, Text, Vocabulary
from compliance.guidelines.themes import ThemeId

SET_ID = r"^[a-z][a-z0-9_]*$"
GOAL_ID = r"^[A-ZÆØÅ][A-ZÆØÅa-zæøå0-9.-]*$"
URL = r"^https://[^\s/]+\.[^\s/]+(/\S*)?$"


class NotCounted(Text):
    """What looks like the goal but is not: an explanation, and terms whose presence argues against it."""

    excluding: TermLists = Field(default=TermLists(), alias="terms")

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The excluding terms."""
        return tuple(self.excluding.terms(Strength.STRONG))


class Theme(Record):
    """A heading of the national document that groups goals; no passage is labelled with a theme."""

    id: str = Field(pattern=GOAL_ID)
    title: Text


class Goal(Record):
    """One national goal. Titles and statements are this project's own words, never the official wording."""

    id: str = Field(pattern=GOAL_ID)  # what findings, scores and gold labels call it
    title: Text
    statement: Text  # what the goal asks for, two to four sentences
    vocabulary: Vocabulary = Field(alias="terms")
    not_counted: NotCounted
    examples: tuple[Text, ...] = ()  # sentences a planner could have written that speak for the goal
    parent: str | None = None  # id of a theme or a goal of the same set
    short_title: NameText | None = None  # for tables and figures; None: the title, which may be long
    theme: ThemeId | None = None  # the shipped sets have theirs in rules/themes.yaml, filled in by the loader
    section: str | None = None  # number or name of the chapter or section of the national document
    page: int | None = Field(default=None, ge=1)
    url: str | None = Field(default=None, pattern=URL)  # None: the set's own
    set_id: str = ""  # filled in by the loader

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The key terms, the strong ones first."""
        return self.vocabulary.terms

    def name_in(self, code: str) -> str:
        """Return the short title in the language "nb", "nn" or "en"; where there is none, the title."""
        if self.short_title:
            return self.short_title.in_code(code)
        return self.title.nn if code == "nn" else self.title.nb


class GuidelineSet(Record):
    """The goals of one edition of one national document."""

    id: str = Field(pattern=SET_ID)
    edition: str = Field(min_length=1)  # "2017–2020"
    document: str = Field(min_length=1)  # the document's title
    publisher: str = Field(min_length=1)
    url: str = Field(pattern=URL)
    valid_from: date
    valid_to: date | None = None  # None: still in force
    replaced_by: str | None = Field(default=None, pattern=SET_ID)  # id of the set that took over
    default: bool = False  # used unless the user names sets
    named_only: bool = False  # never used because of a document's date, only where the user names it
    themes: tuple[Theme, ...] = ()
    goals: tuple[Goal, ...] = Field(min_length=1)

    def covers(self, day: date) -> bool:
        """Tell whether the set was in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def find_goal(self, goal_id: str) -> Goal | None:
        """Return the goal with this id, or None."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)
