"""Tables as blocks: their rows with header, unit and title, and what goes on over a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compliance.ingest.draft import DraftBlock
from compliance.ingest.patterns import expects_more, find_unit
from compliance.ingest.pdf.cell_values import is_value
from compliance.ingest.pdf.tables import Row, Table, has_numbers
from compliance.records import BlockKind, Box, Furniture, FurnitureKind, TableRow
from compliance.text.normalise import join_lines
from compliance.text.table_rows import join_cells

SAME_EDGE = 4.0  # points that the columns of one ruled table differ by on two pages
NEAR_EDGE = 15.0  # points where the columns are told by the words in them, which are others on each page


def continue_table(running: Table | None, table: Table) -> Table | None:
    """Return the table that goes on over the page in `table`, with its header; None where it is a new one."""
    if running is None or running.page not in (table.page - 1, table.page) or len(running.edges) != len(table.edges):
        return None
    slack = SAME_EDGE if running.ruled and table.ruled else NEAR_EDGE
    near = all(abs(one - other) <= slack for one, other in zip(running.edges, table.edges, strict=True))
    same_width = len(running.rows[0].cells) == len(table.rows[0].cells)
    if not near or not same_width or (_has_header(table) and table.header != running.header):
        return None
    return replace(running, page=table.page)


def _has_header(table: Table) -> bool:
    """Whether the table's first row is set as a header or stands over numbers, rather than looking like one."""
    first = table.rows[0]
    return bool(table.header_rows) and (first.bold or first.shaded or has_numbers(table.rows[1:]))


def finishes_row(row: DraftBlock, rest: DraftBlock) -> bool:
    """Whether the first row on a page is the rest of the last row before it: few cells, each in mid-sentence."""
    if row.table is None or rest.table is None or len(row.table.cells) != len(rest.table.cells):
        return False
    filled = [(before, cell) for before, cell in zip(row.table.cells, rest.table.cells, strict=True) if cell]
    few = 2 * len(filled) <= len(rest.table.cells) + 1
    return few and all(
        before and not is_value(cell) and (cell[:1].islower() or expects_more(before)) for before, cell in filled
    )


def join_row(row: DraftBlock, rest: DraftBlock) -> DraftBlock:
    """Return a row that a page break parted as one, with a box on each page."""
    if row.table is None or rest.table is None:
        return row
    cells = tuple(join_lines([one, other]) for one, other in zip(row.table.cells, rest.table.cells, strict=True))
    return replace(row, text=join_cells(cells), boxes=row.boxes + rest.boxes, table=replace(row.table, cells=cells))


def repeat_header(row: Row, page: int) -> Furniture:
    """Return a header row that a page repeats, as furniture of that page."""
    area = row.area
    return Furniture(FurnitureKind.HEADER, row.text, Box(page, area.x0, area.y0, area.x1, area.y1))


def make_rows(table: Table, running: Table, *, title: str | None, start: int) -> Iterator[DraftBlock]:
    """Yield one block a row; header rows have no header of their own."""
    unit = running.unit or (find_unit(title) if title else None)
    header = running.header
    own_header = table.header_rows if table.header == header else 0
    for index, row in enumerate(table.rows[start:], start):
        area = row.area
        above = header if index >= own_header and len(header) == len(row.cells) else ()
        yield DraftBlock(
            BlockKind.TABLE_ROW,
            row.text,
            (Box(table.page, area.x0, area.y0, area.x1, area.y1),),
            table=TableRow(above, row.cells, unit, title),
        )
