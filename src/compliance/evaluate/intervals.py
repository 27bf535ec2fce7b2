"""A measured figure with its support and its uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
Sums: TypeAlias = "NDArray[np.float64]"  # counts added up, in the last axis; the axes before it are draws
DRAWS = 1000  # the ends of a 90 % interval move by less than 0.002 between seeds at this many
SEED = 20260101
ENDS = (0.05, 0.95)  # of a 90 % interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, the ends of its 90 % bootstrap interval, and how many items it was measured on."""

    value: float
    low: float
    high: float
    n: int


Figures: TypeAlias = "dict[str, Figure | Figures]"  # by name, and by group where a figure has parts


@dataclass(frozen=True, slots=True)
class Tally:
    """What a figure is computed from: counts for each item, and what the figure is of their sums.

    `counts` has a row for each item; `figure` takes sums in the last axis and drops that axis. `concerns` marks the
    items that the figure is about, None for all; the counts of the others are zero.
    """

    counts: NDArray[Any]
    figure: Callable[[Sums], NDArray[np.float64]]
    concerns: NDArray[np.bool_] | None = None

    def measure(self) -> Figure:
        """Return the figure with its percentile bootstrap interval (Efron 1979), resampling the items it is about."""
        counts = self.counts if self.concerns is None else self.counts[self.concerns]
        counts = counts.astype(np.float64)
        draws = self.figure(draw_weights(len(counts)) @ counts)
        return _make_figure(float(self.figure(counts.sum(axis=0))), draws, len(counts))


Tallies: TypeAlias = "dict[str, Tally | Tallies]"  # by name and by group, as the figures are


def measure_all(tallies: Tallies) -> Figures:
    """Return the figure of every tally, at the same path."""
    return {name: each.measure() if isinstance(each, Tally) else measure_all(each) for name, each in tallies.items()}


def flatten_figures(figures: Figures, prefix: str = "") -> Iterator[tuple[str, Figure]]:
    """Yield every figure with its path, less the figures by label: they stand in the JSON."""
    for name, each in figures.items():
        if isinstance(each, Figure):
            yield prefix + name, each
        elif name != "by_label":
            yield from flatten_figures(each, f"{prefix}{name}.")


def measure(items: Sequence[Item], statistic: Callable[[Sequence[Item]], float]) -> Figure:
    """Return the statistic of all items with its interval, where it is not one of sums."""
    draws = [statistic([items[k] for k in drawn]) for drawn in _draw(len(items))]
    return _make_figure(statistic(items), draws, len(items))


def share(sums: Sums) -> NDArray[np.float64]:
    """Return the first count as a share of the second; 0 of nothing."""
    return sums[..., 0] / np.maximum(1, sums[..., 1])


def tally_share(flags: Sequence[bool] | NDArray[np.bool_], *, concerns: NDArray[np.bool_] | None = None) -> Tally:
    """Return the tally of the share of items that are so, among those concerned."""
    among = np.ones(len(flags), dtype=bool) if concerns is None else concerns
    return Tally(np.stack((np.asarray(flags, dtype=bool) & among, among), axis=1), share, concerns)


@lru_cache(maxsize=2)  # most figures are about as many items: all passages
def draw_weights(count: int) -> NDArray[np.float64]:
    """Return for each draw how many times each of `count` items is in it: draws by items."""
    return np.stack([np.bincount(drawn, minlength=count) for drawn in _draw(count)]).astype(np.float64)


def _draw(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(count, size=(DRAWS if count > 1 else 1, count))


def _make_figure(value: float, draws: Sequence[float] | NDArray[np.float64], count: int) -> Figure:
    low, high = np.quantile(draws, ENDS)
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), count)
