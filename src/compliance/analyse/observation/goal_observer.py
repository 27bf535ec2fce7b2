"""What a document's words offer for each goal, passage by passage, before anyone judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.analyse.context import Place, outline_passages
from compliance.analyse.matching.cues import CueMatcher
from compliance.analyse.observation.goal_evidence import GoalTerms, Observed
from compliance.guidelines.cues import Cue
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal
from compliance.records import Reading

MIN_DIGITAL = 0.3  # a rating below which neither passage nor document is about digitalisation
_REACH = 3  # passages before and after that are near
_SURE = 0.5  # of a passage's own terms, to count as speaking for the goal
_ABOVE_DIGITAL = 0.8  # a digital word in the heading or lead-in counts a little less than one in the passage
_DENSE = 0.25  # share of a document's passages with a digital word from which all of it is about digitalisation
_DENSE_DIGITAL = 0.7


@dataclass(frozen=True, slots=True)
class GoalObservations:
    """One entry a passage, in document order."""

    places: Sequence[Place]
    digital: Sequence[float]  # 0 to 1: how surely the passage is about digitalisation
    goals: Sequence[Mapping[str, Observed]]  # by goal id; goals that no word speaks for are absent


class GoalObserver:
    """Looks for the goals' terms and for words about digitalisation."""

    def __init__(self, goals: Sequence[Goal], rules: Rules) -> None:
        self._terms = GoalTerms(goals)
        self._digital = CueMatcher[Cue](rules.digital)

    def observe(self, reading: Reading) -> GoalObservations:
        """Return what the words of every passage offer."""
        places = outline_passages(reading.passages)
        return GoalObservations(places, self._rate_digital(places), [self._terms.observe(place) for place in places])

    def _rate_digital(self, places: Sequence[Place]) -> list[float]:
        own = [any(cue.strong for cue in self._digital.find(place.passage.text)) for place in places]
        density = sum(own) / len(own) if own else 0.0
        floor = _DENSE_DIGITAL * min(1.0, density / _DENSE)
        return [1.0 if here else max(floor, self._rate_above(place)) for here, place in zip(own, places, strict=True)]

    def _rate_above(self, place: Place) -> float:
        texts = [place.lead_in.text] if place.lead_in else []
        texts += place.headings[-2:]
        return _ABOVE_DIGITAL if any(cue.strong for text in texts for cue in self._digital.find(text)) else 0.0


def measure_near(goal_id: str, observed: Sequence[Mapping[str, Observed]], index: int) -> float:
    """Return how much the passages around speak for the goal: 0 none of them, 1 half of them or more."""
    around = (*range(index - _REACH, index), *range(index + 1, index + 1 + _REACH))
    sure = 0
    for other in around:
        if 0 <= other < len(observed):
            seen = observed[other].get(goal_id)
            sure += seen is not None and seen.own >= _SURE
    return min(1.0, sure / _REACH)
