"""What a document's words offer for each goal, passage by passage, before anyone judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.context import Place
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.goal_evidence import GoalTerms, Observed
from compliance.guidelines.cues import StatementRole
from compliance.guidelines.sets import Goal

MIN_DIGITAL = 0.3  # a rating below which neither the passage nor those around are about digitalisation
_REACH = 3  # passages before and after that are near
_SURE = 0.5  # of a passage's own terms, to count as speaking for the goal
_ABOVE_DIGITAL = 0.8  # a digital word in the heading or lead-in counts a little less than one in the passage
_BEFORE = 8  # passages before one without digital words, whose words tell what it is about
_MANY = 2  # of them with a digital word, from which on it is about digitalisation
_AMONG_MANY = 0.7


@dataclass(frozen=True, slots=True)
class GoalObservations:
    """One entry a passage, in document order."""

    places: Sequence[Place]
    digital: Sequence[float]  # 0 to 1: how surely the passage is about digitalisation
    goals: Sequence[Mapping[str, Observed]]  # by goal id; goals that no word speaks for are absent
    # Names a source, or tells of a plan's hearing and nothing else: speaks for no goal, whatever it resembles.
    silent: Sequence[bool]


class GoalObserver:
    """Looks for the goals' terms and for words about digitalisation."""

    def __init__(self, goals: Sequence[Goal], scanner: Scanner) -> None:
        self._terms = GoalTerms(goals, scanner)
        self._scanner = scanner

    def observe(self, places: Sequence[Place]) -> GoalObservations:
        """Return what the words of every passage offer."""
        goals = [self._terms.observe(place) for place in places]
        silent = [self._is_silent(place, found) for place, found in zip(places, goals, strict=True)]
        return GoalObservations(places, self._rate_digital(places), goals, silent)

    def _is_silent(self, place: Place, found: Mapping[str, Observed]) -> bool:
        """Tell an entry in a list of sources, and a passage on a hearing with no digital word or a goal's own."""
        if place.source:
            return True
        said = self._scanner.scan(place.passage.text)
        hears = any(cue.cue.role is StatementRole.HEARS for cue in said.statements)
        return hears and not said.digital and all(each.own < _SURE for each in found.values())

    def _rate_digital(self, places: Sequence[Place]) -> list[float]:
        own = [any(cue.strong for cue in self._scanner.scan(place.passage.text).digital) for place in places]
        # Counted, and before only: no sentence that is added after a passage changes what it is about.
        floors = [_AMONG_MANY * min(1.0, sum(own[max(0, row - _BEFORE) : row]) / _MANY) for row in range(len(own))]
        return [
            1.0 if here else max(floor, self._rate_above(place))
            for here, floor, place in zip(own, floors, places, strict=True)
        ]

    def _rate_above(self, place: Place) -> float:
        texts = [place.lead_in.text] if place.lead_in else []
        texts += place.headings[-2:]
        return _ABOVE_DIGITAL if any(cue.strong for text in texts for cue in self._scanner.scan(text).digital) else 0.0


def measure_near(goals: Sequence[str], observed: Sequence[Mapping[str, Observed]]) -> NDArray[np.float64]:
    """Return how much the passages around speak for each goal, shape (passages, goals).

    0 where none of the three passages on either side does, 1 where half of them or more do.
    """
    columns = {goal: column for column, goal in enumerate(goals)}
    sure = np.zeros((len(observed) + 2 * _REACH, len(goals)))  # with room before and after
    for row, seen in enumerate(observed, _REACH):
        for goal, each in seen.items():
            sure[row, columns[goal]] = each.own >= _SURE
    steps = (step for step in range(2 * _REACH + 1) if step != _REACH)
    around = sum((sure[step : step + len(observed)] for step in steps), np.zeros((len(observed), len(goals))))
    return np.minimum(1.0, around / _REACH)
