"""What weight a sentence's statements have: which of its clauses are denied, and whether it only supposes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from compliance.analyse.matching.cues import CueMatcher
from compliance.guidelines.cues import StatementCue, StatementRole
from compliance.guidelines.rules import Rules

Span = tuple[int, int]


class StatementReader:
    """Reads denials, suppositions and the like by the cues of `rules/statements.yaml`."""

    def __init__(self, rules: Rules) -> None:
        self._matchers = {
            role: CueMatcher[StatementCue]([cue for cue in rules.statements if cue.role is role])
            for role in StatementRole
        }

    def has(self, role: StatementRole, text: str) -> bool:
        """Tell whether the text holds a wording of that role."""
        return bool(self._matchers[role].find(text))

    def find_denied(self, text: str) -> list[Span]:
        """Return the stretches that are denied: the clause of «ikke», and what follows «uten» in its clause."""
        denied: list[Span] = []
        for start, end in self._list_clauses(text):
            clause = text[start:end]
            lacks = min((match.start for match in self._matchers[StatementRole.LACKS].find(clause)), default=None)
            if self.has(StatementRole.DENIES, clause):
                denied.append((start, end))
            elif lacks is not None:
                denied.append((start + lacks, end))
        return denied

    def blank_denied(self, text: str) -> str:
        """Return the text with spaces for what is denied, so that offsets stay."""
        return _blank(text, self.find_denied(text))

    def blank_unreal(self, text: str) -> str:
        """Return the text with spaces for what is denied and for what is yet to be made."""
        intended = [
            (start + match.start, end)
            for start, end in self._list_clauses(text)
            for match in self._matchers[StatementRole.INTENDS].find(text[start:end])
        ]
        return _blank(text, [*self.find_denied(text), *intended])

    def _list_clauses(self, text: str) -> list[Span]:
        cuts = sorted({0, len(text), *(match.start for match in self._matchers[StatementRole.PARTS].find(text))})
        return list(pairwise(cuts))


def _blank(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
