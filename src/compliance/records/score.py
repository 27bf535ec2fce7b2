"""How far a document goes (stage 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScoreSubject(StrEnum):
    """What a score is about."""

    GOAL = "goal"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True)
class Score:
    """How far a document goes on one goal or element, 0 to 4, with the rule that gave it and what it rests on."""

    document_id: str
    subject: ScoreSubject
    label: str
    value: int
    rule: str  # id of the scoring rule, explained in docs/scoring.md
    passage_ids: tuple[str, ...]  # the passages behind the score, strongest first
