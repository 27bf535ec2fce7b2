"""A measured figure with its support and its uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")
DRAWS = 1000  # the ends of a 90 % interval move by less than 0.002 between seeds at this many
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, the ends of its 90 % bootstrap interval, and how many items it was measured on."""

    value: float
    low: float
    high: float
    n: int


def measure(items: Sequence[Item], statistic: Callable[[Sequence[Item]], float]) -> Figure:
    """Return the statistic of all items with its percentile bootstrap interval (Efron 1979), resampling items."""
    value = statistic(items)
    random = np.random.default_rng(SEED)
    draws = [
        statistic([items[k] for k in random.integers(len(items), size=len(items))])
        for _ in range(DRAWS if len(items) > 1 else 1)
    ]
    low, high = np.quantile(draws, [0.05, 0.95])
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), len(items))
