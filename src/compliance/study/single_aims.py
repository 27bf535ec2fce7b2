"""Goals that sentences tell of one by one: «Et mål er å …. Et annet er at …»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import Span
from compliance.study.enumerations import find_end, strip_marks
from compliance.study.statements import Statement, Topics

_REACH: Final = 2  # sentences from one goal to the next


class SingleGoalReader:
    """Reads the one goal of a statement."""

    def __init__(self, words: StudyRules, statements: Sequence[Statement], topics: Topics) -> None:
        self._words = words
        self._statements = statements
        self._topics = topics

    def read(self, index: int) -> list[Span]:
        """Return where in a statement the goal stands that it tells of; empty where it tells of none or of several."""
        text = self._statements[index].text
        another = self._words.search(StudyCue.ANOTHER_GOAL, text)
        if another is not None and self._goes_on(index):
            return self._read_rest(text, another)
        return self._read_rest(text, one) if (one := self._find_one(index)) else []

    def _goes_on(self, index: int) -> bool:
        """Whether one of the statements right before tells of a goal."""
        return any(
            self._find_one(each) or self._words.search(StudyCue.ANOTHER_GOAL, self._statements[each].text)
            for each in range(max(0, index - _REACH), index)
        )

    def _find_one(self, index: int) -> re.Match[str] | None:
        text = self._statements[index].text
        one = self._words.search(StudyCue.ONE_GOAL, text)
        if one is None or self._words.search(StudyCue.NO_AIMS, text[: self._find_noun(one)]):
            return None
        return one if self._topics.is_of_strategy(index, *one.span()) else None

    def _find_noun(self, one: re.Match[str]) -> int:
        """Return where the word for a goal begins."""
        nouns = self._words.find_all(StudyCue.GOALS, one.string)
        return next((each.start() for each in nouns if each.start() >= one.start()), one.start())

    def _read_rest(self, text: str, opens: re.Match[str]) -> list[Span]:
        rest = Span(opens.end(), find_end(text, opens.end()))
        said = text[slice(*rest)]
        denied = self._words.search(StudyCue.NO_GOAL, said) or self._words.search(StudyCue.SOME_AIMS, said)
        return [] if denied else strip_marks(text, [rest])
