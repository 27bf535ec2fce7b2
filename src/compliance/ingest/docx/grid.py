"""Word tables as grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.ingest.numbers import read_int

MAX_COLUMNS = 63  # of a table in Word; a file that claims a billion asks for 8 GB


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table's cells, each in every place it spans; None where a row is shorter than the grid."""

    rows: list[list[Element | None]]
    header_rows: int | None  # rows that repeat on every page, where the author said so

    @property
    def cells(self) -> list[Element]:
        """Every cell once, in reading order."""
        return list(dict.fromkeys(cell for row in self.rows for cell in row if cell is not None))


def read_grid(table: Element) -> WordTable:
    """Return the table's grid without rows that tracked changes delete."""
    rows: list[list[Element | None]] = []
    header_rows = 0
    for row in _unwrap(table, "w:tr"):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        marked = properties is not None and properties.find(qn("w:tblHeader")) is not None
        if marked and header_rows == len(rows):
            header_rows += 1
        rows.append(_read_row(row, rows[-1] if rows else []))
    return WordTable(rows, header_rows if 0 < header_rows < len(rows) else None)


def _read_row(row: Element, above: list[Element | None]) -> list[Element | None]:
    places: list[Element | None] = [None] * _row_value(row, "w:gridBefore")
    for cell in _unwrap(row, "w:tc"):
        properties = cell.find(qn("w:tcPr"))
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        width = read_int(span.get(qn("w:val")), default=1, most=MAX_COLUMNS) if span is not None else 1
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        origin = above[len(places)] if continued and len(places) < len(above) else cell
        places.extend([origin] * width)
    return places


def _row_value(row: Element, name: str) -> int:
    properties = row.find(qn("w:trPr"))
    element = properties.find(qn(name)) if properties is not None else None
    return read_int(element.get(qn("w:val")), default=0, most=MAX_COLUMNS) if element is not None else 0


def _unwrap(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of one name, also those within content controls and insertions."""
    for child in element:
        if child.tag == qn(name):
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")}:
            yield from _unwrap(child, name)
