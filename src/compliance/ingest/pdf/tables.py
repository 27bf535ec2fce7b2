"""A table as read off a page: its rows with their cells, which of them are headers, and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.ingest.patterns import find_unit, is_caption
from compliance.ingest.pdf.cell_values import is_number
from compliance.ingest.pdf.extract import PageContent
from compliance.ingest.pdf.grid import Grid, find_cell
from compliance.ingest.pdf.lines import Area, Line, bound_area
from compliance.ingest.pdf.markers import attach_markers, group_rows
from compliance.ingest.pdf.ruled_tables import find_grids
from compliance.text.normalise import join_lines
from compliance.text.table_rows import join_cells

MAX_HEADER_ROWS = 3
_YEAR = re.compile(r"(?:\D{0,24}\s)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\D{0,12}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, one text per column, spanned columns after the first left empty."""

    cells: tuple[str, ...]
    area: Area
    bold: bool = False  # all of it
    shaded: bool = False
    spans: tuple[int, ...] = ()  # per cell, how many columns it covers; empty: one each

    @property
    def text(self) -> str:
        """The row as it stands in the document's text."""
        return join_cells(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page; the first `header_rows` rows name the columns."""

    page: int
    area: Area
    rows: tuple[Row, ...]
    edges: tuple[float, ...]  # of the columns
    header_rows: int = 0
    lines: tuple[Line, ...] = ()
    ruled: bool = False  # its columns are told by rules, not by the words in them

    @property
    def header(self) -> tuple[str, ...]:
        """One text per column, the header rows joined; empty where there is none."""
        if not self.header_rows:
            return ()
        stacked = [_spread(row) for row in self.rows[: self.header_rows]]
        columns = zip(*stacked, strict=True)
        return tuple(" ".join(dict.fromkeys(part for part in column if part)) for column in columns)

    @property
    def unit(self) -> str | None:
        """The unit that a header or the first cell states."""
        return find_unit(" ".join([*self.header, self.rows[0].cells[0]]))


def find_ruled_tables(page: PageContent) -> list[Table]:
    """Return the page's ruled tables, top to bottom."""
    tables = [_read_grid(grid, page) for grid in find_grids(page)]
    return [table for table in tables if len(table.rows) >= 2 or (table.rows and len(table.rows[0].cells) >= 3)]


def _read_grid(grid: Grid, page: PageContent) -> Table:
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in page.lines:
        if line.upright and (cell := find_cell(grid, line)):
            cells.setdefault(_anchor(grid, cell), []).append(line)
    rows = []
    held: list[Line] = []
    for index in range(len(grid.ys) - 1):
        row_cells = [cells.get((index, column), []) for column in range(len(grid.xs) - 1)]
        lines = [line for cell in row_cells for line in cell]
        if lines and not is_caption(" ".join(line.text.strip() for line in lines)):
            area = Area(grid.xs[0], grid.ys[index], grid.xs[-1], grid.ys[index + 1])
            rows.append(make_row(row_cells, area, page=page, spans=_find_spans(grid, index)))
            held += lines
    table = Table(page.number, grid.area, tuple(_drop_empty_columns(rows)), grid.xs, lines=tuple(held), ruled=True)
    return replace(table, header_rows=count_header_rows(table.rows)) if rows else table


def _anchor(grid: Grid, cell: tuple[int, int]) -> tuple[int, int]:
    """Return the first row and column of the merged cell that `cell` is part of."""
    row, column = cell
    while column > 0 and not grid.divides_columns(row, column):
        column -= 1
    while row > 0 and not grid.divides_rows(row, column):
        row -= 1
    return row, column


def _find_spans(grid: Grid, row: int) -> tuple[int, ...]:
    spans = [1] * (len(grid.xs) - 1)
    start = 0
    for column in range(1, len(spans)):
        if grid.divides_columns(row, column):
            start = column
        else:
            spans[start] += 1
    return tuple(spans)


def make_row(
    cells: Sequence[Sequence[Line]], area: Area, *, page: PageContent | None = None, spans: tuple[int, ...] = ()
) -> Row:
    """Return a row of cells, each given as the lines in it."""
    lines = [line for cell in cells for line in cell]
    shaded = page is not None and any(fill.holds(area) and fill.height < 2.5 * area.height for fill in page.fills)
    return Row(
        tuple(_read_cell(cell) for cell in cells),
        area,
        bold=all(line.bold for line in lines),
        shaded=shaded,
        spans=spans,
    )


def _read_cell(lines: Sequence[Line]) -> str:
    ordered = [line for row in group_rows(attach_markers(lines)) for line in row]
    return join_lines([line.text for line in ordered])


def _drop_empty_columns(rows: list[Row]) -> list[Row]:
    """Return the rows without columns that are empty throughout: double rules and margins."""
    kept = [index for index in range(len(rows[0].cells)) if any(row.cells[index] for row in rows)] if rows else []
    return [
        replace(
            row,
            cells=tuple(row.cells[index] for index in kept),
            spans=tuple(_count_kept(row.spans, index, kept) for index in kept) if row.spans else (),
        )
        for row in rows
    ]


def _count_kept(spans: tuple[int, ...], index: int, kept: list[int]) -> int:
    return sum(index <= other < index + spans[index] for other in kept)


def count_header_rows(rows: Sequence[Row]) -> int:
    """Return how many leading rows name the columns: by type, by shading, or by standing over numbers."""
    if len(rows) == 1:
        return int(rows[0].bold or rows[0].shaded)  # the page ends under it
    marked = max(_count_leading([row.bold for row in rows]), _count_leading([row.shaded for row in rows]))
    named = _count_leading([_names_columns(row) for row in rows])
    if named and has_numbers(rows[named:]):
        return max(marked, named)
    first = rows[0].cells
    if marked or not _names_columns(rows[0]):
        return marked
    return int(len(first) >= 3 and all(first) and max(map(len, first)) <= 40)


def _count_leading(flags: Sequence[bool]) -> int:
    """Return how many rows from the first are flagged; 0 where all or too many are."""
    leading = next((index for index, flag in enumerate(flags) if not flag), len(flags))
    return leading if leading <= MAX_HEADER_ROWS and leading < len(flags) else 0


def _names_columns(row: Row) -> bool:
    """Tell whether the row has words or years, no amounts, over the columns after the first."""
    later = [cell for cell in row.cells[1:] if cell]
    return bool(later) and all(not is_number(cell) or _YEAR.fullmatch(cell) for cell in later)


def has_numbers(rows: Sequence[Row]) -> bool:
    """Whether at least half of the cells after the first column are numbers."""
    values = [cell for row in rows for cell in row.cells[1:] if cell]
    return bool(values) and sum(map(is_number, values)) >= 0.5 * len(values)


def _spread(row: Row) -> list[str]:
    """Return the row's texts with each merged cell's text over all columns it covers."""
    texts = list(row.cells)
    for index, span in enumerate(row.spans):
        if row.cells[index]:
            for covered in range(index + 1, min(index + span, len(texts))):
                texts[covered] = texts[covered] or row.cells[index]
    return texts


def bound_row(cells: Sequence[Sequence[Line]]) -> Area:
    """Return the area of a row given as lines in cells; at least one cell has a line."""
    return bound_area([line for cell in cells for line in cell])
