from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import make_line, stack

from compliance.ingest.pdf.line_numbers import find_line_numbers

TEXT = [
    "Kommunen skal dele data",
    "med alle som spør, og",
    "gi råd om bruken av dem",
    "Det gjelder også for",
    "nye tjenester i kommunen",
]


def number(values: list[int], x: float = 50) -> list[str]:
    numbers = [make_line(str(value), x, 100 + 12 * row, width=12) for row, value in enumerate(values)]
    return [line.text for line in find_line_numbers([*numbers, *stack(TEXT, 85)])]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([1, 2, 3, 4, 5], id="from one"),
        pytest.param([132, 133, 134, 135, 136], id="running on from the page before"),
    ],
)
def test_numbers_beside_the_lines_are_found(values: list[int]) -> None:
    assert number(values) == list(map(str, values))


@pytest.mark.parametrize(
    ("values", "x"),
    [
        pytest.param([120, 85, 240, 12, 99], 50, id="amounts do not count"),
        pytest.param([1, 2, 3], 50, id="three numbers are a list"),
        pytest.param([1, 2, 3, 4, 5], 120, id="numbers within the text"),
    ],
)
def test_other_numbers_stay_in_the_text(values: list[int], x: float) -> None:
    assert number(values, x) == []


def test_every_fifth_line_may_be_numbered() -> None:
    numbers = [make_line(str(5 * row), 50, 100 + 60 * (row - 1), width=12) for row in range(1, 7)]
    text = [make_line("dele data med alle", 85, 100 + 12 * row, width=200) for row in range(26)]
    assert len(find_line_numbers([*numbers, *text])) == 6


def test_years_beside_cells_of_several_lines_stay() -> None:
    years = [make_line(str(2026 + row), 400, 100 + 24 * row, width=20) for row in range(5)]
    cells = [line for row in range(5) for line in stack(["Kommunen skal dele", "data med alle"], 85, 100 + 24 * row)]
    assert find_line_numbers([*years, *cells]) == []


def test_the_numbers_of_a_tables_rows_stay() -> None:
    rows = ["Digital byggesak", "Felles drift", "Ny nettside", "Åpne data", "Kurs for lærere"]
    numbers = [make_line(str(row + 1), 50, 100 + 12 * row, width=12) for row in range(5)]
    assert find_line_numbers([*numbers, *stack(rows, 85)]) == []
