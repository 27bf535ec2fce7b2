"""Which national goals each passage speaks for: words, meaning and surroundings weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from compliance.analyse.analyser import Scope
from compliance.analyse.context import Place
from compliance.analyse.observation.goal_evidence import Observed
from compliance.analyse.observation.goal_observer import MIN_DIGITAL, GoalObserver, measure_near
from compliance.analyse.observation.similarity import GoalMeaning
from compliance.config import AnalyseConfig
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.records import Evidence, EvidenceKind, Finding, Language, Reading, Task
from compliance.text.embedding.encoder import Encoder

# Logistic weights, the same for every goal, fitted to the shared gold sets (docs/calibration.md). The bias is moved so
# that 0.5 is where the fit's F1 is highest.
WEIGHTS: Mapping[str, float] = {
    "own": 4.4,  # terms in the passage
    "above": 1.3,  # terms in the lead-in and the headings
    "near": 1.6,  # the goal in the passages around
    "meaning": 1.7,  # standing of the meaning, in units of _MEANING_SCALE
    "heading": -0.5,  # a heading names, it seldom speaks
    "against": -1.1,  # terms that do not count
}
BIAS = -3.8
_MEANING_SCALE = 4.0  # standard deviations above the background that count as 1


class GoalsAnalyser:
    """Finds the goals of passages that are about digitalisation, each with every observation behind it."""

    name = "goals"
    scope = Scope.DOCUMENT

    def __init__(
        self, guidelines: Sequence[GuidelineSet], rules: Rules, encoder: Encoder, config: AnalyseConfig
    ) -> None:
        self._goals: tuple[Goal, ...] = tuple(goal for each in guidelines for goal in each.goals)
        self._observer = GoalObserver(self._goals, rules)
        self._meaning = GoalMeaning(self._goals, encoder)
        self._config = config

    def analyse(self, readings: Sequence[Reading]) -> list[Finding]:
        """Return the goals of every passage, in the guidelines' order."""
        return [finding for reading in readings for finding in self._analyse_reading(reading)]

    def _analyse_reading(self, reading: Reading) -> Iterator[Finding]:
        offered = self._observer.observe(reading)
        places = offered.places
        observed = [
            found if rating >= MIN_DIGITAL and not place.aside else {}
            for place, rating, found in zip(places, offered.digital, offered.goals, strict=True)
        ]
        within_reach = {
            index: found
            for index, place in enumerate(places)
            if observed[index] and (found := self._find_within_reach(place, observed, index))
        }
        standings = self._meaning.measure(
            [places[index].passage.text for index in within_reach], language=Language(reading.profile.language.value)
        )
        for (index, goals), standing in zip(within_reach.items(), standings.tolist(), strict=True):
            for column, near in goals.items():
                goal = self._goals[column]
                seen = observed[index][goal.id]
                features = collect_features(places[index], seen, meaning=standing[column], near=near)
                score = combine(features)
                if score >= self._config.min_goal_score:
                    yield _make_finding(places[index], goal, score, features, seen)

    def _find_within_reach(
        self, place: Place, observed: Sequence[Mapping[str, Observed]], index: int
    ) -> dict[int, float]:
        """Return the goals, by column and with their nearness, that the words allow if the meaning fits perfectly.

        Only these need the passage's meaning, which costs a hundred times what the words do.
        """
        found: dict[int, float] = {}
        for column, goal in enumerate(self._goals):
            seen = observed[index].get(goal.id)
            if seen is None:
                continue
            near = measure_near(goal.id, observed, index)
            best = combine(collect_features(place, seen, meaning=_MEANING_SCALE, near=near))
            if best >= self._config.min_goal_score:
                found[column] = near
        return found


def collect_features(place: Place, seen: Observed, *, meaning: float, near: float) -> tuple[tuple[str, float], ...]:
    """Return the named numbers a goal's score is made of, in the order of WEIGHTS."""
    return (
        ("own", seen.own),
        ("above", seen.above),
        ("near", near),
        ("meaning", max(-0.5, min(1.0, meaning / _MEANING_SCALE))),
        ("heading", 1.0 if place.heading else 0.0),
        ("against", seen.against),
    )


def combine(features: Sequence[tuple[str, float]]) -> float:
    """Return a score from 0 to 1."""
    return 1.0 / (1.0 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in features)))


def _make_finding(
    place: Place, goal: Goal, score: float, features: Sequence[tuple[str, float]], seen: Observed
) -> Finding:
    passage = place.passage
    evidence = list(seen.evidence)
    for name, value in features:
        if name == "meaning" and value > 0:
            evidence.append(Evidence(EvidenceKind.EMBEDDING, goal.id, round(value, 4)))
        if name == "near" and value > 0:
            evidence.append(Evidence(EvidenceKind.NEIGHBOUR, goal.id, round(value, 4)))
    added = tuple((name, round(WEIGHTS[name] * value, 4)) for name, value in features)
    return Finding(passage.document_id, passage.id, Task.GOALS, goal.id, round(score, 4), tuple(evidence), added)
