"""What the passages of a document mean, kept for their scores: the encoder's vectors along a few directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from compliance.analyse.classification.first_stage import Marks
from compliance.analyse.classification.probe import Vectors
from compliance.analyse.context import Place
from compliance.records import Meaning
from compliance.score.meaning import Directions


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document's passages as the encoder read them."""

    needed: Marks  # passages that were read; the first stage gives the rest
    vectors: Vectors  # a row for each passage; 0 where it was not read


def list_meanings(places: Sequence[Place], encoded: Encoded, directions: Directions) -> list[Meaning]:
    """Return the meaning of each passage that was read, in order; what stands aside of the text has none."""
    rows = [row for row in np.flatnonzero(encoded.needed).tolist() if not places[row].aside]
    numbers = directions.measure(encoded.vectors[rows]).tolist() if rows else []
    return [
        Meaning(places[row].passage.document_id, places[row].passage.id, tuple(each))
        for row, each in zip(rows, numbers, strict=True)
    ]
