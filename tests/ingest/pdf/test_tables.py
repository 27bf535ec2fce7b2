"""Tables with and without rules: rows, headers, units, merged cells."""

from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import draw_grid, make_line, make_page, stack

from compliance.ingest.pdf.borderless_tables import find_borderless_tables
from compliance.ingest.pdf.lines import Area, Line
from compliance.ingest.pdf.tables import find_ruled_tables, is_number

COLUMNS = (75.0, 205.0, 285.0)
CELLS = [("Tiltak", "2025", "2026"), ("Prosjekt", "1 200", "900"), ("Lisenser", "350", "420")]


def print_cells(cells: list[tuple[str, ...]], *, bold_first: bool = True) -> list[Line]:
    return [
        make_line(text, x, 104 + 20 * row, bold=bold_first and row == 0)
        for row, texts in enumerate(cells)
        for text, x in zip(texts, COLUMNS, strict=False)
        if text
    ]


GRID = draw_grid((70, 200, 280, 360), (100, 120, 140, 160))


def test_a_ruled_table_gives_rows_and_header() -> None:
    [table] = find_ruled_tables(make_page(print_cells(CELLS), rules=GRID))
    assert [row.cells for row in table.rows] == CELLS
    assert table.header == ("Tiltak", "2025", "2026")


def test_a_cell_of_two_lines_is_one_cell() -> None:
    lines = [*print_cells(CELLS), make_line("og mer", 75, 149, size=8)]
    [table] = find_ruled_tables(make_page(lines, rules=draw_grid((70, 200, 280, 360), (100, 120, 140, 162))))
    assert table.rows[2].cells[0] == "Lisenser og mer"


def test_a_merged_header_covers_its_columns() -> None:
    rules = [rule for rule in GRID if not (rule.x0 == rule.x1 == 280)] + [Area(280, 120, 280, 160)]
    lines = [make_line("Tiltak", 75, 104, bold=True), make_line("Budsjett", 205, 104, bold=True)]
    lines += print_cells([("", "", ""), ("", "2025", "2026"), ("Lisenser", "350", "420")])[0:]
    [table] = find_ruled_tables(make_page(lines, rules=rules))
    assert table.header == ("Tiltak", "Budsjett 2025", "Budsjett 2026")


def test_rules_between_rows_are_enough() -> None:
    rules = [Area(70, y, 360, y) for y in (100, 120, 140, 160)]
    [table] = find_ruled_tables(make_page(print_cells(CELLS), rules=rules))
    assert [row.cells for row in table.rows] == CELLS


def test_shaded_cells_make_a_grid() -> None:
    fills = [Area(x, y, right, y + 19) for y in (100, 120, 140) for x, right in ((70, 199), (200, 279), (280, 360))]
    [table] = find_ruled_tables(make_page(print_cells(CELLS), fills=tuple(fills)))
    assert len(table.rows) == 3


def test_a_frame_around_text_is_no_table() -> None:
    lines = stack(["En ramme rundt tekst", "som går over flere linjer"], 80, 110)
    assert find_ruled_tables(make_page(lines, rules=draw_grid((70, 400), (100, 150)))) == []


def test_numbers_under_each_other_make_a_table() -> None:
    [table] = find_borderless_tables(print_cells([*CELLS, ("Sum", "1 550", "1 320")]), 1)
    assert table.header == ("Tiltak", "2025", "2026")
    assert table.rows[-1].text.split("\t") == ["Sum", "1 550", "1 320"]


def test_a_label_read_together_with_its_amount_is_parted() -> None:
    cells = [("Lønn", "100"), ("Pensjon", "200"), ("", ""), ("Drift", "400"), ("Reiser", "50")]
    lines = [*print_cells(cells), make_line("Forsikring og avgifter 300", 75, 144, width=150)]
    [table] = find_borderless_tables(lines, 1)
    assert ("Forsikring og avgifter", "300") in [row.cells for row in table.rows]


def test_text_in_two_columns_is_no_table() -> None:
    left = stack(["Kommunen vil i 2025 satse på gode tjenester"] * 6, 72, width=220)
    right = stack(["Innbyggerne skal i 2026 møte en digital kommune"] * 6, 320, width=220)
    assert find_borderless_tables(left + right, 1) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 200", True),
        ("-3,5 %", True),
        ("(400)", True),
        ("–", True),
        ("2025", True),
        ("4 tiltak", False),
        ("A", False),
    ],
)
def test_amounts_are_told_from_words(text: str, expected: bool) -> None:
    assert is_number(text) is expected
