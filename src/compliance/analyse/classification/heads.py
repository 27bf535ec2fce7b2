"""Logistic heads: named numbers about a passage and a label, weighed into a probability.

A head shares one weight per feature among all its labels, so that a label with few examples is judged as the others
are; what is special to a label is its own bias. Few numbers, each with a name: a judgement can be taken apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cell = tuple[int, int]  # a passage's row and a label's column
Explanation = tuple[tuple[str, float], ...]  # numbers by name with what each added to the score, in logits
MAX_FEATURES = 6  # named in a finding, the weightiest
ANY = "*"  # the only label of a head that judges any label alike
CLIP = 1e-4  # probabilities nearer to 0 or 1 than this are held there before their logit is taken


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of every passage for every label: `values` has the shape (passages, labels, names)."""

    names: tuple[str, ...]
    values: Array

    def add(self, name: str, values: Array) -> Features:
        """Return the features with one more, of the shape (passages, labels)."""
        return Features((*self.names, name), np.concatenate((self.values, values[..., None]), axis=-1))

    def find(self, names: tuple[str, ...]) -> list[int]:
        """Return where the numbers of these names are; raises KeyError where one is not known."""
        places = {name: place for place, name in enumerate(self.names)}
        return [places[name] for name in names]


@dataclass(frozen=True, slots=True)
class Head:
    """One kind of label's weights. `threshold` is the probability from which a label is given."""

    features: tuple[str, ...]
    labels: tuple[str, ...]
    centre: Array  # of each feature in the training text, shape (features,)
    spread: Array
    weights: Array
    bias: Array  # shape (labels,); of the shape (1,) where any label is judged alike (ANY)
    threshold: float

    def predict(self, features: Features) -> Array:
        """Return probabilities of the shape (passages, labels)."""
        scores: Array = self._contribute(features.values[..., features.find(self.features)]).sum(axis=-1) + self.bias
        return expit(scores)

    def choose(self, predicted: Array, *, most: int | None = None) -> list[int]:
        """Return the columns of one passage's labels that are likely enough, the likeliest first, at most so many."""
        order = np.argsort(-predicted, kind="stable")[:most]
        return [int(column) for column in order if predicted[column] >= self.threshold]

    def explain(self, features: Features, cells: Sequence[Cell]) -> list[Explanation]:
        """Return the weightiest numbers behind the probability of each passage and label, with what they added."""
        if not cells:
            return []
        added = self._contribute(features.values[tuple(zip(*cells, strict=True))][:, features.find(self.features)])
        order = np.argsort(-np.abs(added), axis=1, kind="stable")[:, :MAX_FEATURES]
        weightiest = np.take_along_axis(added, order, axis=1)
        return [
            tuple((self.features[place], round(number, 4)) for place, number in zip(places, numbers, strict=True))
            for places, numbers in zip(order.tolist(), weightiest.tolist(), strict=True)
        ]

    def _contribute(self, values: Array) -> Array:
        added: Array = (values - self.centre) / self.spread * self.weights
        return added


def stack_features(columns: Sequence[tuple[str, NDArray[np.floating]]], shape: tuple[int, int]) -> Features:
    """Return columns, each of the shape (passages, labels) or (passages, 1), as one table."""
    values = np.stack([np.broadcast_to(column, shape) for _, column in columns], axis=-1)
    return Features(tuple(name for name, _ in columns), values.astype(np.float64))


def expit(scores: NDArray[np.floating]) -> Array:
    """Return 1 / (1 + e^-x)."""
    found: Array = 1.0 / (1.0 + np.exp(-np.clip(scores, -60.0, 60.0)))
    return found


def logit(probabilities: NDArray[np.floating]) -> Array:
    """Return ln(p / (1 - p)), p held within CLIP of 0 and 1."""
    held = np.clip(probabilities, CLIP, 1.0 - CLIP).astype(np.float64)
    found: Array = np.log(held / (1.0 - held))
    return found
