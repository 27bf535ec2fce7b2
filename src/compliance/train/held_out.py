"""How good a model is on documents that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from compliance.analyse.classification.decide import Heads, Predictions, decide
from compliance.analyse.classification.heads import Array
from compliance.analyse.classification.probe import LabelNames
from compliance.evaluate.gold import LabelRow, Labels
from compliance.evaluate.intervals import Figure, Figures
from compliance.evaluate.labels import compare_labels
from compliance.train.examples import Example, Targets

LEAST_RATED = 0.05  # surer absences are nearly all and nearly always right: they would hide what is wrong
BINS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """One document's figures, or those of all; None where there is nothing to measure."""

    name: str
    passages: int
    goals: float | None
    elements: float | None
    level: float | None
    local: float | None
    false_goals: float | None  # share of the passages without a goal that are given one
    goals_error: float | None  # expected calibration error of the goals' probabilities from LEAST_RATED


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Probabilities for every document from models that had not seen it, by kind of label."""

    examples: tuple[Example, ...]
    heads: Heads
    names: LabelNames
    predicted: Mapping[str, Sequence[Array]]

    def measure(self) -> Iterator[Measured]:
        """Yield the figures of each document, then of all together."""
        labels = [self._label(index) for index in range(len(self.examples))]
        goals = self.predicted["goals"]
        for example, given, rated in zip(self.examples, labels, goals, strict=True):
            yield _measure(example.name, example.labels, given, measure_error(rated, example.target_goals(self.names)))
        if not labels:
            return
        truth = tuple(row for example in self.examples for row in example.labels)
        targets = np.concatenate([example.target_goals(self.names) for example in self.examples])
        error = measure_error(np.concatenate(goals), targets)
        yield _measure("alle", truth, tuple(row for given in labels for row in given), error)

    def _label(self, index: int) -> Labels:
        """Return the labels that the analyser would give from these probabilities."""
        names = self.names
        predicted = Predictions(**{kind: each[index] for kind, each in self.predicted.items()})
        decisions = decide(predicted, self.heads)
        return tuple(
            LabelRow(
                id=row.id,
                goals=tuple(names.goals[column] for column in decision.goals),
                elements=tuple(names.elements[column] for column in decision.elements),
                level=decision.level,
                reuse="own",
                local=decision.local,
            )
            for row, decision in zip(self.examples[index].labels, decisions, strict=True)
        )


def measure_error(predicted: Array, targets: Targets) -> float | None:
    """Return how far probabilities from LEAST_RATED lie from the share that is right, in ten bins; None without any."""
    rated = predicted >= LEAST_RATED
    if not rated.any():
        return None
    likely, right = predicted[rated], targets[rated]
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    gaps = [abs(float(np.sum(likely[bins == each] - right[bins == each]))) for each in range(BINS)]
    return sum(gaps) / len(likely)


def _measure(name: str, truth: Labels, given: Labels, goals_error: float | None) -> Measured:
    figures = compare_labels(truth, given, sets={})
    return Measured(
        name,
        len(truth),
        goals=_value(figures, "goals", "micro_f1"),
        elements=_value(figures, "elements", "micro_f1"),
        level=_value(figures, "level", "kappa"),
        local=_value(figures, "local", "f1"),
        false_goals=_value(figures, "goals", "false_rate"),
        goals_error=goals_error,
    )


def _value(figures: Figures, part: str, name: str) -> float | None:
    found = figures.get(part)
    figure = found.get(name) if isinstance(found, dict) else None
    return figure.value if isinstance(figure, Figure) else None
