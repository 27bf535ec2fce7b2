"""What the rules see in a document: the inspectable half of what a judgement rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from compliance.analyse.attribution import AttributionReader, Attributions
from compliance.analyse.classification.heads import Array
from compliance.analyse.classification.probe import LabelNames
from compliance.analyse.context import Place, outline_passages
from compliance.analyse.matching.names import OwnNames
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.elements import Weighed, weigh_elements
from compliance.analyse.observation.goal_observer import GoalObservations, GoalObserver, measure_near
from compliance.analyse.observation.level import LevelReader, RuledLevel
from compliance.analyse.observation.local import LocalSigns, weigh_local
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal
from compliance.records import Language, Level, Reading


@dataclass(frozen=True, slots=True)
class Observations:
    """One document, one entry a passage in each sequence."""

    offered: GoalObservations
    near: Array  # (passages, goals of the observer): how much the passages around speak for the goal, 0 to 1
    elements: Sequence[Weighed]
    levels: Sequence[RuledLevel]  # what the rules make of the modality, with the words
    local: Sequence[LocalSigns]
    goal_ids: tuple[str, ...]  # the columns of `near`
    language: Language
    attributions: Attributions

    @property
    def places(self) -> Sequence[Place]:
        """The passages with their headings and lead-ins."""
        return self.offered.places

    @property
    def speaks(self) -> Array:
        """Return 0 for each passage that speaks for no goal, whatever it resembles, else 1; shape (passages, 1)."""
        return np.array([[float(not silent)] for silent in self.offered.silent]).reshape(-1, 1)

    @property
    def borrowed(self) -> Array:
        """Return 1 for each passage that holds another's words, shape (passages,)."""
        ids = self.attributions.passage_ids
        return np.array([float(place.passage.id in ids) for place in self.places])

    def tabulate_goals(self, names: LabelNames, field: str) -> Array:
        """Return one field of what the words offer for each goal, shape (passages, goals)."""
        rows = [
            [getattr(found[goal], field) if goal in found else 0.0 for goal in names.goals]
            for found in self.offered.goals
        ]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(names.goals))

    def tabulate_near(self, names: LabelNames) -> Array:
        """Return how much the passages around speak for each goal, shape (passages, goals)."""
        return self.near[:, [self.goal_ids.index(goal) for goal in names.goals]]

    def tabulate_elements(self, names: LabelNames) -> Array:
        """Return how strongly the words speak for each element, shape (passages, elements)."""
        rows = [[weighed.scores.get(element, 0.0) for element in names.elements] for weighed in self.elements]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(names.elements))

    def tabulate_levels(self) -> Array:
        """Return the rules' level as its place in the order, 0 to 4, shape (passages,)."""
        order = [level.value for level in Level]
        return np.array([order.index(ruled.level) for ruled in self.levels], dtype=np.float64)


class Observer:
    """Runs the rules over a document: each text is scanned once, and whose words they are is read once."""

    def __init__(
        self, goals: Sequence[Goal], rules: Rules, *, scanner: Scanner, fingerprints: Sequence[Fingerprint] = ()
    ) -> None:
        self._names = [goal.id for goal in goals]
        self._attribution = AttributionReader(rules, scanner, fingerprints=fingerprints)
        self._goals = GoalObserver(goals, scanner)
        self._level = LevelReader(scanner)
        self._scanner = scanner

    def observe(self, reading: Reading) -> Observations:
        """Return what the rules see in every passage of the document."""
        places = outline_passages(reading.passages)
        attributions = self._attribution.read(reading, places)
        offered = self._goals.observe(places)
        own = OwnNames(reading)
        return Observations(
            goal_ids=tuple(self._names),
            language=Language(reading.profile.language.value),
            attributions=attributions,
            offered=offered,
            near=measure_near(self._names, offered.goals),
            elements=[weigh_elements(place, self._scanner) for place in places],
            levels=self._level.read(places, attributions),
            local=[weigh_local(place.passage, self._scanner.scan(place.passage.text), own) for place in places],
        )
