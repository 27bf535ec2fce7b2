"""The descriptions in corpus/cases, read as `compliance evaluate` reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.analyse.facts.analyser import FactsAnalyser
from compliance.config import Config
from compliance.evaluate.facts import compare_case, read_cases
from compliance.guidelines.rules import load_rules
from compliance.pipeline import read_file

CASES = Path(__file__).resolve().parents[2] / "corpus" / "cases"
FLOOR = 0.97  # of the fields; a lower share means that a change of rules broke what was mended (docs/analyse.md)


@pytest.mark.parametrize("half", ["dev", "test", "later"])
def test_facts_of_the_written_cases_stay_right(half: str) -> None:
    cases, problems = read_cases(CASES / half / "cases")
    analyser = FactsAnalyser(load_rules())
    right = [
        is_right
        for case in cases
        for _, is_right in compare_case(case, analyser.analyse([read_file(case.text, config=Config())]))
    ]
    assert not problems
    assert sum(right) / len(right) >= FLOOR
