"""Whether an answer is one that we asked for: whole, in the right form, of known goals, with words that are there."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from compliance.records import Level, Passage, SecondGoal

MAX_GOALS = 8  # of a passage; the guide: seldom more than four


class GoalAnswer(BaseModel):
    """A goal as the reader gives it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goal: str
    quote: Annotated[str, Field(min_length=1)]


class Answer(BaseModel):
    """The form of an answer (`prompt.make_schema`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goals: Annotated[tuple[GoalAnswer, ...], Field(max_length=MAX_GOALS)]
    level: Level


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer that holds."""

    goals: tuple[SecondGoal, ...]
    level: Level


def check_answer(content: str, passage: Passage, *, goal_ids: Collection[str]) -> Opinion | str:
    """Return the opinion, or in one Norwegian sentence why the answer is none.

    One thing wrong is enough: a reader that makes up words or goals is not believed on the rest.
    """
    try:
        answer = Answer.model_validate_json(content)
    except ValidationError:
        return "Svaret hadde ikke formen det ble bedt om."
    given = [each.goal for each in answer.goals]
    if any(goal not in goal_ids for goal in given):
        return "Svaret hadde et mål som ikke finnes."
    if len(set(given)) < len(given):
        return "Svaret hadde samme mål to ganger."
    found = [_find_words(each, passage) for each in answer.goals]
    goals = tuple(each for each in found if each is not None)
    if len(goals) < len(found):
        return "Svaret siterte ord som ikke står i avsnittet."
    return Opinion(goals, answer.level)


def _find_words(given: GoalAnswer, passage: Passage) -> SecondGoal | None:
    """Return the goal with the place of its words, white space and case apart; None where they are not there."""
    words = given.quote.split()
    match = re.search(r"\s+".join(map(re.escape, words)), passage.text, re.IGNORECASE) if words else None
    if match is None:
        return None
    return SecondGoal(given.goal, passage.start + match.start(), passage.start + match.end())
