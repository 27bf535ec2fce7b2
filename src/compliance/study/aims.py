"""Vision, goals and focus areas of a strategy, quoted in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.analyse.matching.cues import CueMatcher
from compliance.guidelines.cues import StructureCue
from compliance.guidelines.rules import Rules
from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Passage, Reading
from compliance.study.placing import find_item_start

_QUOTED: Final = re.compile(r"[«\"“”]([^«»\"“”]{12,600})[»\"“”]")
_NEXT_QUOTED: Final = re.compile(r"\s*[«\"“”]([^«»\"“”]{12,600})[»\"“”]")
_NUMBERED: Final = re.compile(r"\W*\d")
_MAX_VISION: Final = 500  # characters; a longer passage under «Visjon» tells of the vision
_MAX_GOALS: Final = 40  # quotes of one kind from one document
_MIN_TEXT: Final = 8  # characters of a goal told of in a sentence …
_MIN_ITEM: Final = 3  # … and of one that has its own item or heading
_TOLD_REACH: Final = 2  # passages before a list that may say whose goals they are
_MIN_AREAS: Final = 3  # of a national strategy's, named in order in one sentence or list
_CLAUSE_END: Final = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Aim:
    """One quote of what a strategy aims at: document offsets, and what it is."""

    field: str  # "vision", "goal" or "focus_area"
    passage: Passage
    start: int
    end: int


class AimReader:
    """Reads what a strategy aims at, and whose division its aims follow."""

    def __init__(self, rules: Rules, words: StudyRules) -> None:
        self._words = words
        self._areas: CueMatcher[StructureCue] = CueMatcher(rules.structures)
        self._numbers: dict[str, set[int]] = {}
        for cue in rules.structures:
            self._numbers.setdefault(cue.source, set()).add(cue.number)

    def read(self, reading: Reading, *, is_strategy: bool) -> tuple[Aim, ...]:
        """Return vision, goals and focus areas in reading order, each text once.

        A document that is no strategy is read only where it tells of one: headings of its own are other goals.
        """
        found = [
            *self._read_visions(reading, is_strategy=is_strategy),
            *self._read_sentences(reading, is_strategy=is_strategy),
            *(self._read_headed(reading) if is_strategy else self._read_told(reading)),
        ]
        seen: set[tuple[str, str]] = set()
        kept = []
        for aim in sorted(found, key=lambda each: (each.start, each.end)):
            text = _fold(reading.document.text[aim.start : aim.end])
            if len(text) >= _shortest(aim) and (aim.field, text) not in seen:
                seen.add((aim.field, text))
                kept.append(aim)
        return tuple(_cut_each(kept))

    def find_division(self, reading: Reading, aims: Sequence[Aim]) -> tuple[str, int, int] | None:
        """Return the national set whose areas the goals name in order, with how many of how many; None for no such.

        A sentence that lists the goals is enough; headings are compared by `analyse/reuse/structure.py`.
        """
        texts = [reading.document.text[aim.start : aim.end] for aim in aims if aim.field != "vision"]
        best: tuple[str, int, int] | None = None
        for source, numbers in self._numbers.items():
            for text in [*texts, "\n".join(texts)]:
                count = self._count_rising(text, source)
                if count >= _MIN_AREAS and (best is None or count > best[1]):
                    best = (source, count, len(numbers))
        return best

    def _count_rising(self, text: str, source: str) -> int:
        """Return how many of the source's areas the text names in its order."""
        found = sorted(
            (match.start, match.cue.number) for match in self._areas.find(text) if match.cue.source == source
        )
        longest: dict[int, int] = {}
        for _, number in found:
            longest[number] = max(
                longest.get(number, 0),
                1 + max((count for other, count in longest.items() if other < number), default=0),
            )
        return max(longest.values(), default=0)

    def _read_visions(self, reading: Reading, *, is_strategy: bool) -> Iterator[Aim]:
        passages = reading.passages
        for index, passage in enumerate(passages):
            heading = passage.kind is BlockKind.HEADING
            lead = self._words.search(StudyCue.VISION_LEAD, passage.text)
            if lead and self._denies_vision(reading, passage, lead.end()):
                continue
            if lead and (is_strategy or self._words.search(StudyCue.DIGITAL_TITLE, passage.text[: lead.end()])):
                yield from _read_after_lead(passage, lead.end(), passages[index + 1 : index + 2])
            elif heading and is_strategy and self._words.search(StudyCue.VISION_HEADING, passage.text):
                yield from self._read_under_vision(reading, index)
            said = self._words.search(StudyCue.VISION_SENTENCE, passage.text) if is_strategy else None
            if said and not lead and not heading:
                end = _CLAUSE_END.search(passage.text, said.end())
                yield Aim("vision", passage, passage.start + said.end(), passage.start + _end_of(passage, end))

    def _denies_vision(self, reading: Reading, passage: Passage, at: int) -> bool:
        """Whether the sentence at a place of the passage says that the strategy has no vision of its own."""
        place = passage.start + at
        said = next((each for each in passage.sentences if each.start < place <= each.end), None)
        text = reading.document.text[said.start : said.end] if said else passage.text
        return self._words.search(StudyCue.NO_VISION, text) is not None

    def _read_under_vision(self, reading: Reading, index: int) -> Iterator[Aim]:
        """Yield the first paragraph under a heading that names the vision, or what it quotes."""
        for place, passage in enumerate(reading.passages[index + 1 : index + 3]):
            if passage.kind is BlockKind.HEADING:
                if place == 0 and not _NUMBERED.match(passage.text):  # a motto set as a heading of its own
                    yield Aim("vision", passage, passage.start, passage.end)
                return
            if self._words.search(StudyCue.VISION_LEAD, passage.text):
                return  # read as what follows its lead-in
            quoted = _QUOTED.search(passage.text)
            if quoted:
                yield Aim("vision", passage, passage.start + quoted.start(1), passage.start + quoted.end(1))
                return
            if len(passage.text) <= _MAX_VISION and not passage.text.rstrip().endswith(":"):
                start, end = passage.sentences[0] if passage.sentences else (passage.start, passage.end)
                yield Aim("vision", passage, start, end)
                return

    def _read_sentences(self, reading: Reading, *, is_strategy: bool) -> Iterator[Aim]:
        """Yield the sentences that list goals or focus areas; outside a strategy none of another plan's."""
        for passage in reading.passages:
            if passage.kind is BlockKind.HEADING:
                continue
            for start, end in passage.sentences or ((passage.start, passage.end),):
                text = reading.document.text[start:end]
                if not is_strategy and self._is_of_other(text):
                    continue
                if self._words.search(StudyCue.GOALS_SENTENCE, text) and not text.rstrip().endswith(":"):
                    yield Aim("goal", passage, start, end)
                elif self._words.search(StudyCue.FOCUS_SENTENCE, text) and not text.rstrip().endswith(":"):
                    yield Aim("focus_area", passage, start, end)
            prefix = self._words.search(StudyCue.GOAL_PREFIX, passage.text)
            if prefix:
                yield Aim("goal", passage, passage.start + prefix.end(), passage.end)

    def _is_of_other(self, sentence: str) -> bool:
        """Whether a sentence names another plan and not the strategy."""
        named = self._words.search(StudyCue.TOLD_STRATEGY, sentence)
        return named is None and self._words.search(StudyCue.TOLD_OTHER, sentence) is not None

    def _read_headed(self, reading: Reading) -> Iterator[Aim]:
        """Yield list items under headings, or after lead-ins, that speak of goals or focus areas; subheadings too."""
        for index, passage in enumerate(reading.passages):
            if passage.kind is not BlockKind.HEADING:
                yield from self._read_led(reading, index)
                continue
            named = self._read_prefix(passage)
            if named is not None:
                yield named
                continue
            for cue, field in ((StudyCue.GOALS_HEADING, "goal"), (StudyCue.FOCUS_HEADING, "focus_area")):
                if self._words.search(cue, passage.text):
                    yield from (each for each in _read_below(reading, index, field) if not self._says_itself(each))
                    break

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

    def _read_told(self, reading: Reading) -> Iterator[Aim]:
        """Yield the lists of goals and focus areas that a document gives as those of the strategy."""
        for index, passage in enumerate(reading.passages):
            if passage.kind is not BlockKind.HEADING and self._tells_of_strategy(reading, index):
                yield from self._read_led(reading, index)

    def _tells_of_strategy(self, reading: Reading, index: int) -> bool:
        """Whether the nearest sentence, in the passage or before it, that names a plan names the strategy first."""
        for text in _list_sentences_back(reading, index):
            other = self._words.search(StudyCue.TOLD_OTHER, text)
            strategy = self._words.search(StudyCue.TOLD_STRATEGY, text)
            if strategy is not None:
                return other is None or strategy.start() < other.start()
            if other is not None and not self._words.search(StudyCue.GOES_BACK, text):
                return False
        return False

    def _read_led(self, reading: Reading, index: int) -> Iterator[Aim]:
        """Yield the list items after «Hovedmålene er:»."""
        text = reading.passages[index].text
        for cue, field in ((StudyCue.GOALS_LEAD, "goal"), (StudyCue.FOCUS_LEAD, "focus_area")):
            if self._words.search(cue, text):
                yield from (_quote_item(each, field) for each in _list_after(reading, index)[:_MAX_GOALS])
                return


def _list_sentences_back(reading: Reading, index: int) -> Iterator[str]:
    """Yield the sentences of a passage and of the few before it, the last first."""
    for passage in reversed(reading.passages[max(0, index - _TOLD_REACH) : index + 1]):
        for start, end in reversed(passage.sentences or ((passage.start, passage.end),)):
            yield reading.document.text[start:end]


def _list_after(reading: Reading, index: int) -> list[Passage]:
    """Return the list items that follow a lead-in at once."""
    items = []
    for passage in reading.passages[index + 1 :]:
        if passage.kind is not BlockKind.LIST_ITEM:
            break
        items.append(passage)
    return items


def _quote_item(passage: Passage, field: str) -> Aim:
    """Return a list item without its marker."""
    return Aim(field, passage, find_item_start(passage), passage.end)


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
    chosen = subheadings if field == "focus_area" and subheadings else items or rows or subheadings or direct[:3]
    for passage in chosen[:_MAX_GOALS]:
        if passage.text.rstrip().endswith(":"):
            continue
        if passage.sentences and passage.kind is BlockKind.PARAGRAPH:
            yield Aim(field, passage, *passage.sentences[0])
        else:
            yield _quote_item(passage, field)


def _read_after_lead(passage: Passage, at: int, following: Sequence[Passage]) -> Iterator[Aim]:
    """Yield what stands between quotation marks after a lead-in, here or in the next passage; else the sentence."""
    quoted = _NEXT_QUOTED.match(passage.text, at)
    if quoted:
        yield Aim("vision", passage, passage.start + quoted.start(1), passage.start + quoted.end(1))
        return
    rest = passage.text[at:].strip()
    if len(rest) >= _MIN_TEXT:
        end = _CLAUSE_END.search(passage.text, at)
        start = at + _count_blanks(passage.text, at)
        yield Aim("vision", passage, passage.start + start, passage.start + _end_of(passage, end))
        return
    for other in following:
        quoted = _QUOTED.match(other.text.strip()) if other.kind is not BlockKind.HEADING else None
        if quoted:
            shift = other.start + len(other.text) - len(other.text.lstrip())
            yield Aim("vision", other, shift + quoted.start(1), shift + quoted.end(1))
        elif other.kind is not BlockKind.HEADING and len(other.text) <= _MAX_VISION:
            yield Aim("vision", other, other.start, other.end)


def _end_of(passage: Passage, match: re.Match[str] | None) -> int:
    return match.end() if match else len(passage.text)


def _count_blanks(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip()) if start < len(text) else 0


def _shortest(aim: Aim) -> int:
    return _MIN_TEXT if aim.passage.kind is BlockKind.PARAGRAPH else _MIN_ITEM


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _cut_each(aims: Sequence[Aim]) -> Iterator[Aim]:
    counts: dict[str, int] = {}
    for aim in aims:
        counts[aim.field] = counts.get(aim.field, 0) + 1
        if counts[aim.field] <= _MAX_GOALS:
            yield aim
