"""Facts of a findings case, read from prose and from what the documents are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import make_reading
from compliance.analyse.facts import FactsAnalyser
from compliance.analyse.matching import split_roughly
from compliance.analyse.municipality_facts import MunicipalityFacts, merge_facts
from compliance.guidelines.rules import load_rules
from compliance.records import DocumentType

ANALYSER = FactsAnalyser(load_rules())
CASES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "thesis"


def read_case(*lines: str, municipality: str | None = "Nordvik") -> MunicipalityFacts:
    reading = make_reading(lines, municipality=municipality, document_type=DocumentType.OTHER)
    return merge_facts(ANALYSER.analyse([reading]))


def test_nothing_said_is_none() -> None:
    case = read_case("Hovedplan for vann revideres i 2026.")
    assert case.strategy_status is None
    assert case.samfunnsdel_period is None
    assert case.digital_in_samfunnsdel is None
    assert case.sector_plans == ()


def test_a_strategy_with_its_period_is_adopted() -> None:
    case = read_case("Kommunen har en digitaliseringsstrategi for perioden 2021-2024.")
    assert (case.strategy_status, case.strategy_period) == ("adopted", "2021-2024")


def test_a_strategy_under_way_is_not_adopted() -> None:
    case = read_case("Kommunen har ikke digitaliseringsstrategi. En slik strategi er under utarbeidelse.")
    assert (case.strategy_status, case.strategy_period) == ("in_progress", None)


def test_a_samfunnsdel_without_digitalisation_says_so() -> None:
    case = read_case("I samfunnsdelen 2019-2031 er ikke digitalisering et eget tema.")
    assert (case.samfunnsdel_period, case.digital_in_samfunnsdel) == ("2019-2031", False)


def test_networks_and_funding_need_a_digital_surrounding() -> None:
    digital = read_case("Digitalisering har fått driftsmidler. Vi deltar i Digi Rogaland.")
    assert (digital.funding, digital.regional_networks) == (("drift",), ("Digi Rogaland",))
    assert read_case("Det er satt av driftsmidler til snøbrøyting.").funding == ()


def test_cooperation_without_a_name_counts_only_alone() -> None:
    alone = read_case("Vi har et interkommunalt IKT-samarbeid om drift.")
    named = read_case("Vi har et interkommunalt IKT-samarbeid.", "IKT Fjordland IKS er vertskommune for samarbeidet.")
    assert alone.regional_networks == ("interkommunalt IKT-samarbeid",)
    assert named.regional_networks == ("IKT Fjordland",)


def test_a_fund_that_units_apply_to_is_a_structure() -> None:
    case = read_case("Det er opprettet et digitaliseringsfond som virksomhetene kan søke om midler fra.")
    assert (case.prioritisation_structure, case.funding) == ("digitaliseringsfond", ("fond",))


def test_what_is_only_supposed_is_no_fact() -> None:
    assert read_case("Mye tyder på at fagplan for skole omfatter digitalisering.").sector_plans == ()


@pytest.mark.skipif(not CASES.exists(), reason="the solved cases are not in this checkout")
@pytest.mark.parametrize("name", ["haugesund", "larvik", "porsgrunn"])
def test_solved_case(name: str) -> None:
    text = " ".join((CASES / f"{name}.txt").read_text(encoding="utf-8").split())
    case = read_case(*[text[start:end] for start, end in split_roughly(text)], municipality=name.title())
    expected = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    for field, value in expected.items():
        found = getattr(case, field)
        assert (set(found) if isinstance(found, tuple) else found) == (set(value) if isinstance(value, list) else value)
