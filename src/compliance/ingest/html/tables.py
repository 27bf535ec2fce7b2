"""Tables of web pages as grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from compliance.ingest.numbers import read_int

_MAX_SPAN = 100  # a larger rowspan or colspan is a mistake in the page
_MAX_PLACES = 100_000  # of a table's grid; 10,000 cells that each span 100 × 100 take 4 GB
_LAYOUT_BLOCKS = "h1", "h2", "h3", "h4", "ul", "ol", "table"


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table's cells with merged cells repeated; `is_layout` where it only places things on the page."""

    grid: list[list[str]]
    header_rows: int | None
    caption: str
    is_layout: bool
    cells: list[Element]
    rows: list[Element]  # one for each row of the grid


def read_table(table: Element, read_cell: Callable[[Element], str]) -> HtmlTable:
    """Return the table's grid; rows of `thead`, or leading rows of nothing but `th`, are its header."""
    rows = [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table]
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
    flat = [cell for row in cells for cell in row]
    header_rows = 0
    for row, row_cells in zip(rows, cells, strict=True):
        in_head = next(row.iterancestors()).tag == "thead"
        if not in_head and not (row_cells and all(cell.tag == "th" for cell in row_cells)):
            break
        header_rows += 1
    caption = table.find("caption")
    return HtmlTable(
        grid=_spread(cells, read_cell),
        header_rows=header_rows or None,
        caption=read_cell(caption) if caption is not None else "",
        is_layout=not header_rows and (_is_layout(table, flat) or max(map(len, cells), default=0) < 2),
        cells=flat,
        rows=rows,
    )


def _is_layout(table: Element, cells: list[Element]) -> bool:
    if table.get("role") == "presentation":
        return True
    return any(next(cell.iterdescendants(*_LAYOUT_BLOCKS), None) is not None for cell in cells) and len(cells) < 12


def _spread(rows: list[list[Element]], read_cell: Callable[[Element], str]) -> list[list[str]]:
    """Lay the cells out in a grid, each in every place it spans."""
    grid: dict[tuple[int, int], str] = {}
    left = max(_MAX_PLACES, sum(map(len, rows)))  # a page may have a large table, but not one made of spans
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            text = read_cell(cell)
            places = list(_span(y, x, cell, height=len(rows)))
            left -= len(places)
            for place in places if left > 0 else places[:1]:
                grid[place] = text
            x += _number(cell, "colspan") if left > 0 else 1
    width = max((x for _, x in grid), default=-1) + 1
    return [[grid.get((y, x), "") for x in range(width)] for y in range(len(rows))]


def _span(y: int, x: int, cell: Element, *, height: int) -> Iterator[tuple[int, int]]:
    for down in range(min(_number(cell, "rowspan"), height - y)):
        for right in range(_number(cell, "colspan")):
            yield y + down, x + right


def _number(cell: Element, name: str) -> int:
    return max(1, read_int(cell.get(name), default=1, most=_MAX_SPAN))
