"""What weight a sentence's statements have: which of its clauses are denied, and whether it only supposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import StatementCue, StatementRole

Span = tuple[int, int]


class StatementReader:
    """Reads denials, suppositions and the like by the cues of `rules/statements.yaml`."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def has(self, role: StatementRole, text: str) -> bool:
        """Whether the text contains a wording of that role."""
        return next(self.find(role, text), None) is not None

    def find(self, role: StatementRole, text: str, within: Span | None = None) -> Iterator[CueMatch[StatementCue]]:
        """Yield the wordings of that role, those of one clause where it is given."""
        start, end = within or (0, len(text))
        for match in self._scanner.scan(text).statements:
            if match.cue.role is role and start <= match.start and match.end <= end:
                yield match

    def find_denied(self, text: str) -> list[Span]:
        """Return the stretches that are denied: the clause of «ikke», and what follows «uten» in its clause.

        So is a clause that goes on without a verb of its own, «…, verken i drift eller investering», and what is only
        asked: «Hvorvidt det er satt av noe, går ikke frem».
        """
        whole = (StatementRole.UNKNOWN, StatementRole.NEITHER)
        denied = [(match.start, match.end) for role in whole for match in self.find(role, text)]
        reached = -1  # where the last stretch that a clause denies ends
        for clause in self._list_clauses(text):
            lacks = min((match.start for match in self.find(StatementRole.LACKS, text, clause)), default=None)
            goes_on = reached == clause[0] and next(self.find(StatementRole.CONTINUES, text, clause), None)
            if goes_on or next(self.find(StatementRole.DENIES, text, clause), None):
                denied.append(clause)
            elif lacks is not None:
                denied.append((lacks, clause[1]))
            else:
                continue
            reached = clause[1]
        return sorted(denied)

    def blank_denied(self, text: str) -> str:
        """Return the text with spaces for what is denied, so that offsets stay."""
        return _blank(text, self.find_denied(text))

    def blank_unreal(self, text: str) -> str:
        """Return the text with spaces for what is denied and for what is yet to be made."""
        intended = [
            (match.start, clause[1])
            for clause in self._list_clauses(text)
            for match in self.find(StatementRole.INTENDS, text, clause)
        ]
        return _blank(text, [*self.find_denied(text), *intended])

    def find_clause(self, text: str, at: int) -> str:
        """Return the clause that a place of the text is in."""
        return text[slice(*self.find_span(text, at))]

    def find_span(self, text: str, at: int) -> Span:
        """Return where the clause is that a place of the text is in."""
        return next((span for span in self._list_clauses(text) if span[0] <= at < span[1]), (0, len(text)))

    def _list_clauses(self, text: str) -> list[Span]:
        cuts = sorted({0, len(text), *(match.start for match in self.find(StatementRole.PARTS, text))})
        return list(pairwise(cuts))


def _blank(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
