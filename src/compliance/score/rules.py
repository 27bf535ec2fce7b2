"""Why a score is what it is, in a word (docs/scoring.md)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from compliance.score.support import Support


class ScoreRule(StrEnum):
    """What a value says of the document."""

    NOT_MENTIONED = "not_mentioned"
    NAMED = "named"
    COPIED = "copied"
    DESCRIBED = "described"
    COMMITTED = "committed"
    CONCRETE = "concrete"


_RULES = (
    ScoreRule.NOT_MENTIONED,
    ScoreRule.NAMED,
    ScoreRule.DESCRIBED,
    ScoreRule.COMMITTED,
    ScoreRule.CONCRETE,
)


def choose_rule(value: int, support: Sequence[Support]) -> ScoreRule:
    """Return the rule of a value; a 1 whose every passage is another's words is copied."""
    if value == 1 and support and all(each.copied for each in support):
        return ScoreRule.COPIED
    return _RULES[value]
