"""Cases: what is right, and what is refused."""

from __future__ import annotations

import json

import pytest

from compliance.evaluate.facts import compare_case, is_right, read_cases, summarise_cases
from compliance.evaluate.gold import load_gold
from compliance.records import Fact


@pytest.mark.parametrize(
    ("name", "gold", "found", "right"),
    [
        pytest.param("municipality", "Skarvøya", "skarvøya", True, id="case does not matter"),
        pytest.param("municipality", "Skarvøya", "Skarv", False, id="a part is not the whole"),
        pytest.param("prioritisation_structure", "Digitaliseringsråd", "digitaliseringsrådet", True, id="contained"),
        pytest.param("strategy_period", None, None, True, id="null with null"),
        pytest.param("strategy_period", None, "2020-2023", False, id="null with a value"),
        pytest.param("strategy_period", "2020-2023", None, False, id="a value with null"),
        pytest.param("funding", ["drift", "fond"], ("fond", "drift"), True, id="lists as sets"),
        pytest.param("funding", [], ("fond",), False, id="one too many"),
        pytest.param("digital_in_samfunnsdel", False, False, True, id="false is an answer"),
        pytest.param("digital_in_samfunnsdel", None, False, False, id="false is not null"),
    ],
)
def test_is_right(name, gold, found, right):
    assert is_right(name, gold, found) is right


def write_case(folder, facts, name="skarvoya"):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text("Skarvøya kommune har et fond.", encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")


def test_fields_are_compared_with_the_merged_facts(tmp_path):
    write_case(tmp_path, {"funding": ["fond"], "strategy_period": "2020-2023"})
    (case,), _ = read_cases(tmp_path)
    results = list(compare_case(case, [Fact("d", "d:0000", "funding", "fond", ())]))
    assert dict(results) == {"funding": True, "strategy_period": False}
    assert summarise_cases(results)["accuracy"].value == 0.5


def test_folder_with_only_cases_is_a_gold_set(tmp_path):
    write_case(tmp_path / "cases", {"funding": []})
    assert [case.name for case in load_gold(tmp_path).cases] == ["skarvoya"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param('{"mayor": "Ola"}', "mayor", id="unknown field"),
        pytest.param("ikke json", "ikke gyldig JSON", id="not JSON"),
        pytest.param("[]", "navngitte felt", id="not an object"),
        pytest.param(None, "mangler", id="no facts"),
    ],
)
def test_case_that_cannot_be_used_is_told_of(tmp_path, content, said):
    write_case(tmp_path, {})
    facts = tmp_path / "skarvoya.json"
    facts.unlink() if content is None else facts.write_text(content, encoding="utf-8")
    cases, (problem,) = read_cases(tmp_path)
    assert cases == ()
    assert said in str(problem)
