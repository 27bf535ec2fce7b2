"""What the rules see in a document: the inspectable half of what a judgement rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from compliance.analyse.attribution import AttributionAnalyser
from compliance.analyse.classification.heads import Array
from compliance.analyse.classification.probe import LabelNames
from compliance.analyse.context import Place
from compliance.analyse.matching.names import OwnNames
from compliance.analyse.observation.elements import ElementsAnalyser, Weighed
from compliance.analyse.observation.goal_observer import GoalObservations, GoalObserver, measure_near
from compliance.analyse.observation.level import LevelAnalyser
from compliance.analyse.observation.local import LocalAnalyser
from compliance.config import AnalyseConfig
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal
from compliance.records import Evidence, Finding, Level, Reading


@dataclass(frozen=True, slots=True)
class LocalSigns:
    """How surely the rules call a passage local, and why."""

    score: float
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Observations:
    """One document, one entry a passage in each sequence."""

    offered: GoalObservations
    near: Array  # (passages, goals): how much the passages around speak for the goal, 0 to 1
    elements: Sequence[Weighed]
    levels: Sequence[Finding]  # what the rules make of the modality, with the words
    local: Sequence[LocalSigns]
    borrowed: Array  # (passages,): 1 where the words are another's

    @property
    def places(self) -> Sequence[Place]:
        """The passages with their headings and lead-ins."""
        return self.offered.places

    def tabulate_goals(self, names: LabelNames, field: str) -> Array:
        """Return one field of what the words offer for each goal, shape (passages, goals)."""
        rows = [
            [getattr(found[goal], field) if goal in found else 0.0 for goal in names.goals]
            for found in self.offered.goals
        ]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(names.goals))

    def tabulate_elements(self, names: LabelNames) -> Array:
        """Return how strongly the words speak for each element, shape (passages, elements)."""
        rows = [[weighed.scores.get(element, 0.0) for element in names.elements] for weighed in self.elements]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(names.elements))

    def tabulate_levels(self) -> Array:
        """Return the rules' level as its place in the order, 0 to 4, shape (passages,)."""
        order = [level.value for level in Level]
        return np.array([order.index(finding.label) for finding in self.levels], dtype=np.float64)


class Observer:
    """Runs the rules over a document."""

    def __init__(
        self, goals: Sequence[Goal], rules: Rules, *, config: AnalyseConfig, borrowed: AttributionAnalyser
    ) -> None:
        self._names = [goal.id for goal in goals]
        self._goals = GoalObserver(goals, rules)
        self._elements = ElementsAnalyser(rules, config)
        self._local = LocalAnalyser(rules, config)
        self._level = LevelAnalyser(rules, borrowed)
        self._borrowed = borrowed

    def observe(self, reading: Reading) -> Observations:
        """Return what the rules see in every passage of the document."""
        offered = self._goals.observe(reading)
        names = OwnNames(reading)
        taken = {finding.passage_id for finding in self._borrowed.analyse([reading])}
        count = len(offered.places)
        near = [[measure_near(goal, offered.goals, index) for goal in self._names] for index in range(count)]
        return Observations(
            offered=offered,
            near=np.array(near, dtype=np.float64).reshape(count, len(self._names)),
            elements=[self._elements.weigh(place) for place in offered.places],
            levels=self._level.analyse([reading]),
            local=[LocalSigns(*self._local.weigh(passage, names)) for passage in reading.passages],
            borrowed=np.array([float(passage.id in taken) for passage in reading.passages]),
        )
