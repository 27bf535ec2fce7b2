"""What a passage offers for each goal: terms in it, around it and against it, and how near it comes in meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from compliance.analyse.context import Place
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.matching.terms import Match
from compliance.guidelines.sets import Goal
from compliance.guidelines.terms import Term
from compliance.records import Evidence, EvidenceKind

STRONG_WEIGHT, WEAK_WEIGHT = 0.7, 0.3  # of one term; several approach 1


@dataclass(slots=True)
class Observed:
    """What was observed for one goal in one passage; each number runs from 0 to 1."""

    own: float = 0.0  # terms in the passage itself
    above: float = 0.0  # terms in the headings above or in the list's lead-in
    against: float = 0.0  # terms that the goal's file says do not count
    evidence: list[Evidence] = field(default_factory=list)


class GoalTerms:
    """Whose each term of the goals' vocabularies is."""

    def __init__(self, goals: Sequence[Goal], scanner: Scanner) -> None:
        self._scanner = scanner
        self._owners: dict[Term, list[str]] = {}
        self._opponents: dict[Term, list[str]] = {}
        for goal in goals:
            for term in goal.terms:
                self._owners.setdefault(term, []).append(goal.id)
            for term in goal.not_counted.terms:
                self._opponents.setdefault(term, []).append(goal.id)

    def observe(self, place: Place) -> dict[str, Observed]:
        """Return what the words say for and against each goal; goals that nothing speaks for are absent."""
        passage = place.passage
        observed: dict[str, Observed] = {}
        matches = self._scanner.scan(passage.text).goals
        against: dict[str, list[Match]] = {}
        for match in matches:
            for goal_id in self._opponents.get(match.term, ()):
                against.setdefault(goal_id, []).append(match)
                _note_against(observed.setdefault(goal_id, Observed()), match, passage.start)
        for match in matches:
            for goal_id in self._owners.get(match.term, ()):
                if not _is_taken(match, against.get(goal_id, ())):
                    _note_own(observed.setdefault(goal_id, Observed()), match, passage.start)
        self._look_above(place, observed)
        return {goal_id: seen for goal_id, seen in observed.items() if seen.own or seen.above}

    def _look_above(self, place: Place, observed: dict[str, Observed]) -> None:
        for kind, text in _texts_above(place):
            for match in self._scanner.scan(text).goals:
                for goal_id in self._owners.get(match.term, ()):
                    seen = observed.setdefault(goal_id, Observed())
                    seen.above = _add(seen.above, _weigh(match))
                    seen.evidence.append(Evidence(kind, match.term.text, _weigh(match)))


def _texts_above(place: Place) -> Iterable[tuple[EvidenceKind, str]]:
    if place.lead_in:
        yield EvidenceKind.NEIGHBOUR, place.lead_in.text
    for heading in place.headings[-2:]:
        yield EvidenceKind.HEADING, heading


def _note_own(seen: Observed, match: Match, offset: int) -> None:
    weight = _weigh(match)
    seen.own = _add(seen.own, weight)
    kind = EvidenceKind.FUZZY if match.quality < 0.9 else EvidenceKind.TERM
    seen.evidence += [
        Evidence(kind, match.term.text, round(weight, 4), offset + start, offset + end) for start, end in match.spans
    ]


def _note_against(seen: Observed, match: Match, offset: int) -> None:
    seen.against = _add(seen.against, _weigh(match))
    seen.evidence += [
        Evidence(EvidenceKind.TERM, match.term.text, match.quality, offset + start, offset + end, against=True)
        for start, end in match.spans
    ]


def _is_taken(match: Match, against: Iterable[Match]) -> bool:
    """Tell whether a term that does not count holds the very words: «innovasjonskultur» is then no «innovasjon»."""
    held = {span for other in against for span in other.spans}
    return held.issuperset(match.spans)


def _weigh(match: Match) -> float:
    return (STRONG_WEIGHT if match.strong else WEAK_WEIGHT) * match.quality


def _add(total: float, weight: float) -> float:
    return 1.0 - (1.0 - total) * (1.0 - weight)
