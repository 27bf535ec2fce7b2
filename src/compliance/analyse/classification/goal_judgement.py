"""Goals by the rules' head: those of a user's own set, and where no encoder reads along those of every set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from compliance.analyse.classification.features import describe_goals
from compliance.analyse.classification.heads import Array, Features, Head
from compliance.analyse.classification.implied import Columns
from compliance.analyse.classification.probe import LabelNames
from compliance.analyse.classification.reasons import GoalReasons, list_surroundings, list_words
from compliance.analyse.observation.rule_features import Observations
from compliance.analyse.observation.similarity import GoalMeaning
from compliance.guidelines.sets import Goal
from compliance.records import Evidence, EvidenceKind, Method
from compliance.text.embedding.encoder import Encoder

SIMILARITY = "similarity"  # feature: z-score of the passage's cosine to the goal, in units of _SIMILARITY_SCALE
_SIMILARITY_SCALE = 4.0  # standard deviations above ordinary sentences that count as 1
_LEAST, _MOST = -0.5, 1.0  # ends of the feature


@dataclass(frozen=True, slots=True)
class GoalJudgement:
    """Probabilities of some goals, with what they are explained by."""

    names: tuple[str, ...]
    head: Head
    features: Features  # shape (passages, names, numbers)
    predicted: Array  # shape (passages, names)
    method: Method
    reasons: GoalReasons
    sources: Columns | None = None  # the goal that each probability rests on, by column; None: each on its own


class GoalJudge:
    """Judges goals by their words, their surroundings and how similar passages are to their statements."""

    def __init__(self, goals: Sequence[Goal], head: Head, encoder: Encoder) -> None:
        self._names = LabelNames(tuple(goal.id for goal in goals), ())
        self._head, self._meaning = head, GoalMeaning(goals, encoder)

    def judge(self, seen: Observations) -> GoalJudgement:
        """Return the goals' probabilities for every passage."""
        features = describe_goals(None, seen, self._names)
        similarity = self._measure(seen, features)
        features = features.add(SIMILARITY, similarity)

        def explain(row: int, goal: str) -> tuple[Evidence, ...]:
            value = float(similarity[row, self._names.goals.index(goal)])
            meant = [Evidence(EvidenceKind.EMBEDDING, goal, round(value, 4))] if value > 0 else []
            return (*list_words(seen, row, goal), *list_surroundings(seen, row, goal), *meant)

        predicted = self._head.predict(features) * seen.speaks
        return GoalJudgement(self._names.goals, self._head, features, predicted, Method.RULES, explain)

    def _measure(self, seen: Observations, features: Features) -> Array:
        """Return the similarity of the passages in which the words allow a goal if the meaning fits perfectly.

        Only these need the passage's vector, which costs a hundred times what the words do; the others get 0.
        """
        similarity = np.zeros(features.values.shape[:2])
        best = self._head.predict(features.add(SIMILARITY, similarity + _MOST))
        rows = np.flatnonzero((best >= self._head.threshold).any(axis=1))
        texts = [seen.places[int(row)].passage.text for row in rows]
        scores = self._meaning.measure(texts, language=seen.language)
        similarity[rows] = np.clip(scores / _SIMILARITY_SCALE, _LEAST, _MOST)
        return similarity
