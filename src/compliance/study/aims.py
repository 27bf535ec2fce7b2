"""Vision, goals and focus areas of a strategy, quoted in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Reading
from compliance.study.headed_aims import HeadedAimReader
from compliance.study.prose_aims import GOAL, ProseAimReader
from compliance.study.statements import Aim, Statement, Topics, list_statements
from compliance.study.visions import VisionReader

_MAX_AIMS: Final = 40  # quotes of one kind from one document
_MIN_TEXT: Final = 8  # characters of what a sentence tells of …
_MIN_ITEM: Final = 3  # … and of a goal that has its own item, heading or place in a list


class AimReader:
    """Reads what a strategy aims at, in the strategy itself or where another text tells of it."""

    def __init__(self, words: StudyRules) -> None:
        self._words = words
        self._headed = HeadedAimReader(words)

    def read(self, reading: Reading, *, is_strategy: bool) -> tuple[Aim, ...]:
        """Return vision, goals and focus areas in reading order, each text once.

        A document that is no strategy is read only where it tells of one: headings of its own are other goals.
        """
        statements = list_statements(reading)
        topics = Topics(self._words, statements, is_strategy=is_strategy)
        listed = [*ProseAimReader(self._words, statements, topics).read()]
        visions = VisionReader(self._words, statements, topics, is_strategy=is_strategy)
        found = [
            *(Aim("vision", each.passage, each.start + low, each.start + high) for each, (low, high) in visions.read()),
            *listed,
            *self._read_whole(statements, topics, listed),
            *self._headed.read_prefixed(reading),
            *(self._headed.read(reading) if is_strategy else ()),
        ]
        return tuple(_keep_first(reading, found))

    def _read_whole(self, statements: Sequence[Statement], topics: Topics, listed: Sequence[Aim]) -> Iterator[Aim]:
        """Yield the statements that say the goal without listing several."""
        taken = {each.passage.id for each in listed if each.field == GOAL}
        for index, each in enumerate(statements):
            if each.is_heading or each.leads_on or self._words.search(StudyCue.SOME_AIMS, each.text):
                continue
            said = self._words.search(StudyCue.GOALS_SENTENCE, each.text)
            if said and each.passage.id not in taken and topics.is_of_strategy(index, *said.span()):
                yield Aim(GOAL, each.passage, each.start, each.end)


def _keep_first(reading: Reading, aims: Sequence[Aim]) -> Iterator[Aim]:
    """Yield the aims in reading order, each text of a field once and not too many."""
    seen: set[tuple[str, str]] = set()
    counts: dict[str, int] = {}
    for aim in sorted(aims, key=lambda each: (each.start, each.end)):
        text = " ".join(reading.document.text[aim.start : aim.end].casefold().split())
        short = _MIN_TEXT if aim.passage.kind is BlockKind.PARAGRAPH and aim.field == "vision" else _MIN_ITEM
        if len(text) < short or (aim.field, text) in seen:
            continue
        seen.add((aim.field, text))
        counts[aim.field] = counts.get(aim.field, 0) + 1
        if counts[aim.field] <= _MAX_AIMS:
            yield aim
