"""A measured figure with its support and its uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

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


Figures: TypeAlias = "dict[str, Figure | Figures]"  # by name, and by group where a figure has parts


def measure(items: Sequence[Item], statistic: Callable[[Sequence[Item]], float]) -> Figure:
    """Return the statistic of all items with its percentile bootstrap interval (Efron 1979), resampling items."""
    draws = [statistic([items[k] for k in drawn]) for drawn in _draw(len(items))]
    return _make_figure(statistic(items), draws, len(items))


def measure_rows(rows: NDArray[Any], statistic: Callable[[NDArray[Any]], float]) -> Figure:
    """Return the same as `measure`, of the rows of an array."""
    return _make_figure(statistic(rows), [statistic(rows[drawn]) for drawn in _draw(len(rows))], len(rows))


def _draw(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(count, size=(DRAWS if count > 1 else 1, count))


def _make_figure(value: float, draws: Sequence[float], count: int) -> Figure:
    low, high = np.quantile(draws, [0.05, 0.95])
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), count)
