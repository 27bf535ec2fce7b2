"""How far a document goes, how sure that is, and what a reader could settle (stage 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from compliance.records.measure import Measure


class ScoreSubject(StrEnum):
    """What a score is about."""

    GOAL = "goal"
    ELEMENT = "element"
    THEME = "theme"


class Certainty(StrEnum):
    """How often a value that is called so is right; the measured shares are in docs/calibration.md."""

    CLEAR = "clear"
    LIKELY = "likely"
    UNSURE = "unsure"
    CONFIRMED = "confirmed"  # a reader has answered

    @property
    def rank(self) -> int:
        """How sure it is beside the others: 0 is the least."""
        return _LEAST_FIRST.index(self)


_LEAST_FIRST: Final = (Certainty.UNSURE, Certainty.LIKELY, Certainty.CLEAR, Certainty.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Score:
    """How far a document goes on a goal, element or theme, 0 to 4, with the rule that gave it and what it rests on."""

    document_id: str
    subject: ScoreSubject
    label: str
    value: int
    rule: str  # id of the scoring rule, explained in docs/scoring.md
    passage_ids: tuple[str, ...]  # the passages behind the score, strongest first
    certainty: Certainty = Certainty.UNSURE
    at_least: tuple[float, ...] = ()  # calibrated probability of 1 or more, 2 or more, 3 or more, 4; empty: unknown


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """What a document answers to one question that an element's score is made of."""

    document_id: str
    criterion: str  # "W1.a"
    value: int  # 0 not found, 1 touched, 2 worked out
    certainty: Certainty
    at_least: tuple[float, ...]  # calibrated probability of 1 or more, of 2
    passage_ids: tuple[str, ...]  # best first, at most three


@dataclass(frozen=True, slots=True)
class Review:
    """A doubt that can change a score: does the passage speak for the goal?"""

    document_id: str
    label: str  # goal id
    passage_id: str
    score_if_yes: int
    score_if_no: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that stage 4 says of a run's documents."""

    scores: tuple[Score, ...]
    criteria: tuple[CriterionAnswer, ...] = ()
    reviews: tuple[Review, ...] = ()  # of each document, the one that changes a score most first
    measures: tuple[Measure, ...] = ()
