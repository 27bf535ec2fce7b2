"""Whose a document is where several municipalities made it together."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.config import Config
from compliance.pipeline import read_file
from compliance.study.owners import UNOWNED, read_owners


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        pytest.param("# Digitaliseringsstrategi for Nordvik kommune 2020–2023", ("Nordvik",), id="one"),
        pytest.param(
            "# Felles digitaliseringsstrategi for kommunene Askevik, Bregnes og Ytre Dyr",
            ("Askevik", "Bregnes", "Ytre Dyr"),
            id="listed in the title",
        ),
        pytest.param("# IKT-strategi for Hol og Gol 2020–2023", ("3330", "3324"), id="known by name"),
        pytest.param(
            "# Digital strategi for Fjellregionen\n\nStrategien er felles for Askevik og Bregnes kommuner.",
            ("Askevik", "Bregnes"),
            id="said in the opening",
        ),
        pytest.param(
            "# Digitaliseringsstrategi for Nordvik kommune\n\n"
            + "Strategien følger opp arbeidet som kommunen har gjort de siste årene. " * 3
            + "Vi samarbeider med kommunene Askevik og Bregnes.",
            ("Nordvik",),
            id="partners are no owners",
        ),
        pytest.param(
            "# Digitaliseringsstrategien for Fjellregionen\n\nVedtatt av kommunedirektørene\n\n"
            "Kari Moe\n\nAskevik kommune\n\nOla Lie\n\nYtre Dyr kommune",
            ("Askevik", "Ytre Dyr"),
            id="signed on the cover",
        ),
        pytest.param(
            "# Digitaliseringsstrategi 2020–2023\n\nNordmark fylkeskommune skal digitalisere.",
            ("Nordmark fylkeskommune",),
            id="a county's",
        ),
        pytest.param("# Strategi for drift og utvikling", (UNOWNED,), id="nobody's"),
    ],
)
def test_owners_are_those_the_cover_names(tmp_path: Path, text: str, owners: tuple[str, ...]) -> None:
    path = tmp_path / "plan.md"
    path.write_text(text + "\n", encoding="utf-8")
    assert read_owners(read_file(path, config=Config())) == owners
