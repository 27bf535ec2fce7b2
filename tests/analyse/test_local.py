"""What only this municipality could have written."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.analyse.local import LocalAnalyser
from compliance.config import AnalyseConfig
from compliance.guidelines.rules import load_rules

ANALYSER = LocalAnalyser(load_rules(), AnalyseConfig())


def is_local(text: str, *, municipality: str | None = "Nordvik") -> bool:
    return bool(ANALYSER.analyse([make_reading([text], municipality=municipality)]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Velferdsteknologi tas i bruk på Storneset og Fjellgrenda.", id="own-places"),
        pytest.param("Kommunestyret vedtok planen i sak 45/24.", id="own-decision"),
        pytest.param("Folketallet i Nordvik var 3 412 ved årsskiftet.", id="own-figure"),
    ],
)
def test_own_world_is_local(text: str) -> None:
    assert is_local(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Nordvik kommune skal tilby gode digitale tjenester.", id="bare-municipality-name"),
        pytest.param("Regjeringen og Digdir samarbeider i Norge.", id="national-names"),
        pytest.param("Digitalisering handler om å fornye og forenkle.", id="general"),
        pytest.param("Model from the University of Agder and Harvard.", id="foreign-reference"),
    ],
)
def test_what_anyone_could_write_is_not(text: str) -> None:
    assert not is_local(text)


def test_a_document_without_a_municipality_is_nobodys_own() -> None:
    assert not is_local("Velferdsteknologi tas i bruk på Storneset.", municipality=None)
