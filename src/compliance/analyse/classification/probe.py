"""What the trained encoder reads in each passage: a probability for every label, before rules and neighbours speak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.classification.heads import Array, expit
from compliance.records import Level

Vectors = NDArray[np.float32]
LEVEL_STEPS = tuple(f">{level.value}" for level in tuple(Level)[:-1])  # ordinal: one question for each step upwards


@dataclass(frozen=True, slots=True)
class LabelNames:
    """The labels that a model knows, in the order of its outputs."""

    goals: tuple[str, ...]
    elements: tuple[str, ...]

    @property
    def outputs(self) -> int:
        """Number of outputs: goals, elements, steps of the level, local."""
        return len(self.goals) + len(self.elements) + len(LEVEL_STEPS) + 1


@dataclass(frozen=True, slots=True)
class Probabilities:
    """The encoder's probabilities, a row for each passage."""

    goals: Array
    elements: Array
    steps: Array  # that the level is above none, background, intention, commitment
    local: Array  # shape (passages, 1)


@dataclass(frozen=True, slots=True)
class LinearProbe:
    """A linear layer on standardised vectors."""

    centre: Vectors  # shape (dimension,)
    spread: Vectors
    weights: Vectors  # shape (outputs, dimension)
    bias: Vectors

    def standardise(self, vectors: Vectors) -> Vectors:
        """Return the vectors with mean 0 and deviation 1 over the training text."""
        standard: Vectors = (vectors - self.centre) / self.spread
        return standard

    def read(self, vectors: Vectors, names: LabelNames) -> Probabilities:
        """Return the probabilities of passages from their vectors."""
        # In float64: in float32 a sum depends on how many threads share it, and a shown weight on the machine's load.
        scores = self.standardise(vectors).astype(np.float64) @ self.weights.T.astype(np.float64) + self.bias
        cuts = np.cumsum([len(names.goals), len(names.elements), len(LEVEL_STEPS)])
        return Probabilities(*np.split(expit(scores), cuts, axis=1))
