"""eGovWSF elements: the most central first, never more than three."""

from __future__ import annotations

import pytest

from analyse.stages import find_by_rules
from builders import make_reading
from compliance.analyse.classification.decide import MAX_ELEMENTS
from compliance.records import Task


def find(text: str) -> list[str]:
    return [finding.label for finding in find_by_rules(make_reading([text]), Task.ELEMENTS)]


@pytest.mark.parametrize(
    ("text", "element"),
    [
        pytest.param("Folketallet øker, og befolkningsutviklingen krever omstilling.", "W1", id="W1"),
        pytest.param("Regjeringen og departementet gir nasjonale føringer.", "W2", id="W2"),
        pytest.param("Personvernforordningen og arkivloven stiller krav.", "W3", id="W3"),
        pytest.param("Kommunen bygger ut bredbånd og mobildekning.", "W4", id="W4"),
        pytest.param("Innbyggerne får bedre livskvalitet og mestring.", "W5", id="W5"),
        pytest.param("Vi samarbeider med næringsliv og frivillige.", "W6", id="W6"),
        pytest.param("Selvbetjening og digitale skjemaer på nettsidene.", "W7", id="W7"),
        pytest.param("Saksbehandling og arbeidsprosesser automatiseres.", "W8", id="W8"),
        pytest.param("Ledere og ansatte får opplæring.", "W9", id="W9"),
        pytest.param("Arkiv, dokumentasjon og informasjonsflyt.", "W10", id="W10"),
        pytest.param("Sensorer, roboter og nye fagsystemer.", "W11", id="W11"),
        pytest.param("Økonomiplanen og handlingsplanen følger opp strategien.", "W12", id="W12"),
    ],
)
def test_element_is_the_most_central(text: str, element: str) -> None:
    assert find(text)[0] == element


def test_no_more_than_three() -> None:
    text = (
        "Regjeringen vil at ansatte og innbyggere bruker bredbånd, sensorer, arkiv, digitale skjemaer, "
        "saksbehandling og budsjett til bedre livskvalitet."
    )
    assert len(find(text)) == MAX_ELEMENTS


def test_nothing_is_found_in_nothing() -> None:
    assert find("Ja.") == []
