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
        pytest.param([5, 10, 15, 20, 25], id="every fifth"),
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


def test_the_numbers_of_a_tables_rows_stay() -> None:
    rows = ["Digital byggesak", "Felles drift", "Ny nettside", "Åpne data", "Kurs for lærere"]
    numbers = [make_line(str(row + 1), 50, 100 + 12 * row, width=12) for row in range(5)]
    assert find_line_numbers([*numbers, *stack(rows, 85)]) == []
