"""Which national goals each passage speaks for: words, meaning and surroundings weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from compliance.analyse.analyser import Scope
from compliance.analyse.cue_matching import CueMatcher
from compliance.analyse.goal_evidence import GoalTerms, Observed
from compliance.analyse.meaning import GoalMeaning
from compliance.analyse.outline import Place, outline_passages
from compliance.config import AnalyseConfig
from compliance.guidelines.cues import Cue
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.records import Evidence, EvidenceKind, Finding, Language, Reading
from compliance.text.embedding.encoder import Encoder

# Logistic weights, the same for every goal, from the shared gold sets (docs/calibration.md has the command).
WEIGHTS: Mapping[str, float] = {
    "own": 4.0,  # terms in the passage
    "strong": 1.5,  # a strong one among them
    "above": 1.5,  # terms in the lead-in and the headings
    "meaning": 2.5,  # standing of the meaning, in units of _MEANING_SCALE
    "digital": 1.5,  # how surely the passage is about digitalisation
    "against": -2.0,  # terms that do not count
    "heading": -1.0,  # a heading names, it seldom speaks
}
BIAS = -6.0
_MEANING_SCALE = 4.0  # standard deviations above the background that count as 1
_ABOVE_DIGITAL = 0.8  # a digital word in the heading or lead-in counts a little less than one in the passage
_DENSE = 0.25  # share of a document's passages with a digital word from which all of it is about digitalisation
_DENSE_DIGITAL = 0.7
MIN_DIGITAL = 0.3  # below this no goal is found, whatever the words


class GoalsAnalyser:
    """Finds the goals of passages that are about digitalisation, each with every observation behind it."""

    name = "goals"
    scope = Scope.DOCUMENT

    def __init__(
        self, guidelines: Sequence[GuidelineSet], rules: Rules, encoder: Encoder, config: AnalyseConfig
    ) -> None:
        self._goals: tuple[Goal, ...] = tuple(goal for each in guidelines for goal in each.goals)
        self._terms = GoalTerms(self._goals)
        self._meaning = GoalMeaning(self._goals, encoder)
        self._digital = CueMatcher[Cue](rules.digital)
        self._config = config

    def analyse(self, readings: Sequence[Reading]) -> list[Finding]:
        """Return the goals of every passage, in the guidelines' order."""
        return [finding for reading in readings for finding in self._analyse_reading(reading)]

    def _analyse_reading(self, reading: Reading) -> Iterator[Finding]:
        places = outline_passages(reading.passages)
        digital = self.rate_digital(places)
        chosen = [index for index, place in enumerate(places) if digital[index] >= MIN_DIGITAL and not place.aside]
        standings = self._meaning.measure(
            [places[index].passage.text for index in chosen], language=Language(reading.profile.language.value)
        )
        for index, standing in zip(chosen, standings, strict=True):
            observed = self._terms.observe(places[index])
            for goal, meaning in zip(self._goals, standing.tolist(), strict=True):
                seen = observed.get(goal.id)
                if seen is None:
                    continue
                features = collect_features(places[index], seen, meaning, digital[index])
                score = combine(features)
                if score >= self._config.min_goal_score:
                    yield _make_finding(places[index], goal, score, features, seen)

    def rate_digital(self, places: Sequence[Place]) -> list[float]:
        """Return for each passage, from 0 to 1, how surely it is about digitalisation."""
        own = [any(cue.strong for cue in self._digital.find(place.passage.text)) for place in places]
        density = sum(own) / len(own) if own else 0.0
        floor = _DENSE_DIGITAL * min(1.0, density / _DENSE)
        return [1.0 if here else max(floor, self._rate_above(place)) for here, place in zip(own, places, strict=True)]

    def _rate_above(self, place: Place) -> float:
        texts = [place.lead_in.text] if place.lead_in else []
        texts += place.headings[-2:]
        return _ABOVE_DIGITAL if any(cue.strong for text in texts for cue in self._digital.find(text)) else 0.0


def collect_features(place: Place, seen: Observed, meaning: float, digital: float) -> tuple[tuple[str, float], ...]:
    """Return the named numbers a goal's score is made of, in the order of WEIGHTS."""
    return (
        ("own", seen.own),
        ("strong", seen.strong),
        ("above", seen.above),
        ("meaning", max(-0.5, min(1.0, meaning / _MEANING_SCALE))),
        ("digital", digital),
        ("against", seen.against),
        ("heading", 1.0 if place.heading else 0.0),
    )


def combine(features: Sequence[tuple[str, float]]) -> float:
    """Return a score from 0 to 1."""
    return 1.0 / (1.0 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in features)))


def _make_finding(
    place: Place, goal: Goal, score: float, features: Sequence[tuple[str, float]], seen: Observed
) -> Finding:
    passage = place.passage
    meaning = dict(features)["meaning"]
    evidence = list(seen.evidence)
    if meaning > 0:
        evidence.append(Evidence(EvidenceKind.EMBEDDING, goal.id, round(meaning, 4)))
    rounded = tuple((name, round(value, 4)) for name, value in features)
    return Finding(passage.document_id, passage.id, "goals", goal.id, round(score, 4), tuple(evidence), rounded)
