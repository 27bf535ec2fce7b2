"""Whose division the aims of a strategy follow: by the areas that they name in order, or as a text says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from compliance.analyse.matching.cues import CueMatcher
from compliance.guidelines.cues import SourceCue, StructureCue
from compliance.guidelines.rules import Rules
from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Reading
from compliance.study.statements import Aim, Statement, list_statements

_MIN_AREAS: Final = 3  # of a national strategy's, named in order in one sentence or list
_NEAR: Final = 50  # characters from «hentet fra» to whom
_CLAUSE: Final = re.compile(r"[,;:]|\b(?:men|mens|medan)\b")
_AIMS: Final = (StudyCue.GOALS, StudyCue.FOCUS_AREAS)


class DivisionReader:
    """Compares aims with the areas of the national sets in `rules/structures.yaml`."""

    def __init__(self, rules: Rules, words: StudyRules) -> None:
        self._words = words
        self._sources: CueMatcher[SourceCue] = CueMatcher(rules.sources)
        self._areas: CueMatcher[StructureCue] = CueMatcher(rules.structures)
        self._numbers: dict[str, set[int]] = {}
        for cue in rules.structures:
            self._numbers.setdefault(cue.source, set()).add(cue.number)

    def find(self, reading: Reading, aims: Sequence[Aim]) -> tuple[str, int, int] | None:
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

    def find_said(self, reading: Reading) -> tuple[str, Statement] | None:
        """Return the national set that a sentence says the goals or focus areas are taken from, all of them."""
        statements = list_statements(reading)
        for index, statement in enumerate(statements):
            source = None if statement.is_heading else self._find_copied(statement.text)
            if source is not None and self._is_on_aims(statements, index):
                return source, statement
        return None

    def _find_copied(self, text: str) -> str | None:
        """Return whose a sentence says that something is, None where it denies it or speaks of a part."""
        sources = [each for each in self._sources.find(text) if each.cue.source in self._numbers]
        for copied in self._words.find_all(StudyCue.COPIES, text) if sources else ():
            clauses = [*_CLAUSE.finditer(text, 0, copied.start())]
            clause = text[clauses[-1].end() if clauses else 0 : copied.end()]
            if not self._words.search(StudyCue.COPIES_NOT_ALL, clause):
                for each in sources:
                    if 0 <= each.start - copied.end() <= _NEAR:
                        return each.cue.source
        return None

    def _is_on_aims(self, statements: Sequence[Statement], index: int) -> bool:
        """Whether a sentence names the goals or areas, or goes on about those of the sentence or list before it."""
        text = statements[index].text
        if self._names_aims(text):
            return True
        before = [each for each in statements[:index] if each.passage.kind is not BlockKind.LIST_ITEM]
        goes_on = self._words.search(StudyCue.GOES_ON_ABOUT, text) is not None
        return goes_on and bool(before) and self._names_aims(before[-1].text)

    def _names_aims(self, text: str) -> bool:
        return any(self._words.search(cue, text) for cue in (*_AIMS, StudyCue.DIVISION))

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
