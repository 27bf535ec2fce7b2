"""Grids become rows that a reader understands on their own."""

from __future__ import annotations

import pytest

from compliance.ingest.draft import DraftBlock
from compliance.ingest.tables import TableSettings, build_table_blocks, find_table_title, looks_like_number
from compliance.records import BlockKind


def build(*rows: tuple[str, ...], header_rows: int | None = None) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    blocks = build_table_blocks(rows, TableSettings(header_rows))
    return [(block.table.header, block.table.cells) for block in blocks if block.table]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        pytest.param([("Tiltak", "2025"), ("Fiber", "300")], ("Tiltak", "2025"), id="labels-over-amounts"),
        pytest.param([("Tiltak", "Ansvar"), ("Fiber", "Teknisk")], ("Tiltak", "Ansvar"), id="labels-over-words"),
        pytest.param([("Fiber", "300"), ("Nett", "200")], (), id="amounts-from-the-start"),
        pytest.param([("", "2025", "2026"), ("Fiber", "1", "2")], ("", "2025", "2026"), id="empty-corner"),
        pytest.param([("Fiber", "Ansvar")], (), id="one-row"),
        pytest.param(
            [("Tiltak", "Budsjett", "Budsjett"), ("Tiltak", "2025", "2026"), ("Fiber", "1", "2")],
            ("Tiltak", "Budsjett 2025", "Budsjett 2026"),
            id="merged-labels-over-labels",
        ),
        pytest.param([("Vi skal legge fiber i hele kommunen.", "Nå."), ("a", "b")], (), id="sentences-are-no-labels"),
    ],
)
def test_the_header_is_told_by_its_cells(rows: list[tuple[str, ...]], header: tuple[str, ...]) -> None:
    assert build(*rows)[-1][0] == header


def test_empty_columns_and_rows_are_left_out_and_short_rows_filled_up() -> None:
    assert build(("A", "", "B"), ("", "", ""), ("x",), header_rows=1) == [((), ("A", "B")), (("A", "B"), ("x", ""))]


def test_equal_amounts_beside_each_other_both_stay() -> None:
    assert build(("Tiltak", "2025", "2026"), ("Fiber", "1 200", "1 200"))[-1][1] == ("Fiber", "1 200", "1 200")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1 200", True), ("-3,5", True), ("12 %", True), ("–", True), ("2025", False), ("Sum", False)],
)
def test_years_are_labels_and_amounts_are_not(cell: str, expected: bool) -> None:
    assert looks_like_number(cell) is expected


def test_the_caption_and_the_line_with_the_unit_name_the_table() -> None:
    caption = DraftBlock(BlockKind.CAPTION, "Tabell 1: Drift")
    unit = DraftBlock(BlockKind.PARAGRAPH, "Tall i 1000 kr")
    prose = DraftBlock(BlockKind.PARAGRAPH, "Vi bruker 300 mill. kr på dette.")
    assert find_table_title([caption, unit]) == "Tabell 1: Drift Tall i 1000 kr"
    assert find_table_title([prose, unit]) == "Tall i 1000 kr"
    assert find_table_title([caption, prose]) is None
