from __future__ import annotations

import pytest

from compliance.ingest.list_headings import find_list_headings

MEASURES = ["a. Kommunen skal dele data.", "b. Kommunen skal lære av andre."]


@pytest.mark.parametrize(
    ("pieces", "depths"),
    [
        pytest.param(["1. Folk", *MEASURES, "2. Prosjekter", *MEASURES], {0: 1, 3: 1}, id="groups"),
        pytest.param(["Ressurser", "1. Folk", *MEASURES, "2. Penger", *MEASURES], {0: 1, 1: 2, 4: 2}, id="block"),
        pytest.param(["1. Folk", *MEASURES], {}, id="one group alone"),
        pytest.param(["1. Folk", *MEASURES, "5. Prosjekter", *MEASURES], {}, id="numbers that do not follow"),
        pytest.param(["Kommunen skal", "1. Folk", *MEASURES, "2. Penger", *MEASURES], {1: 1, 4: 1}, id="lead-in"),
        pytest.param(["1. Vi deler data.", *MEASURES, "2. Vi lærer.", *MEASURES], {}, id="sentences"),
    ],
)
def test_what_stands_over_measures_heads_them(pieces: list[str], depths: dict[int, int]) -> None:
    assert find_list_headings(pieces, pieces) == depths
