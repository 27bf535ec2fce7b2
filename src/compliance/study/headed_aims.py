"""Goals and focus areas that a strategy sets out below headings of its own, or that say themselves what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Passage, Reading
from compliance.study.placing import find_item_start
from compliance.study.statements import Aim

_MAX_GOALS: Final = 40  # of one kind below one heading
_PARAGRAPHS: Final = 3  # read below a heading that has no list


class HeadedAimReader:
    """Reads a strategy's headings, and paragraphs such as «Mål 1: …»."""

    def __init__(self, words: StudyRules) -> None:
        self._words = words

    def read(self, reading: Reading) -> Iterator[Aim]:
        """Yield list items, subheadings and paragraphs under headings that speak of goals or focus areas."""
        for index, passage in enumerate(reading.passages):
            if passage.kind is not BlockKind.HEADING:
                continue
            named = self._read_prefix(passage)
            if named is not None:
                yield named
                continue
            for cue, field in ((StudyCue.GOALS_HEADING, "goal"), (StudyCue.FOCUS_HEADING, "focus_area")):
                if self._words.search(cue, passage.text):
                    yield from (each for each in _read_below(reading, index, field) if not self._says_itself(each))
                    break

    def read_prefixed(self, reading: Reading) -> Iterator[Aim]:
        """Yield the paragraphs and items that begin with «Mål:» or «Delmål 2»."""
        for passage in reading.passages:
            prefix = self._words.search(StudyCue.GOAL_PREFIX, passage.text)
            if prefix and passage.kind is not BlockKind.HEADING:
                yield Aim("goal", passage, passage.start + prefix.end(), passage.end)

    def _says_itself(self, aim: Aim) -> bool:
        """Whether a subheading or a paragraph says itself what it is, and is read by that."""
        if aim.passage.kind is BlockKind.HEADING:
            return self._read_prefix(aim.passage) is not None
        return self._words.search(StudyCue.GOAL_PREFIX, aim.passage.text) is not None

    def _read_prefix(self, heading: Passage) -> Aim | None:
        """Return what follows «Mål 1:» or «Satsingsområde 1:» in a heading."""
        for cue, field in ((StudyCue.GOAL_PREFIX, "goal"), (StudyCue.FOCUS_PREFIX, "focus_area")):
            prefix = self._words.search(cue, heading.text)
            if prefix:
                return Aim(field, heading, heading.start + prefix.end(), heading.end)
        return None


def _read_below(reading: Reading, index: int, field: str) -> Iterator[Aim]:
    """Yield the list items and subheadings below a heading, up to the next of its level; else its first sentences."""
    heading = reading.passages[index]
    level = heading.level or 1
    below = []
    for passage in reading.passages[index + 1 :]:
        if passage.kind is BlockKind.HEADING and (passage.level or 1) <= level:
            break
        below.append(passage)
    subheadings = [each for each in below if each.kind is BlockKind.HEADING and (each.level or 1) == level + 1]
    direct = below[: below.index(subheadings[0])] if subheadings else below
    items = [each for each in direct if each.kind is BlockKind.LIST_ITEM]
    rows = [each for each in direct if each.kind is BlockKind.TABLE_ROW]
    own = subheadings if field == "focus_area" and subheadings else items or rows or subheadings
    for passage in (own or direct[:_PARAGRAPHS])[:_MAX_GOALS]:
        if passage.text.rstrip().endswith(":"):
            continue
        if passage.sentences and passage.kind is BlockKind.PARAGRAPH:
            yield Aim(field, passage, *passage.sentences[0])
        else:
            yield Aim(field, passage, find_item_start(passage), passage.end)
