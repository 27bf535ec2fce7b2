"""From probabilities to labels: the one place where it is decided what a passage is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.classification.heads import Array, Head
from compliance.analyse.classification.ordinal import median_class
from compliance.records import Level

MAX_ELEMENTS = 3  # a passage is labelled with its three most central elements at most (docs/evaluate.md)


@dataclass(frozen=True, slots=True)
class Heads:
    """One head for each kind of label."""

    goals: Head
    elements: Head
    level: Head
    local: Head


@dataclass(frozen=True, slots=True)
class Predictions:
    """A document's probabilities; each of the shape (passages, labels of the kind)."""

    goals: Array
    elements: Array
    level: Array  # that the level is above each step (`probe.LEVEL_STEPS`)
    local: Array


@dataclass(frozen=True, slots=True)
class Decision:
    """The labels of one passage; goals and elements as columns, the likeliest first."""

    goals: Sequence[int]
    elements: Sequence[int]
    level: Level
    local: bool


def decide(predicted: Predictions, heads: Heads) -> list[Decision]:
    """Return each passage's labels: what reaches its head's threshold, and the median level."""
    return [
        Decision(
            goals=heads.goals.choose(goals),
            elements=heads.elements.choose(elements, most=MAX_ELEMENTS),
            level=level,
            local=bool(local[0] >= heads.local.threshold),
        )
        for goals, elements, level, local in zip(
            predicted.goals, predicted.elements, median_class(predicted.level), predicted.local, strict=True
        )
    ]
