"""The observations that a label is explained with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from compliance.analyse.classification.model import ClassificationModel
from compliance.analyse.classification.probe import Probabilities, Vectors
from compliance.analyse.observation.level import RuledLevel
from compliance.analyse.observation.rule_features import Observations
from compliance.records import Evidence, EvidenceCode, EvidenceKind, Level

GoalReasons: TypeAlias = Callable[[int, str], tuple[Evidence, ...]]  # of a passage, by its row, and a goal


def explain_goal(
    seen: Observations, model: ClassificationModel, read: Probabilities | None, vectors: Vectors | None
) -> GoalReasons:
    """Return what explains a goal: its words, the most similar labelled passage, its surroundings, the encoder."""

    def explain(row: int, goal: str) -> tuple[Evidence, ...]:
        evidence = [*list_words(seen, row, goal)]
        if model.probe and vectors is not None:
            nearest = model.examples.find_nearest(model.probe.standardise(vectors[row]), goal)
            if nearest:
                example = Evidence(EvidenceKind.EXAMPLE, nearest.passage.id, max(0.0, nearest.cosine))
                evidence.append(example)
        evidence += list_surroundings(seen, row, goal)
        if read:
            probability = float(read.goals[row, model.names.goals.index(goal)])
            evidence.append(Evidence(EvidenceKind.EMBEDDING, goal, round(probability, 4)))
        return tuple(evidence)

    return explain


def list_words(seen: Observations, row: int, goal: str) -> list[Evidence]:
    """Return the goal's terms in and above the passage."""
    offered = seen.offered.goals[row].get(goal)
    return list(offered.evidence) if offered else []


def list_surroundings(seen: Observations, row: int, goal: str) -> list[Evidence]:
    """Return that the passages around speak for the goal, where they do."""
    around = float(seen.near[row, seen.goal_ids.index(goal)])
    return [Evidence(EvidenceKind.NEIGHBOUR, goal, round(around, 4))] if around > 0 else []


def explain_brought(goal: str, probability: float) -> Evidence:
    """Return that another goal brings this one with it."""
    return Evidence(EvidenceKind.RULE, goal, round(probability, 4), code=EvidenceCode.BROUGHT)


def explain_level(ruled: RuledLevel, level: Level, probability: float) -> tuple[Evidence, ...]:
    """Return the words behind a level; where the rules read another level, their words argue against it."""
    if ruled.level == level:
        return ruled.evidence
    turned = tuple(replace(item, against=not item.against) for item in ruled.evidence)
    return (*turned, Evidence(EvidenceKind.EMBEDDING, level, probability, code=EvidenceCode.LEVEL_READ))
