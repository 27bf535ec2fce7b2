"""A grid of cells becomes table rows with their header, unit and title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from compliance.ingest.draft import DraftBlock
from compliance.ingest.patterns import find_unit
from compliance.records import BlockKind, Box, TableRow
from compliance.text.table_rows import join_cells

Grid = Sequence[Sequence[str]]

_NUMBER = re.compile(r"[-–−+]?\s?\d[\d\s.,]*(?:%|kr)?|[-–]")
_MAX_TITLE = 120  # characters
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class TableSettings:
    """What is known of a table beside its cells."""

    header_rows: int | None = None  # as the file marks them; None: judged by the cells
    title: str | None = None
    boxes: Sequence[tuple[Box, ...]] = ()  # one entry a row, where the format knows places
    boxed: bool = False


def build_table_blocks(grid: Grid, settings: TableSettings) -> list[DraftBlock]:
    """Return a block for each row that has words or numbers in it; the header's rows have no header of their own.

    The header's rows become one: of a merged header cell and those under it, each column takes both ("2025 Budsjett").
    Columns that are empty throughout are left out, and rows are filled up to the same length.
    """
    rows = _drop_empty_columns(_even_out(grid))
    count = _count_header_rows(rows) if settings.header_rows is None else min(settings.header_rows, len(rows) - 1)
    header = tuple(_merge_labels(labels) for labels in zip(*rows[:count], strict=True))
    unit = find_unit(" ".join([settings.title or "", *header]))
    blocks = []
    for index, cells in enumerate(map(_blank_repeats, rows)):
        boxes = settings.boxes[index] if index < len(settings.boxes) else ()
        table = TableRow(header if index >= count else (), cells, unit=unit, title=settings.title)
        text = join_cells(cells)
        blocks.append(DraftBlock(BlockKind.TABLE_ROW, text, boxes=boxes, table=table, boxed=settings.boxed))
    return blocks


def find_table_title(above: Sequence[DraftBlock]) -> str | None:
    """Return what the blocks above a table say of it: its caption, a line with its unit, or both."""
    title: list[str] = []
    for block in reversed(above[-2:]):
        if block.kind is BlockKind.CAPTION:
            return " ".join([block.text, *title])
        if block.kind is not BlockKind.PARAGRAPH or title or not _names_unit(block.text):
            break
        title.insert(0, block.text)
    return title[0] if title else None


def _names_unit(text: str) -> bool:
    about_table = not text.endswith(".") or "tabell" in text.casefold()
    return len(text) <= _MAX_TITLE and about_table and find_unit(text) is not None


def looks_like_number(cell: str) -> bool:
    """Tell whether a cell holds an amount: "1 200", "-3,5", "12 %"; a year is a label, not an amount."""
    return bool(_NUMBER.fullmatch(cell.strip())) and not _YEAR.fullmatch(cell.strip())


def _blank_repeats(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the cells with a merged cell, which stands in every column it spans, only in its first."""
    return tuple(
        "" if index and cell == cells[index - 1] and not _is_value(cell) else cell for index, cell in enumerate(cells)
    )


def _is_value(cell: str) -> bool:
    return any(map(str.isdigit, cell)) or len(cell) <= 3  # equal neighbours may well be two values


def _even_out(grid: Grid) -> list[tuple[str, ...]]:
    width = max((len(row) for row in grid), default=0)
    return [tuple(row) + ("",) * (width - len(row)) for row in grid]


def _drop_empty_columns(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    used = [column for column in range(len(rows[0]) if rows else 0) if any(row[column] for row in rows)]
    return [tuple(row[column] for column in used) for row in rows if any(row)]


def _count_header_rows(rows: list[tuple[str, ...]]) -> int:
    """Return how many rows read as labels: none; the first; or the first two, where the first has merged cells.

    Labels fill their row, hold no amounts and stand over rows that differ from them.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    first, below = rows[0], rows[1:]
    if any(map(looks_like_number, first)) or sum(map(bool, first)) < len(first) * 0.6 or not any(first[1:]):
        return 0
    merged = any(left == right != "" for left, right in pairwise(first))
    if merged and len(below) > 1 and not any(map(looks_like_number, below[0])):
        return 2
    if any(looks_like_number(cell) for row in below for cell in row[1:]):
        return 1
    longest = max(len(cell) for cell in first)
    return 1 if longest <= 60 and not any(cell.endswith((".", "!", "?")) for cell in first if len(cell) > 12) else 0


def _merge_labels(labels: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, labels)))
