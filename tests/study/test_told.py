"""What a researcher's notes, or other plans, tell of a municipality's strategy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analyse.stages import read_facts
from builders import make_reading
from compliance.analyse.matching.terms import split_roughly
from compliance.records import DocumentType
from compliance.records.study import InventoryState, StrategyState, StudyDocument
from compliance.study.placing import index_readings
from compliance.study.status import Material, judge_strategy


def judge(text: str) -> StrategyState:
    reading = make_reading([text], municipality="Nordvik", document_type=DocumentType.OTHER)
    reading = replace(reading, passages=(replace(reading.passages[0], sentences=split_roughly(text)),))
    name = reading.document.id
    notes = StudyDocument(name, "Nordvik", "other", "Notat", "n.txt", "", None, None, InventoryState.HELD, 9, None)
    material = Material("Nordvik", [notes], {name: read_facts(reading)}, [], index_readings([reading]))
    return judge_strategy(material, as_of=date(2020, 9, 15))


@pytest.mark.parametrize(
    ("text", "status", "period", "has_expired"),
    [
        pytest.param(
            "Digitaliseringsstrategien for 2012–2016 er gått ut, men ble avløst av en digitaliseringsstrategi for "
            "2018–2022.",
            "valid", "2018-2022", True, id="the one that took over",
        ),
        pytest.param(
            "Den forrige digitaliseringsstrategien gjaldt for 2016–2019, men et forslag til ny digitaliseringsstrategi "
            "for 2020–2024 ble sendt på høring. Visjonen i høringsutkastet er kort.",
            "draft", "2020-2024", True, id="a draft that was read",
        ),
        pytest.param(
            "Arbeidet med en digitaliseringsstrategi er i gang. Det finnes ikke noe utkast vi kunne få lese.",
            "under_way", None, False, id="no draft to read",
        ),
        pytest.param(
            "Digitaliseringsstrategien gikk ut i 2018.", "expired", None, True, id="an end without a beginning"
        ),
        pytest.param(
            "Kommunen hadde en digitaliseringsstrategi for 2014–2017, men i juni vedtok kommunestyret at en ny "
            "digitaliseringsstrategi skal lages.",
            "under_way", None, True, id="made anew",
        ),
        pytest.param(
            "Kommunen har ingen gjeldende digitaliseringsstrategi. Den siste dekket årene 2014–2017.",
            "expired", "2014-2017", True, id="none since the last",
        ),
        pytest.param(
            "Digital strategi 2017–2020 er framleis i kraft, men skal rullerast til hausten.",
            "valid", "2017-2020", False, id="in force",
        ),
        pytest.param(
            "Nabokommunen har en digitaliseringsstrategi for 2019–2022.",
            "not_found", None, False, id="a neighbour's",
        ),
        pytest.param(
            "Noen vedtatt digitaliseringsstrategi finnes ikke, men formannskapet ga administrasjonen i oppdrag å lage "
            "en.",
            "under_way", None, False, id="ordered",
        ),
        pytest.param(
            "Kommunen har en digitaliseringsstrategi for 2018–2021. Strategien for neste periode legges fram når den "
            "er vedtatt.",
            "valid", "2018-2021", False, id="in force though a new one comes",
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_a_strategy(text: str, status: str, period: str | None, has_expired: bool) -> None:
    state = judge(text)
    assert (state.status.value, state.period, state.has_expired) == (status, period, has_expired)


@pytest.mark.parametrize(
    ("text", "equivalent"),
    [
        pytest.param("«Utviklingsprogrammet 2018–2021» fungerer som kommunens digitaliseringsstrategi.", True, id="is"),
        pytest.param("I stedet viser de til et program som «gjør samme nytten».", True, id="the same use"),
        pytest.param("De viser til en IKT-plan som dekker det samme.", True, id="covers the same"),
        pytest.param("Det finnes heller ikke noe dokument som fyller samme funksjon.", False, id="denied"),
    ],
)
def test_a_plan_in_a_strategys_place_is_no_strategy(text: str, equivalent: bool) -> None:
    state = judge(f"Kommunen har ingen digitaliseringsstrategi. {text}")
    assert (state.status.value, state.period, state.equivalent is not None) == ("none", None, equivalent)
