"""What passages' vectors say: along which directions they differ, and how near they are to what readers list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compliance.score.support import Values

_DECIMALS = 3  # of a number that is kept: they are of the size of 1


@dataclass(frozen=True)
class Directions:
    """The directions in which the vectors of one encoder differ most over the training text."""

    encoder: str  # its revision without the precision
    centre: Values  # (dimension,)
    rows: Values  # (directions, dimension)

    def fit(self, revision: str) -> bool:
        """Tell whether vectors of the encoder of this revision are those that the directions are of."""
        return bool(self.encoder) and revision.startswith(self.encoder)

    def measure(self, vectors: NDArray[np.float32]) -> Values:
        """Return how far vectors lie along each direction, shape (passages, directions)."""
        return np.round((vectors.astype(np.float64) - self.centre) @ self.rows.T, _DECIMALS)

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {"encoder": self.encoder, "centre": shorten(self.centre), "rows": [shorten(row) for row in self.rows]}


NO_DIRECTIONS = Directions("", np.zeros(0), np.zeros((0, 0)))


def parse_directions(value: Mapping[str, Any]) -> Directions:
    """Return what `Directions.to_json` gave."""
    centre, rows = np.array(value["centre"]), np.array(value["rows"])
    return Directions(value["encoder"], centre, rows.reshape(len(rows), len(centre)))


def shorten(numbers: Values, digits: int = 5) -> list[float]:
    """Return numbers with as many digits as make a difference."""
    return [float(f"{each:.{digits}g}") for each in numbers.tolist()]
