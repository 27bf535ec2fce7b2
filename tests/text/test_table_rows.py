"""Table rows as text."""

from __future__ import annotations

import pytest

from compliance.records import TableRow
from compliance.text.table_rows import join_cells, render_row

HEADER = ("Tiltak", "2021", "Ansvar")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        pytest.param(
            TableRow(HEADER, ("Nettbrett", "1 200", "Rektor"), unit="1000 kr"),
            "Tiltak: Nettbrett · 2021: 1 200 · Ansvar: Rektor (1000 kr)",
            id="header-and-unit",
        ),
        pytest.param(TableRow((), ("Nettbrett", "1 200")), "Nettbrett · 1 200", id="no-header"),
        pytest.param(TableRow(HEADER, ("Nettbrett", "", "Rektor")), "Tiltak: Nettbrett · Ansvar: Rektor", id="empty"),
        pytest.param(
            TableRow(("", "1000 kr"), ("Sum", "5"), unit="1000 kr"), "Sum · 1000 kr: 5", id="unit-said-already"
        ),
        pytest.param(TableRow((), ("", ""), unit="1000 kr"), "", id="nothing-to-say"),
    ],
)
def test_rows_are_rendered_with_their_headers(row: TableRow, text: str) -> None:
    assert render_row(row) == text


def test_cells_stay_apart_in_the_text() -> None:
    assert join_cells(["Sum", "", "1 200", "1 300"]) == "Sum\t1 200\t1 300"
