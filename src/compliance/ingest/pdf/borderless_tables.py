"""Tables without rules: rows of short texts and numbers that stand under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from compliance.ingest.pdf.cell_values import is_number, is_value
from compliance.ingest.pdf.extract import PageContent
from compliance.ingest.pdf.lines import Area, Line, bound_area
from compliance.ingest.pdf.markers import group_rows
from compliance.ingest.pdf.table_rows import RowSigns, group_printed, merge_cells
from compliance.ingest.pdf.tables import Table, bound_row, count_header_rows, make_row

MIN_ROWS = 3  # fewer rows that line up may be chance
MAX_PITCH = 3.2  # in type sizes, between the rows of one table
MAX_STRAY = 0.12  # share of a table's rows in which a text may reach over the gap between two columns
MIN_NUMERIC = 0.55  # share of the cells after the first column that are numbers
_LABEL_AND_AMOUNT = re.compile(r"(?P<label>.*[^\W\d_].*?)\s+(?P<amount>[-–−]?\d[\d\s.,]*%?)")
_CODE_AND_NAME = re.compile(r"\d{1,4}\s[^\W\d_][^\d]*")
MIN_TEXT_COLUMNS = 3  # of a table of words; two columns of words are two columns of text
MOST = 0.7  # share of a table's rows that are full, and of those that say when or how much
TOUCH = 1.5  # points between the edges of two shaded areas that touch
SAME_COLUMN = 12.0  # points that a cell may reach over the middle between two columns
EDGE_WIDTH = 0.6  # of the table's width: a shorter rule or shade does not part rows
LINE_PITCH = 1.5  # type sizes between the lines of one cell, at most
MAX_LABEL = 30  # characters of a label's last line; a longer one is text under the table
MAX_CELL = 60  # characters: longer cells are running text in columns


def find_borderless_tables(
    lines: Sequence[Line], number: int, *, page: PageContent | None = None, running: Table | None = None
) -> list[Table]:
    """Return the tables among the lines that show only by how their words line up.

    The rules and the shading of `page` part rows where they can; `running` is the table that the page before ends in:
    what stands in its columns at the top of this one goes on with it, however few rows it is.
    """
    rows = group_rows([line for line in lines if line.upright])
    tables = []
    if running and (rest := _find_rest(rows, running)):
        columns = list(pairwise(running.edges))
        printed = [_part_cells(row, columns) for row in rest]
        merged = [merge_cells(row) for row in group_printed(printed, RowSigns(_find_levels(rest, page)))]
        tables.append(_read_table(merged, columns, page=number))
        rows = rows[len(rest) :]
    for run in _find_runs(rows):
        columns = _find_columns(run)
        if len(columns) < 2:
            continue
        rows_found = group_printed([_part_cells(row, columns) for row in run], RowSigns(_find_levels(run, page)))
        merged = [merge_cells(row) for row in rows_found]
        if _is_table(run, columns) or _is_text_table(merged):
            tables.append(_read_table(merged, columns, page=number))
    return tables


def _find_rest(rows: Sequence[list[Line]], running: Table) -> list[list[Line]]:
    """Return the rows at the top of a page that stand in the columns of the table before it."""
    columns = list(pairwise(running.edges))
    rest: list[list[Line]] = []
    for row in rows:
        if not all(_fits_column(line, columns) for line in row) or (rest and not _follows(rest[-1], row)):
            break
        rest.append(row)
    rest = _trim(rest)
    opens = bool(rest) and len(rest[0]) >= max(2, len(columns) - 1) and any(is_value(line.text) for line in rest[0])
    return rest if opens else []


def _fits_column(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    return any(start - SAME_COLUMN <= line.x0 and line.x1 <= end + SAME_COLUMN for start, end in columns)


def find_edges(page: PageContent) -> list[Area]:
    """Return the page's level rules and the upper and lower edges of its shading, as areas of no height.

    Where two shaded areas touch, the edge between them is left out: writers shade the lines of one cell piece by piece.
    """
    edges = [Area(fill.x0, y, fill.x1, y) for fill in page.fills for y in (fill.y0, fill.y1)]
    edges.sort(key=lambda edge: edge.y0)
    free = [edge for index, edge in enumerate(edges) if not _has_neighbour(edges, index)]
    return [*page.horizontal, *free]


def _has_neighbour(edges: Sequence[Area], index: int) -> bool:
    """Whether another edge lies at nearly the height of this one, over or under it; the edges are sorted by height."""
    edge = edges[index]
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(edges) and abs(edges[other].y0 - edge.y0) <= TOUCH:
            if _same_edge(edge, edges[other]):
                return True
            other += step
    return False


def _same_edge(one: Area, other: Area) -> bool:
    return abs(one.y0 - other.y0) <= TOUCH and one.x0 < other.x1 and other.x0 < one.x1


def _find_levels(run: Sequence[Sequence[Line]], page: PageContent | None) -> list[float]:
    """Return the heights of the page's edges that reach over most of the run's width."""
    area = bound_area([line for row in run for line in row])
    return [
        (edge.y0 + edge.y1) / 2
        for edge in (find_edges(page) if page else ())
        if min(edge.x1, area.x1) - max(edge.x0, area.x0) >= EDGE_WIDTH * area.width and area.y0 < edge.y0 < area.y1
    ]


def _is_text_table(rows: Sequence[list[list[Line]]]) -> bool:
    """Tell a table of measures from text in columns: nearly all rows are full, and one column says when or how much."""
    if len(rows) < MIN_ROWS or len(rows[0]) < MIN_TEXT_COLUMNS:
        return False
    texts = [[" ".join(line.text for line in cell) for cell in row] for row in rows]
    full = sum(sum(map(bool, row)) >= max(MIN_TEXT_COLUMNS, len(row) - 1) for row in texts)
    values = [sum(is_value(row[column]) for row in texts) for column in range(1, len(texts[0]))]
    return full >= MOST * len(texts) and max(values) >= MOST * (len(texts) - 1)


def _is_tabular(row: Sequence[Line]) -> bool:
    """Tell whether a row looks like one of a table: a number after the first text, or three short texts."""
    if len(row) < 2 or any(len(line.text) > MAX_CELL + 20 for line in row):
        return False
    return any(_is_value(line.text) for line in row[1:]) or (
        len(row) >= 3 and all(len(line.text) <= MAX_CELL for line in row)
    )


def _find_runs(rows: list[list[Line]]) -> list[list[list[Line]]]:
    """Return runs of neighbouring rows: tabular ones with label rows between and header rows above them."""
    runs: list[list[list[Line]]] = []
    current: list[list[Line]] = []
    for row in rows:
        if current and not _follows(current[-1], row):
            runs.append(current)
            current = []
        if _is_tabular(row) or (current and _fits_between(current, row)) or (not current and _may_be_header(row)):
            current.append(row)
        elif current:
            runs.append(current)
            current = []
    runs.append(current)
    trimmed = [_trim(run) for run in runs]
    return [run for run in trimmed if sum(map(_is_tabular, run)) >= MIN_ROWS]


def _may_be_header(row: Sequence[Line]) -> bool:
    """Tell whether a row may name columns; the last lines of text in columns end a sentence or go on with one."""
    sentence = row[0].text[:1].islower() or any(line.text.endswith((".", ",")) for line in row)
    return len(row) >= 2 and not sentence


def _follows(last: list[Line], row: list[Line]) -> bool:
    return row[0].y0 - last[0].y0 <= MAX_PITCH * max(row[0].size, last[0].size)


def _fits_between(current: list[list[Line]], row: list[Line]) -> bool:
    """Tell whether a row of one or two texts can be a label or a broken cell of the table above it."""
    left = min(line.x0 for other in current for line in other)
    right = max(line.x1 for other in current for line in other)
    if not all(left - 12 <= line.x0 and line.x1 <= right + 12 and len(line.text) <= MAX_CELL for line in row):
        return False
    starts = [line.x0 for other in current for line in other]
    if all(line.x0 > left + 10 and any(abs(line.x0 - start) <= 4 for start in starts) for line in row):
        return True
    return row[-1].x1 < right - 0.25 * (right - left) or bool(_LABEL_AND_AMOUNT.fullmatch(row[-1].text))


def _is_value(text: str) -> bool:
    """Tell whether a cell holds an amount, or a code and its name: "31 Østfold"."""
    return is_number(text) or (len(text) <= 40 and bool(_CODE_AND_NAME.fullmatch(text)))


def _trim(run: list[list[Line]]) -> list[list[Line]]:
    """Return the run without label rows at its end, which belong to what follows."""
    end = len(run)
    while end and len(run[end - 1]) < 2 and not _ends_cell(run[:end]):
        end -= 1
    return run[:end]


def _ends_cell(run: Sequence[Sequence[Line]]) -> bool:
    """Whether the last row is the end of a cell: set under one that is not the first, or a label that goes on."""
    left = min(line.x0 for row in run for line in row)
    [line] = run[-1]
    starts = (other.x0 for row in run[:-1] for other in row[1:])
    if line.x0 <= left + 10:
        near = len(run) > 1 and line.y0 - run[-2][0].y0 <= LINE_PITCH * line.size
        return near and line.text[:1].islower() and len(line.text) <= MAX_LABEL
    return line.x0 > left + 10 and any(abs(line.x0 - start) <= 4 for start in starts)


def _find_columns(run: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Return the columns: what the texts of rows with amounts cover, seen from above, gaps between."""
    tabular = [row for row in run if _is_tabular(row)]
    numeric = [row for row in tabular if any(is_number(line.text) for line in row[1:])]
    rows = numeric if len(numeric) >= MIN_ROWS else tabular
    return _find_covered([(line.x0, line.x1) for row in rows for line in row], allowed=int(MAX_STRAY * len(rows)))


def _find_covered(spans: Sequence[tuple[float, float]], *, allowed: int) -> list[tuple[float, float]]:
    """Return the stretches that more than `allowed` of the spans cover, with at least a point between them."""
    ends = sorted([(start, 1) for start, _ in spans] + [(end + 1, -1) for _, end in spans])
    columns: list[tuple[float, float]] = []
    depth, opened = 0, 0.0
    for at, step in ends:
        if step == 1 and depth == allowed:
            opened = at
        if step == -1 and depth == allowed + 1:
            columns.append((opened, at - 1))
        depth += step
    return columns


def _is_table(run: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> bool:
    """Tell a table from text in columns: numbers in its cells, or short cells that line up in three columns."""
    rows = [row for row in run if _is_tabular(row)]
    later = [line for row in rows for line in row if line.x0 >= columns[1][0] - 1]
    numeric = sum(_is_value(line.text) for line in later) >= MIN_NUMERIC * len(later)
    by_column = [[line for line in later if start - 1 <= line.x0 <= end] for start, end in columns[1:]]
    one_numeric = any(
        len(column) >= 0.7 * len(rows) and sum(_is_value(line.text) for line in column) >= 0.8 * len(column)
        for column in by_column
    )
    if numeric or one_numeric:
        return True
    lengths = [len(line.text) for row in rows for line in row]
    full = sum(len(row) >= max(3, len(columns) - 1) for row in rows) >= 0.6 * len(rows)
    return len(columns) >= 3 and full and sum(lengths) / len(lengths) <= 18


def _read_table(merged: Sequence[list[list[Line]]], columns: Sequence[tuple[float, float]], *, page: int) -> Table:
    lines = tuple(line for row in merged for cell in row for line in cell)
    rows = [make_row(cells, bound_row(cells)) for cells in merged]
    edges = (columns[0][0], *((left[1] + right[0]) / 2 for left, right in pairwise(columns)))
    table = Table(page, bound_area(lines), tuple(rows), (*edges, columns[-1][1]), lines=lines)
    return replace(table, header_rows=count_header_rows(rows))


def _part_cells(printed: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """Return what stands in each column of a printed line."""
    cells: list[list[Line]] = [[] for _ in columns]
    for piece in (piece for line in printed for piece in _split_over(line, printed, columns)):
        cells[_nearest(piece, columns)].append(piece)
    return cells


def _split_over(line: Line, row: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Line]:
    """Return the pieces of a line that was read across a column's edge: two headers, or a label and its amount."""
    for start, _ in columns[1:]:
        over = line.x0 < start - 4 and line.x1 > start + 4
        if not over or (len(row) == 1 and not _LABEL_AND_AMOUNT.fullmatch(line.text)):
            continue
        wanted = len(line.text) * (start - line.x0) / (line.x1 - line.x0)
        spaces = [match.start() for match in re.finditer(" ", line.text)]
        cut = min(spaces, key=lambda place: abs(place - wanted), default=None)
        if cut is not None:
            left = replace(line, text=line.text[:cut], x1=start - 2)
            right = replace(line, text=line.text[cut + 1 :], x0=start)
            return [left, *_split_over(right, row, columns)]
    return [line]


def _nearest(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    """Return the column that the text overlaps most, else the nearest."""

    def distance(index: int) -> float:
        start, end = columns[index]
        return -(min(line.x1, end) - max(line.x0, start))

    return min(range(len(columns)), key=distance)
