"""Bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Values: TypeAlias = NDArray[np.float64]
DRAWS: Final = 1000
SEED: Final = 20260101
ENDS: Final = (2.5, 97.5)  # of a 95 % interval
LEAST_UNITS: Final = 3  # fewer tell nothing of their spread


def interval(units: Sequence[T], figure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """Return the ends of a figure's 95 % percentile bootstrap interval (Efron 1979), whole units drawn; seeded.

    Fewer than three units have no interval: both ends are the figure itself.
    """
    if len(units) < LEAST_UNITS:
        value = round(figure(units), 4)
        return value, value
    chooser = np.random.default_rng(SEED)
    draws = [figure([units[place] for place in chooser.integers(0, len(units), len(units))]) for _ in range(DRAWS)]
    low, high = np.percentile(draws, ENDS)
    return round(float(low), 4), round(float(high), 4)


def interval_of_mean(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a mean's interval, all draws at once."""
    if len(values) < LEAST_UNITS:
        return round(float(np.mean(values)), 4), round(float(np.mean(values)), 4)
    chooser = np.random.default_rng(SEED)
    held = np.asarray(values, dtype=float)
    draws = held[chooser.integers(0, len(held), (DRAWS, len(held)))].mean(axis=1)
    low, high = np.percentile(draws, ENDS)
    return round(float(low), 4), round(float(high), 4)


def interval_of_pairs(
    ones: Sequence[float], others: Sequence[float], figure: Callable[[Values, Values], Values]
) -> tuple[float, float]:
    """Return the ends of the interval of what `figure` gives for each row of two arrays, all draws at once.

    A unit is an item of one with the item of the other; there are at least three.
    """
    chooser = np.random.default_rng(SEED)
    places = chooser.integers(0, len(ones), (DRAWS, len(ones)))
    draws = figure(np.asarray(ones, dtype=float)[places], np.asarray(others, dtype=float)[places])
    low, high = np.percentile(draws, ENDS)
    return round(float(low), 4), round(float(high), 4)
