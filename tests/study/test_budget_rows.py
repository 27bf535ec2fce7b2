"""Which row of a budget a promise is paid by."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.config import Config
from compliance.pipeline import read_file
from compliance.study.budget_rows import BudgetRows

BUDGET = """# Økonomiplan 2025–2028 for Nordvik kommune

| Nr | Tiltak | 2025 | 2026 |
|---|---|---|---|
| D01 | Digitalt tilsyn natt i hele kommunen, lisenser | 1 650 | 1 650 |
| D02 | Felles IKT-drift med to nabokommuner | 1 150 | 1 150 |
| D03 | Avvikling av gamle fagsystemer | -400 | -400 |
| D04 | Digitale tjenester | 200 | 200 |
| D05 | Sum tiltak | 2 600 | 2 600 |
"""


@pytest.mark.parametrize(
    ("promise", "sums", "row"),
    [
        pytest.param("Digitalt tilsyn om natta skal tilbys i alle soner innen 2026.", [], "D01", id="most of its name"),
        pytest.param("Digitalt tilsyn i alle soner", [1_650_000], "D01", id="two words and the sum"),
        pytest.param("Digitalt tilsyn i alle soner", [900_000], None, id="two words and another sum"),
        pytest.param("Vi går inn i felles IKT-drift med nabokommunene.", [], "D02", id="a compound with a hyphen"),
        pytest.param("Gamle fagsystemer skal avvikles.", [], None, id="a saving pays nothing"),
        pytest.param("Alle skal få digitale tjenester.", [], None, id="words that name no thing"),
    ],
)
def test_a_promise_is_tied_to_the_row_that_names_it(
    tmp_path: Path, promise: str, sums: list[int], row: str | None
) -> None:
    path = tmp_path / "plan.md"
    path.write_text(BUDGET, encoding="utf-8")
    found = BudgetRows([read_file(path, config=Config())]).find(promise, frozenset(sums))
    assert (found[0].text[:3] if found else None) == row
