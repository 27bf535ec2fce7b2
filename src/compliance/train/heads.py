"""Fits the logistic heads, and finds the threshold that serves each best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from compliance.analyse.classification.heads import Array, Features, Head
from compliance.train.examples import Targets

STRENGTH = 1.0  # scikit-learn's C, the inverse of the regularisation
MAX_ROUNDS = 100
TOLERANCE = 0.006  # of F1: it saves a fifth of the goals given to passages without one
THRESHOLDS = np.arange(0.2, 0.601, 0.02)

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Material:
    """One kind of label for several documents: what is known of their passages, the truth, what each counts."""

    labels: tuple[str, ...]
    features: Sequence[Features]
    targets: Sequence[Targets]
    weights: Sequence[float]

    def take(self, indices: Sequence[int]) -> Material:
        """Return the material of some of the documents."""
        return Material(
            self.labels,
            [self.features[index] for index in indices],
            [self.targets[index] for index in indices],
            [self.weights[index] for index in indices],
        )


def fit_head(material: Material) -> Head:
    """Fit one head; its threshold is 0.5 until `choose_threshold` sets it."""
    names = material.features[0].names
    values = np.concatenate([each.values for each in material.features])
    truth = np.concatenate(material.targets)
    count, width, kinds = values.shape
    rows = values.reshape(count * width, kinds)
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    own_bias = np.tile(np.eye(width), (count, 1))
    model = LogisticRegression(C=STRENGTH, max_iter=MAX_ROUNDS, solver="newton-cholesky")  # many rows, few columns
    counts = np.repeat(material.weights, [truth.size for truth in material.targets])
    model.fit(np.hstack(((rows - centre) / spread, own_bias)), truth.reshape(-1), sample_weight=counts)
    weights, bias = np.split(model.coef_[0], [kinds])
    return Head(names, material.labels, centre, spread, weights, bias + model.intercept_[0], threshold=0.5)


def choose_threshold(predicted: Array, targets: Targets, *, measure: Callable[[Marks, Marks], float]) -> float:
    """Return the probability from which labels should be given: the highest at which `measure(truth, given)` is best.

    A label too many hurts more than one too few, so that what is within TOLERANCE of the best counts as best.
    """
    truth = targets > 0.5
    values = np.array([measure(truth, predicted >= threshold) for threshold in THRESHOLDS])
    return round(float(THRESHOLDS[values >= values.max() - TOLERANCE].max()), 2)


def measure_f1(truth: Marks, given: Marks) -> float:
    """Return micro F1."""
    return float(2 * (truth & given).sum() / max(1, truth.sum() + given.sum()))
