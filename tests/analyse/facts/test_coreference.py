"""Which plan a statement is about."""

from __future__ import annotations

import pytest

from analyse.stages import get_scanner
from compliance.analyse.facts.coreference import PlanReader
from compliance.guidelines.cues import PlanKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Digitaliserings- og innovasjonsstrategien er VEDTATT.", PlanKind.STRATEGY, id="strategy"),
        pytest.param("Strategi for bruk av IKT er VEDTATT.", PlanKind.STRATEGY, id="for-ict"),
        pytest.param("Temaplan for digitalisering er VEDTATT.", PlanKind.STRATEGY, id="plan-as-strategy"),
        pytest.param("Strategi for digitalisering av skolene er VEDTATT.", None, id="a-sectors-is-not-it"),
        pytest.param("Innen helse er en strategi for digitalisering VEDTATT.", PlanKind.OTHER, id="sector-before"),
        pytest.param("Planstrategien er VEDTATT.", PlanKind.OTHER, id="planstrategi"),
        pytest.param("Samfunnsdelen til kommuneplanen er VEDTATT.", PlanKind.SAMFUNNSDEL, id="samfunnsdel"),
        pytest.param("Det ble VEDTATT en IKT-strategi.", PlanKind.STRATEGY, id="named-after"),
        pytest.param("Vår IKT-strategi er fulgt av en økonomiplan som er VEDTATT.", PlanKind.OTHER, id="last-before"),
        pytest.param("Møteplanen er lang.", None, id="nothing-said"),
    ],
)
def test_a_statement_belongs_to_the_plan_named_last_before_it(text: str, kind: PlanKind | None) -> None:
    (topics,) = PlanReader(get_scanner()).read([text], municipality="Nordvik")
    start = text.find("VEDTATT")
    owner = topics.find_owner((start, start + 7)) if start >= 0 else None
    assert (owner.kind if owner else None) == kind


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        pytest.param(["Vi har en IKT-strategi."], PlanKind.STRATEGY, id="the-one-before"),
        pytest.param(["Vi har en IKT-strategi.", "Næringsplanen er ny."], PlanKind.STRATEGY, id="another-between"),
        pytest.param(["Næringsplanen er ny."], PlanKind.OTHER, id="none-named"),
        pytest.param(["Vi har en IKT-strategi.", *["Været er fint."] * 4], None, id="too-long-ago"),
    ],
)
def test_the_strategy_is_the_overall_one_where_it_was_named(before: list[str], kind: PlanKind | None) -> None:
    *_, topics = PlanReader(get_scanner()).read([*before, "Strategien er god."], municipality=None)
    assert [each.kind for each in topics.mentions] == ([kind] if kind else [])
