"""Strategies that a decision keeps in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.config import Config
from compliance.pipeline import read_file
from compliance.records.study import InventoryState, StudyDocument
from compliance.study.documents import judge_state
from compliance.study.placing import index_readings
from compliance.study.prolonging import find_prolongations, prolong

DAY = date(2024, 6, 1)
DECIDED = "\n\n## Vedtak\n\nInnstillingen ble enstemmig vedtatt."
CASE = "# Sak: Digitaliseringsstrategien\n\n## Innstilling\n\nStrategien forlenges ut 2025."


def make_document(name: str, kind: str, *, period: str | None = None) -> StudyDocument:
    state = judge_state("adopted", period, None, as_of=DAY)
    return StudyDocument(name, "Nordvik", kind, name, name, "adopted", period, None, state, 100, None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("Kommunestyret vedtok å forlenge digitaliseringsstrategien ut 2025.", "2020-2025", id="to a year"),
        pytest.param("IKT-strategien er forlenga med to år.", "2020-2025", id="by years"),
        pytest.param(
            "Digitaliseringsstrategi 2020–2023 er forlenget til og med 2024.", "2020-2024", id="named by its years"
        ),
        pytest.param(CASE + DECIDED, "2020-2025", id="proposed and adopted"),
        pytest.param(CASE, None, id="only proposed"),
        pytest.param("Det vurderes å forlenge digitaliseringsstrategien ut 2025.", None, id="only considered"),
        pytest.param("Digitaliseringsstrategien blir ikke forlenget ut 2025.", None, id="refused"),
        pytest.param("Digitaliseringsstrategi 2016–2019 ble forlenget ut 2020.", None, id="another"),
        pytest.param("Strategien for helse og velferdsteknologi forlenges ut 2025.", None, id="a sector's"),
    ],
)
def test_a_decision_makes_a_strategy_last_longer(tmp_path: Path, text: str, period: str | None) -> None:
    path = tmp_path / "sak.md"
    path.write_text(text + "\n", encoding="utf-8")
    reading = read_file(path, config=Config())
    paper = make_document(reading.document.id, "other")
    strategy = make_document("strategi", "digitaliseringsstrategi", period="2020-2023")
    found = find_prolongations([paper], index_readings([reading]))
    longer = next(each for each in prolong([strategy, paper], found, as_of=DAY) if each.document_id == "strategi")
    assert longer.period == (period or "2020-2023")
    assert longer.state is (InventoryState.HELD if period else InventoryState.EXPIRED)
