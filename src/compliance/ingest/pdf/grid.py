"""The grid of a ruled table: the edges of its rows and columns, and the rules that are drawn."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from compliance.ingest.pdf.lines import Area, Line

SNAP = 3.0  # points: lines nearer than this are one


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: `at` is its height (or its x), `start` and `end` what it spans the other way."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The edges of a ruled table's rows and columns, and the rules that are really drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    levels: tuple[Rule, ...]
    plumbs: tuple[Rule, ...]

    @property
    def area(self) -> Area:
        """The table's outline."""
        return Area(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def divides_columns(self, row: int, column: int) -> bool:
        """Tell whether a rule stands between `column` and the one before it in `row`."""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(
            abs(rule.at - self.xs[column]) <= SNAP and rule.start - SNAP <= middle <= rule.end + SNAP
            for rule in self.plumbs
        )

    def divides_rows(self, row: int, column: int) -> bool:
        """Tell whether a rule stands between `row` and the one before it in `column`."""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(
            abs(rule.at - self.ys[row]) <= SNAP and rule.start - SNAP <= middle <= rule.end + SNAP
            for rule in self.levels
        )


def find_cell(grid: Grid, line: Line) -> tuple[int, int] | None:
    """Return the row and column in which the line's middle lies; None outside the grid."""
    x, y, xs, ys = (line.x0 + line.x1) / 2, line.middle, grid.xs, grid.ys
    if not (ys[0] - 1 <= y <= ys[-1] + 1 and xs[0] - 1 <= x <= xs[-1] + 1):
        return None
    row = bisect_right(ys, y, 1, len(ys) - 1) - 1
    # A left-aligned text wider than its cell still begins there; a centred or right-aligned one has its middle there.
    column = bisect_right(xs, x, 1, len(xs) - 1) - 1
    while column > 0 and line.x0 < xs[column] - SNAP and not grid.divides_columns(row, column):
        column -= 1
    return row, column
