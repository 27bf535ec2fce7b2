"""The vision of a strategy, where a text quotes it or says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Span
from compliance.study.statements import Statement, Topics

_QUOTED: Final = re.compile(r"[«\"“”]([^«»\"“”]{8,600})[»\"“”]")
_OPENS_QUOTED: Final = re.compile(r"\W{0,3}[«\"“”]([^«»\"“”]{8,600})[»\"“”]")
_GAP: Final = re.compile(r"[^.;«\"“”]{0,140}?[:;]?\s*(?=[«\"“”])")  # between the word and the quotation
_BACK_GAP: Final = re.compile(r"[»\"”](?P<said>[^.«»\"“”]{0,60})$")
_NUMBERED: Final = re.compile(r"\W*\d")
_OWN: Final = re.compile(
    r"\b(?:sin|si|en|ein|ei|kommunens|vår) (?:egen|eigen|eiga|eige)\b[^.:;]{0,20}[:;]?\s*(?=[«\"“]|$)", re.I
)
_CLAUSE_END: Final = re.compile(r"[.!?](?=\s|$)|(?=\s\([^()]*\b(?:19|20)\d\d\w?\))")
_MAX: Final = 500  # characters; a longer passage under «Visjon» tells of the vision
_MIN: Final = 8

Place = tuple[Statement, Span]  # a statement, and where in its text the vision stands


class VisionReader:
    """Reads a document's statements for the strategy's vision."""

    def __init__(self, words: StudyRules, statements: Sequence[Statement], topics: Topics, *, is_strategy: bool):
        self._words = words
        self._statements = statements
        self._topics = topics
        self._is_strategy = is_strategy

    def read(self) -> Iterator[Place]:
        """Yield each place in reading order."""
        for index, statement in enumerate(self._statements):
            if statement.is_heading:
                if self._words.search(StudyCue.VISION_HEADING, statement.text) and self._is_own(index, 0):
                    yield from self._read_below(index)
                continue
            if self._words.search(StudyCue.NO_VISION, statement.text):
                continue
            noun = next(self._find_nouns(index), None)
            if noun is not None:
                yield from self._read_said(index, noun)

    def _find_nouns(self, index: int) -> Iterator[re.Match[str]]:
        """Yield where a statement speaks of the strategy's own vision."""
        text = self._statements[index].text
        for noun in self._words.find_all(StudyCue.VISION, text):
            if _OWN.search(text, noun.end()) or self._topics.is_of_strategy(index, *noun.span()):
                yield noun

    def _is_own(self, index: int, at: int) -> bool:
        return self._is_strategy or self._topics.is_of_strategy(index, at, len(self._statements[index].text))

    def _read_said(self, index: int, noun: re.Match[str]) -> Iterator[Place]:
        """Yield the vision where it stands: after the word, before it, or in the statement beside."""
        statement = self._statements[index]
        for found in (
            self._find_quoted(statement, noun),
            self._find_next(index)
            if statement.leads_on and not self._names_aims(statement.text[noun.end() :])
            else None,
            self._find_prose(statement, noun),
            self._find_before(index, noun),
            self._find_told_next(index),
        ):
            if found is not None:
                yield found
                return

    def _find_quoted(self, statement: Statement, noun: re.Match[str]) -> Place | None:
        gap = _GAP.match(statement.text, noun.end())
        if gap is None or self._names_aims(gap[0]):
            return None
        quoted = _QUOTED.match(statement.onward, gap.end())
        return (statement, Span(*quoted.span(1))) if quoted else None

    def _names_aims(self, text: str) -> bool:
        """Whether what follows in the text is goals or focus areas rather than the vision."""
        return any(self._words.search(cue, text) for cue in (StudyCue.GOALS, StudyCue.FOCUS_AREAS))

    def _find_next(self, index: int) -> Place | None:
        """Return what follows a lead-in: the quotation, or the whole of a short paragraph."""
        other = self._get(index + 1)
        if other is None or other.is_heading:
            return None
        quoted = _OPENS_QUOTED.match(other.onward)
        if quoted:
            return other, Span(*quoted.span(1))
        return (other, Span(0, len(other.text))) if len(other.passage.text) <= _MAX else None

    def _find_prose(self, statement: Statement, noun: re.Match[str]) -> Place | None:
        """Return what «visjonen er at», «visjon:» or in a strategy «visjonen er» is followed by."""
        cues = (StudyCue.VISION_OPENS, *((StudyCue.VISION_IS,) if self._is_strategy else ()))
        for cue in cues:
            opens = self._words.search(cue, statement.text[noun.end() :])
            if opens is not None and opens.start() == 0:
                start = noun.end() + opens.end()
                end = _CLAUSE_END.search(statement.text, start)
                stop = end.end() if end else len(statement.text)
                if stop - start >= _MIN:
                    return statement, Span(start, stop)
        return None

    def _find_before(self, index: int, noun: re.Match[str]) -> Place | None:
        """Return the quotation that the words «er visjonen», «som visjon» or «slik lyder visjonen» follow."""
        statement = self._statements[index]
        gap = _BACK_GAP.search(statement.text[: noun.start()])
        if gap is not None and self._words.search(StudyCue.SAID_OF, gap["said"]):
            quotes = [*_QUOTED.finditer(statement.text, 0, gap.start() + 1)]
            return (statement, Span(*quotes[-1].span(1))) if quotes else None
        before = self._get(index - 1)
        if before is not None and self._words.search(StudyCue.VISION_BEFORE, statement.text):
            quoted = _OPENS_QUOTED.match(before.text)
            return (before, Span(*quoted.span(1))) if quoted else None
        return None

    def _find_told_next(self, index: int) -> Place | None:
        """Return the quotation in the next statement: «Den lyder «…»», or one that stands by itself."""
        other = self._get(index + 1)
        if other is None or other.is_heading:
            return None
        told = self._words.search(StudyCue.VISION_AFTER, other.text)
        quoted = _QUOTED.search(other.onward) if told else _OPENS_QUOTED.match(other.onward)
        alone = quoted is not None and (told is not None or quoted.end() >= len(other.text.rstrip()) - _MIN)
        return (other, Span(*quoted.span(1))) if quoted is not None and alone else None

    def _get(self, index: int) -> Statement | None:
        return self._statements[index] if 0 <= index < len(self._statements) else None

    def _read_below(self, index: int) -> Iterator[Place]:
        """Yield what stands under a heading that names the vision: a motto, or the first paragraph or its quotation."""
        for place, statement in enumerate(self._statements[index + 1 : index + 3]):
            if statement.is_heading:
                if place == 0 and not _NUMBERED.match(statement.text):  # a motto set as a heading of its own
                    yield statement, Span(0, len(statement.text))
                return
            if next(self._find_nouns(index + 1 + place), None) is not None:
                return  # read by what it says itself
            quoted = _QUOTED.search(statement.passage.text)
            if quoted:
                yield _within(statement, quoted)
                return
            short = len(statement.passage.text) <= _MAX and not statement.passage.text.rstrip().endswith(":")
            if short and statement.passage.kind is not BlockKind.HEADING:
                yield statement, Span(0, len(statement.text))
                return


def _within(statement: Statement, quoted: re.Match[str]) -> Place:
    """Return a quotation of the passage as a place, counted from the statement's start."""
    shift = statement.passage.start - statement.start
    return statement, Span(shift + quoted.start(1), shift + quoted.end(1))
