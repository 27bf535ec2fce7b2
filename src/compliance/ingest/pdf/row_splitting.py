"""Strips of a ruled table that hold several rows: rules only round the sums, or only between the columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from compliance.ingest.pdf.grid import Grid, Rule, find_cell
from compliance.ingest.pdf.lines import Line
from compliance.ingest.pdf.markers import group_rows
from compliance.ingest.pdf.table_rows import Cells, RowSigns, group_printed

FULL = 0.7  # share of a strip's rows that fill nearly every column, before the strip is taken apart


def split_strips(grid: Grid, lines: Sequence[Line]) -> Grid:
    """Return the grid with an edge between the rows of each strip that holds several."""
    placed: list[list[Line]] = [[] for _ in grid.ys[1:]]
    top, bottom = grid.ys[0] - 1, grid.ys[-1] + 1
    for line in lines:
        if top <= line.middle <= bottom and line.upright and (cell := find_cell(grid, line)):
            placed[cell[0]].append(line)
    cuts = [cut for strip in placed for cut in _find_cuts(grid, strip)]
    if not cuts:
        return grid
    rules = [Rule(cut, grid.xs[0], grid.xs[-1]) for cut in cuts]
    return Grid(grid.xs, tuple(sorted([*grid.ys, *cuts])), (*grid.levels, *rules), grid.plumbs)


def _find_cuts(grid: Grid, strip: Sequence[Line]) -> list[float]:
    """Return the heights between the rows of a strip; none where it is one row."""
    printed = [_part(grid, row) for row in group_rows(strip)]
    if len(printed) < 2:
        return []
    rows = group_printed(printed, RowSigns(labels=False))
    columns = sum(any(cells[column] for cells in printed) for column in range(len(grid.xs) - 1))
    full = [row for row in rows if _count_filled(row) >= max(2, columns - 1)]
    if len(rows) < 2 or len(full) < FULL * len(rows):
        return []
    return [(_bottom(above) + _top(below)) / 2 for above, below in pairwise(rows)]


def _part(grid: Grid, row: Sequence[Line]) -> list[list[Line]]:
    cells: list[list[Line]] = [[] for _ in grid.xs[1:]]
    for line in row:
        cell = find_cell(grid, line)
        if cell:
            cells[cell[1]].append(line)
    return cells


def _count_filled(row: Sequence[Cells]) -> int:
    return sum(any(cells[column] for cells in row) for column in range(len(row[0])))


def _top(row: Sequence[Cells]) -> float:
    return min(line.y0 for cells in row for cell in cells for line in cell)


def _bottom(row: Sequence[Cells]) -> float:
    return max(line.y1 for cells in row for cell in cells for line in cell)
