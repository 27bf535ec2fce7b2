"""The clauses of a passage as read, and which of them speak of a goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from compliance.guidelines.terms import holds_phrase, parse_phrases
from compliance.records import Detail, Evidence, EvidenceCode, EvidenceKind, Finding, Passage, Stance
from compliance.text.words import split_words

_VALUES = {
    Stance.ASKED: 1,
    Stance.NAMED: 1,
    Stance.REJECTED: 1,
    Stance.DESCRIBED: 2,
    Stance.WISHED: 2,
    Stance.BINDING: 3,
    Stance.DONE: 4,
}
COPIED_VALUE = 1
CONCRETE_VALUE = 4
_KEPT = 512  # clauses of which the words are remembered: each goal and criterion asks for them
_STRONG = 0.5  # of a term's evidence; a weak one tells of a clause only where no strong one is in the passage


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as read, whatever goals it speaks of."""

    start: int  # document offsets
    end: int
    stance: Stance
    details: tuple[Detail, ...]
    copied: bool
    continues: bool  # goes on about what the clause before it named
    concrete: bool  # says who, when or how much itself or by its list; a heading only tells whose tasks they are

    @property
    def value(self) -> int:
        """What a reader would give on this clause alone, 0 to 4 (docs/scoring.md)."""
        value = _VALUES[self.stance]
        if self.stance is Stance.BINDING and self.concrete:
            value = CONCRETE_VALUE
        return min(value, COPIED_VALUE) if self.copied else value


def find_speaking(finding: Finding, by_label: Mapping[str, Finding]) -> Finding:
    """Return the finding whose words tell which clauses speak of the goal: of a goal without any, what brings it.

    `by_label` has all findings of the passage.
    """
    if any(True for _ in _list_words(finding)):
        return finding
    brought = (by_label.get(each.reference) for each in finding.evidence if each.code is EvidenceCode.BROUGHT)
    return next((each for each in brought if each is not None), finding)


def choose_clauses(clauses: Sequence[Clause], finding: Finding, passage: Passage) -> list[Clause]:
    """Return the clauses that speak of the goal: those with its terms and their continuation, else all of them."""
    words = list(_list_words(finding))
    for evidence in ([each for each in words if each.score >= _STRONG], words):
        chosen: list[Clause] = []
        for clause in clauses:
            goes_on = clause.continues and chosen and chosen[-1].end <= clause.start
            if goes_on or any(_stands_in(each, clause, passage) for each in evidence):
                chosen.append(clause)
        if chosen:
            return chosen
    return list(clauses)


def _list_words(finding: Finding) -> Iterator[Evidence]:
    return (each for each in finding.evidence if each.start is not None and not each.against)


def _stands_in(evidence: Evidence, clause: Clause, passage: Passage) -> bool:
    """Tell whether the words stand in the clause, or their term does: evidence has a term once for a passage."""
    if evidence.start is None:
        return False
    if evidence.start < clause.end and clause.start < (evidence.end or evidence.start):
        return True
    if evidence.kind is not EvidenceKind.TERM:
        return False
    phrases = parse_phrases(evidence.reference)
    text = passage.text[clause.start - passage.start : clause.end - passage.start]
    return len(phrases) == 1 and holds_phrase(_fold_words(text), phrases[0])


@lru_cache(maxsize=_KEPT)
def _fold_words(text: str) -> tuple[str, ...]:
    return tuple(word.text.casefold() for word in split_words(text))
