"""What the trained encoder reads in each passage: a probability for every label, before rules and neighbours speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.classification.heads import Array, expit
from compliance.analyse.context import Place, strip_marker
from compliance.records import Level
from compliance.text.embedding import InContext

Vectors = NDArray[np.float32]
_BULLET = "•"
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
        scores = self.standardise(vectors) @ self.weights.T + self.bias
        cuts = np.cumsum([len(names.goals), len(names.elements), len(LEVEL_STEPS)])
        return Probabilities(*np.split(expit(scores), cuts, axis=1))


def put_in_context(places: Sequence[Place]) -> list[InContext]:
    """Return the passages with what the encoder is told of their surroundings: heading, then lead-in or predecessor.

    All bullets become one: which sign a document uses says nothing, and many are unknown to the encoder.
    """
    found, before = [], ""
    for place in places:
        heading = place.headings[-1] if place.headings else ""
        text = f"{_BULLET} {strip_marker(place.passage.text)}" if place.item else place.passage.text
        opener = place.lead_in.text if place.lead_in else before
        found.append(InContext(" / ".join(above for above in (heading, opener) if above), text))
        before = text
    return found
