"""Who sits in a body, what limits a fund, and whom a plan says it builds on."""

from __future__ import annotations

import pytest

from analyse.stages import read_facts
from builders import Line, make_reading
from compliance.records import BlockKind, DocumentType

ITEM, HEADING = BlockKind.LIST_ITEM, BlockKind.HEADING


def read_field(field: str, *lines: Line) -> list[str]:
    reading = make_reading(lines, municipality="Nordvik", document_type=DocumentType.DIGITALISERINGSSTRATEGI)
    return [fact.value for fact in read_facts(reading) if fact.field == field]


FOUR = "Porteføljestyret: kommunedirektøren, to kommunalsjefer, IKT-lederen, hovedverneombudet"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            (
                "Porteføljestyret består av:",
                (ITEM, "kommunedirektøren"),
                (ITEM, "to kommunalsjefer,"),
                (ITEM, "IKT-lederen"),
                (ITEM, "hovedverneombudet."),
            ),
            id="list",
        ),
        pytest.param(
            ("Porteføljestyret består av kommunedirektøren, to kommunalsjefer, IKT-lederen og hovedverneombudet.",),
            id="sentence",
        ),
    ],
)
def test_a_body_has_its_four_roles(lines) -> None:
    assert read_field("body_members", *lines) == [FOUR]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Strategien består av fire deler og ett vedlegg.", id="a-plan"),
        pytest.param("Rådet mener at arbeidet i kommunen består av møter.", id="work"),
    ],
)
def test_what_is_no_body_has_no_members(text) -> None:
    assert read_field("body_members", text) == []


def test_a_fund_has_two_limits_and_no_sum() -> None:
    lines = (
        "Det opprettes et digitaliseringsfond. Fondet skal kunne brukes til digitale prosjekter:",
        (ITEM, "Prosjekter som dukker opp i året. Kostnadene skal ikke overstige 15 % av fondet – målt 1.1."),
        (ITEM, "Lisenser i andre enheter."),
        (ITEM, "Ubrukte midler kan overføres mellom budsjettår."),
    )
    assert read_field("fund_limit", *lines) == ["ikke overstige 15 % av fondet", "kan overføres mellom budsjettår"]
    assert read_field("funding_sum", *lines) == []


def test_a_limit_of_something_else_is_no_funds() -> None:
    assert read_field("fund_limit", "Digitale skjemaer skal ikke ta mer enn 5 minutter.") == []


def test_a_note_names_those_that_the_plan_builds_on() -> None:
    lines = (
        "1 Tilnærmingen ligger tett opp under strategien fra Skarvøya, Granlia og Lillevik kommuner.",
        "Strategien bygger på arbeidet i Asker og Indre Østfold.",
    )
    assert read_field("models", *lines) == ["Skarvøya", "Granlia", "Lillevik", "Asker", "Indre Østfold"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Det kom innspill til strategien fra Lillevik kommune.", id="a-hearing"),
        pytest.param("Strategien bygger på samfunnsdelen til Nordvik kommune.", id="its-own"),
        pytest.param("Strategien bygger på Digital agenda for Norge.", id="national"),
    ],
)
def test_others_that_are_named_are_no_models(text) -> None:
    assert read_field("models", text) == []


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        pytest.param("Digitale prosjekter som koster mer enn 150 000 kroner, skal innom styret.", [], id="a limit"),
        pytest.param("Digitale prosjekt over 200 000 kroner skal innom styret.", [], id="a limit with over"),
        pytest.param("Det er satt av 300 000 kroner til digitale prosjekter.", ["300000"], id="a sum"),
    ],
)
def test_what_a_rule_holds_for_is_no_sum(text: str, sums: list[str]) -> None:
    assert read_field("funding_sum", text) == sums
