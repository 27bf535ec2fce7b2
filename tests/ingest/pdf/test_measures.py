"""A measure, its owner, its year and its sum come out as one row, however the table is drawn."""

from __future__ import annotations

import pymupdf
import pytest
from tests.ingest.pdf.drawn_tables import HEADER, MEASURES, TablePen
from tests.ingest.pdf.lines_by_hand import print_pages, read_pdf

from compliance.records import BlockKind

RULES = ["all", "rows", "columns", "shaded", "none"]


def read_rows(content: bytes) -> list[tuple[str, ...]]:
    return [block.table.cells for block in read_pdf(content).blocks if block.table]


@pytest.mark.parametrize("rules", RULES)
def test_a_measure_of_several_lines_is_one_row(rules: str) -> None:
    content = print_pages(lambda page: TablePen(page, rules).draw(MEASURES))
    assert read_rows(content) == [HEADER, *MEASURES]


@pytest.mark.parametrize("rules", RULES)
def test_a_label_over_two_lines_is_whole(rules: str) -> None:
    measures = [("Samhandling med sykehus og fastleger", *row[1:]) for row in MEASURES]
    content = print_pages(lambda page: TablePen(page, rules).draw(measures))
    assert read_rows(content) == [HEADER, *measures]


@pytest.mark.parametrize("rules", RULES)
def test_the_header_holds_on_the_next_page(rules: str) -> None:
    def write_second(page: pymupdf.Page) -> None:
        TablePen(page, rules, y=60).draw([*MEASURES, *MEASURES], header=None)

    content = print_pages(lambda page: TablePen(page, rules, y=600).draw(MEASURES), write_second)
    headers = [block.table.header for block in read_pdf(content).blocks if block.table]
    assert headers == [(), *[HEADER] * 12]


def test_a_sum_round_which_alone_rules_stand_keeps_the_rows_above() -> None:
    amounts = [
        ("Skole", "212", "214"),
        ("Barnehage", "118", "117"),
        ("Sum oppvekst", "330", "331"),
        ("Helse", "90", "95"),
    ]

    def write(page: pymupdf.Page) -> None:
        for row, cells in enumerate([("Område", "2025", "2026"), *amounts]):
            for x, text in zip((60, 300, 400), cells, strict=True):
                page.insert_text((x, 100 + 14 * row), text, fontsize=9)
        for y in (90, 104, 132, 146, 160):
            page.draw_line((58, y), (500, y))

    assert read_rows(print_pages(write)) == [("Område", "2025", "2026"), *amounts]


def test_running_text_in_three_columns_is_no_table() -> None:
    def write(page: pymupdf.Page) -> None:
        for x in (50, 220, 390):
            page.insert_text((x, 100), "Om tjenestene", fontsize=10, fontname="hebo")
            page.insert_textbox((x, 110, x + 150, 400), "Kommunen skal dele data med alle som spør. " * 6, fontsize=10)

    assert not any(block.kind is BlockKind.TABLE_ROW for block in read_pdf(print_pages(write)).blocks)
