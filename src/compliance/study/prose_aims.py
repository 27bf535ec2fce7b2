"""Goals and focus areas that a text lists in prose: «målene er å …», «A», «B» and «C» as focus areas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Passage, Span
from compliance.study.enumerations import ORDINAL, find_count, list_parts, list_quotes, strip_marks
from compliance.study.placing import find_item_start
from compliance.study.single_aims import SingleGoalReader
from compliance.study.statements import Aim, Statement, Topics

GOAL: Final = "goal"
FOCUS_AREA: Final = "focus_area"
_FIELDS: Final = ((StudyCue.GOALS, GOAL), (StudyCue.FOCUS_AREAS, FOCUS_AREA))
_MANY: Final = 3  # parts; two words after «målene er» may be what the goals are like: «korte og tydelige»
_LONG: Final = 3  # words of a part that says more than what something is like
_SINGULAR: Final = re.compile(r"(?:mål|målet|området|sett?ing(?:en|a)?|målsetjing(?:a|en)?)$", re.IGNORECASE)
_ONE: Final = re.compile(
    r"\b(?:et|eit|ett|eitt|dette|hvert|kvart|sitt|felles|overordn\w+|viktigste|viktigaste) (?:\w+ )?$", re.I
)
_UNDER: Final = re.compile(
    r"\b(?:for|under|i|innen|innenfor|innan|til) (?:\w+ ){0,2}$", re.I
)  # «mål for satsingsområdene»
_COUNT_REACH: Final = 40  # characters before «satsingsområder» that may say how many
_GOES_ON: Final = re.compile(r"[»\"”]? \w")  # «Områdene «A» og «B» bygger på …» tells of two of them
_SUBCLAUSE: Final = re.compile(r"(?:å|at) ")

Noun = tuple[str, re.Match[str]]  # a field, and the word that names it


class ProseAimReader:
    """Reads a document's statements for lists of goals and focus areas."""

    def __init__(self, words: StudyRules, statements: Sequence[Statement], topics: Topics) -> None:
        self._words = words
        self._statements = statements
        self._topics = topics
        self._single = SingleGoalReader(words, statements, topics)
        self._verbs = re.compile(words.join(StudyCue.AIM_VERB))

    def read(self) -> Iterator[Aim]:
        """Yield what statements list, in reading order; a list set out below its lead-in is one too."""
        for index, statement in enumerate(self._statements):
            if statement.is_heading:
                continue
            nouns = [*self._find_nouns(index)]
            listed = self._read_list_below(index, nouns) or self._read_listed(index, nouns)
            listed = listed or self._make(index, GOAL, self._single.read(index))
            yield from listed or self._read_next(index)

    def _find_nouns(self, index: int) -> Iterator[Noun]:
        """Yield where a statement speaks of the strategy's goals or focus areas as a whole, in reading order."""
        text = self._statements[index].text
        for field, noun in self._find_all_nouns(text):
            denied = self._words.search(StudyCue.NO_AIMS, text[: noun.start()])
            if denied is None and self._topics.is_of_strategy(index, *noun.span()):
                yield field, noun

    def _find_all_nouns(self, text: str) -> list[Noun]:
        found = [(field, noun) for cue, field in _FIELDS for noun in self._words.find_all(cue, text)]
        return sorted(found, key=lambda each: each[1].start())

    def _read_list_below(self, index: int, nouns: Sequence[Noun]) -> list[Aim]:
        """Return the items of the list that follows a statement which ends by naming what it lists."""
        statement = self._statements[index]
        if not nouns or statement.end < statement.passage.end:
            return []
        if nouns[-1][1].start() < self._find_all_nouns(statement.text)[-1][1].start():
            return []  # the list is that of another plan's goals
        field = next((field for field, noun in nouns if not _UNDER.search(statement.text[: noun.start()])), nouns[0][0])
        return [Aim(field, each, find_item_start(each), each.end) for each in self._list_items(index)]

    def _list_items(self, index: int) -> list[Passage]:
        items: dict[str, Passage] = {}
        for statement in self._statements[index + 1 :]:
            if statement.passage.kind is not BlockKind.LIST_ITEM:
                break
            items[statement.passage.id] = statement.passage
        return [*items.values()]

    def _read_listed(self, index: int, nouns: Sequence[Noun]) -> list[Aim]:
        """Return what the statement itself lists, after the word or before it."""
        text = self._statements[index].text
        for field, noun in nouns:
            count = find_count(text[max(0, noun.start() - _COUNT_REACH) : noun.start()])
            parts = self._list_after(text, noun, count) or self._list_before(text, noun, count)
            if parts:
                return self._make(index, field, parts)
        return []

    def _list_after(self, text: str, noun: re.Match[str], count: int | None) -> list[Span]:
        for cue, sure in ((StudyCue.LIST_OPENS, True), (StudyCue.LIST_JOINS, False)):
            opens = self._words.search(cue, text[noun.end() :])
            if opens is not None and opens.start() == 0:
                start = noun.end() + opens.end()
                parts = list_parts(text, start, verbs=self._verbs, count=count)
                taken = self._words.search(StudyCue.SOME_AIMS, text[: start if sure or not parts else parts[0].end])
                if taken and len(parts) != count:  # «fem mål, kopiert fra KS: …» lists them all the same
                    return []
                named = opens[0].strip() in {"", ","} and _GOES_ON.match(text, parts[-1].end if parts else start)
                if not named and self._is_list(text, noun, start, parts, count=count, sure=sure):
                    return parts
        return []

    def _is_list(
        self, text: str, noun: re.Match[str], start: int, parts: Sequence[Span], *, count: int | None, sure: bool
    ) -> bool:
        """Whether the parts are a list: quoted, as many as is said, clauses with «å», or sure by what opens it."""
        quoted = bool(parts) and text[parts[0].start - 1] in '«"“'
        if len(parts) < 2:
            return quoted and bool(parts) and _is_singular(text, noun)
        if quoted or len(parts) == count or _SUBCLAUSE.match(text, start):
            return True
        if not sure and noun[0].casefold().endswith(("mål", "måla", "målene")) and " " not in text[slice(*parts[0])]:
            return False  # «målene er korte, tydelige og …»
        long = all(len(text[each.start : each.end].split()) >= _LONG for each in parts)
        return not _is_singular(text, noun) and (sure or len(parts) >= _MANY or long)

    def _list_before(self, text: str, noun: re.Match[str], count: int | None) -> list[Span]:
        """Return what «er strategiens mål» or «som satsingsområder» says that something before it is."""
        if self._words.search(StudyCue.SOME_AIMS, text):
            return []
        closes = next((each for each in self._words.find_all(StudyCue.LIST_CLOSES, text[: noun.start()])), None)
        if closes is None:
            return []
        quotes = list_quotes(text, 0, closes.start())
        if len(quotes) > 1:
            return quotes
        begins = self._words.find_last(StudyCue.LIST_BEGINS, text[: closes.start()])
        start = begins.end() if begins else 0
        parts = list_parts(text[: closes.start()], start, verbs=self._verbs, count=count)
        return parts if len(parts) > 1 and (len(parts) == count or (begins and len(parts) >= _MANY)) else []

    def _read_next(self, index: int) -> list[Aim]:
        """Return what a statement lists that the one before it announced: «Disse er A, B og C»."""
        if index == 0 or self._statements[index - 1].is_heading:
            return []
        before, text = self._statements[index - 1].text, self._statements[index].text
        nouns = [*self._find_nouns(index - 1)]
        if not nouns or self._read_listed(index - 1, nouns):
            return []
        field, noun = nouns[-1]
        if ORDINAL.match(text):
            return self._read_ordinals(index, field)
        opens = self._words.search(StudyCue.GOES_ON_LISTING, text)
        quoted = text.lstrip().startswith(("«", '"', "“"))
        if opens is None and not quoted:
            return []
        count = find_count(before[max(0, noun.start() - _COUNT_REACH) : noun.start()])
        parts = list_parts(text, opens.end() if opens else 0, verbs=self._verbs, count=count)
        return self._make(index, field, parts) if len(parts) > 1 and (quoted or count in {None, len(parts)}) else []

    def _read_ordinals(self, index: int, field: str) -> list[Aim]:
        """Return «Det første er A. Det andre er B.», or both in one sentence."""
        listed: list[Aim] = []
        for place, statement in enumerate(self._statements[index:]):
            first = ORDINAL.match(statement.text)
            if first is None:
                break
            several = list_parts(statement.text, 0, verbs=self._verbs)
            whole = [Span(first.end(), len(statement.text.rstrip(" .")))]
            parts = several if len(ORDINAL.findall(statement.text)) > 1 else whole
            listed += self._make(index + place, field, strip_marks(statement.text, parts))
        return listed if len(listed) > 1 else []

    def _make(self, index: int, field: str, parts: Sequence[Span]) -> list[Aim]:
        statement = self._statements[index]
        return [Aim(field, statement.passage, statement.start + low, statement.start + high) for low, high in parts]


def _is_singular(text: str, noun: re.Match[str]) -> bool:
    """Whether one goal or area is spoken of; «mål» may be one or several, «Mål: …» is one."""
    if noun[0].casefold() == "mål":
        before = text[: noun.start()]
        return not before.strip() or _ONE.search(before) is not None
    return _SINGULAR.search(noun[0]) is not None
