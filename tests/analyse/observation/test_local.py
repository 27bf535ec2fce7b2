"""What only this municipality could have written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyse.stages import find_by_rules
from builders import make_reading
from compliance.records import Task


def is_local(text: str, *, municipality: str | None = "Nordvik", county: str | None = None) -> bool:
    reading = make_reading([text], municipality=municipality)
    reading = replace(reading, profile=replace(reading.profile, county=county))
    return bool(find_by_rules(reading, Task.LOCAL))


def list_signs(text: str) -> set[str]:
    reading = make_reading([text], municipality="Nordvik")
    return {item.code or item.reference for finding in find_by_rules(reading, Task.LOCAL) for item in finding.evidence}


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


def test_a_place_in_another_county_is_not_ones_own() -> None:
    text = "Det er langt å gå fra Oslo til Hammerfest."
    assert is_local(text.replace("Hammerfest", "Fjellgrenda"), county="Agder")
    assert not is_local(text, county="Agder")


def test_who_is_cited_is_not_ones_own() -> None:
    assert not is_local("Veksten er beskrevet i en rapport fra Langøy. (Kilde Langøy)")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param("I Nordvik har 412 skjermer kommet på plass.", True, id="number"),
        pytest.param("I Nordvik kom skjermene på plass i 2018.", False, id="year"),
        pytest.param("Ring oss i Nordvik på 67 05 90 00 hver dag.", False, id="telephone-number"),
        pytest.param("Besøksadresse: Torget 1, 1482 Nordvik og i Nordvik sentrum.", False, id="address"),
    ],
)
def test_only_what_counts_something_is_a_figure(text: str, counts: bool) -> None:
    assert ("own_figure" in list_signs(text)) is counts
