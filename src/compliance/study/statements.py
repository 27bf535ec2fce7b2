"""What a text tells of a strategy: its statements one by one, which plan each is about, and what it aims at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Passage, Reading

_REACH: Final = 14  # statements back to the one that names a plan
# A quotation that stands by itself before the next sentence: a full stop is seldom set after «…».
_LOOSE_QUOTE: Final = re.compile(r"\W{0,2}[«\"“][^«»\"“”]{3,600}[»\"”](?:\s*\([^()]{3,60}\))?\.?\s+(?=[A-ZÆØÅ«])")
# A sentence that begins where the one before has lost its full stop.
_UNENDED: Final = re.compile(
    r"(?<=[a-zæøå] )(?:Det|Den|Dei?|Vi|Kommunen|Kommuneplanen\w*|Samfunnsdelen|Strategien|Måla|Målene|Satsingsområd\w+)"
    r"\b(?! kommune)"
)


@dataclass(frozen=True, slots=True)
class Aim:
    """One quote of what a strategy aims at: document offsets, and what it is."""

    field: str  # "vision", "goal" or "focus_area"
    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document, a quotation that stands by itself, or a heading; offsets are the document's."""

    passage: Passage
    start: int
    end: int
    text: str

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.passage.kind is BlockKind.HEADING

    @property
    def onward(self) -> str:
        """The text from its start to the end of its passage: a quotation may be several sentences."""
        return self.passage.text[self.start - self.passage.start :]

    @property
    def leads_on(self) -> bool:
        """Whether what it tells of follows it: «Visjonen er kort:»."""
        return self.text.rstrip().endswith((":", ";"))


def list_statements(reading: Reading) -> list[Statement]:
    """Return a document's statements in reading order."""
    return [each for passage in reading.passages for each in _split_passage(reading, passage)]


def _split_passage(reading: Reading, passage: Passage) -> Iterator[Statement]:
    text = reading.document.text
    for start, end in passage.sentences or ((passage.start, passage.end),):
        loose = _LOOSE_QUOTE.match(text[start:end])
        cuts = [start, *([start + loose.end()] if loose else [])]
        cuts += [each.start() for each in _UNENDED.finditer(text, cuts[-1], end)]
        for low, high in pairwise([*cuts, end]):
            yield Statement(passage, low, high, text[low:high])


class Topics:
    """Tells of each statement which plan it is about."""

    def __init__(self, words: StudyRules, statements: Sequence[Statement], *, is_strategy: bool) -> None:
        self._words = words
        self._statements = statements
        self._is_strategy = is_strategy

    def is_of_strategy(self, index: int, start: int, end: int) -> bool:
        """Whether the words from `start` to `end` of a statement are about the municipality's digitalisation strategy.

        The plan is the one that is named last before them, else after them, else in the statements before. A strategy
        speaks of itself where it names no other plan.
        """
        text = self._statements[index].text
        if self._words.search(StudyCue.OTHERS_BEFORE, text[:start]) or self._words.search(
            StudyCue.OTHERS_AFTER, text[end:]
        ):
            return False
        named = self._find_last(text[:start])
        if named is None:
            named = self._find_first(text[end:])
        if named is not None or self._is_strategy:
            return named is not False
        return self._recall(index)

    def _recall(self, index: int) -> bool:
        """Whether the plan that the statements before are about is the strategy: the first that the nearest names.

        A statement that begins with «den» is about the same plan as the one before it, whatever else it names.
        """
        for statement in reversed(self._statements[max(0, index - _REACH) : index]):
            named = None if self._words.search(StudyCue.GOES_BACK, statement.text) else self._find_first(statement.text)
            if named is not None:
                return named
        return False

    def _find_last(self, text: str) -> bool | None:
        """Return whether the last plan in the text is the strategy; None where it names none."""
        strategy = self._words.find_last(StudyCue.TOLD_STRATEGY, text)
        other = self._words.find_last(StudyCue.TOLD_OTHER, text)
        if strategy is None and other is None:
            return None
        return strategy is not None and (other is None or strategy.end() >= other.end())

    def _find_first(self, text: str) -> bool | None:
        """Return whether the first plan in the text is the strategy; None where it names none."""
        strategy = self._words.search(StudyCue.TOLD_STRATEGY, text)
        other = self._words.search(StudyCue.TOLD_OTHER, text)
        if strategy is None and other is None:
            return None
        return strategy is not None and (other is None or strategy.start() <= other.start())
