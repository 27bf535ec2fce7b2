"""A table row as text: in the document, and as people and models read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.records import TableRow

# White space, so that a row compares equal to the same row taken from a file without cells; a tab, so that «1 200»
# beside «1 300» stays two numbers.
CELL_SEPARATOR = "\t"
_BETWEEN = " · "


def join_cells(cells: Iterable[str]) -> str:
    """Return the text of a table row's block: its cells that are not empty, a tab between them."""
    return CELL_SEPARATOR.join(cell for cell in cells if cell)


def render_row(row: TableRow) -> str:
    """Return the row in words, each cell with its header: "Tiltak: Prosjektmidler · 2021: 1 200 (1000 kr)".

    Empty cells are left out. The unit stands last, unless a header or a cell already says it.
    """
    parts = list(_label_cells(row))
    rendered = _BETWEEN.join(parts)
    if row.unit and parts and row.unit.casefold() not in rendered.casefold():
        rendered += f" ({row.unit})"
    return rendered


def locate_cells(row: TableRow, text: str) -> list[tuple[int, int]]:
    """Return where each cell stands in the row's text; an empty span where it does not."""
    spans: list[tuple[int, int]] = []
    reached = 0
    for cell in row.cells:
        at = text.find(cell, reached) if cell else -1
        spans.append((at, at + len(cell)) if at >= 0 else (reached, reached))
        reached = spans[-1][1]
    return spans


def _label_cells(row: TableRow) -> Iterator[str]:
    header = row.header or ("",) * len(row.cells)
    last_label = last_cell = ""
    for label, cell in zip(header, row.cells, strict=True):
        repeats = cell == last_cell and label == last_label  # a merged cell stands once in every column it spans
        last_label, last_cell = label, cell
        if cell and not repeats:
            yield f"{label.rstrip(' :')}: {cell}" if label and label != cell else cell
