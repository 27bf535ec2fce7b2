from __future__ import annotations

import re

import pytest

from compliance.guidelines.findings import load_findings
from compliance.study.findings import _READERS


def test_every_definition_has_a_reader_and_every_reader_a_definition():
    assert [each.id for each in load_findings()] == list(_READERS)


@pytest.mark.parametrize(
    ("finding", "count", "looser"),
    [
        pytest.param("strategy_valid", 5, 7, id="five have; with the ended and the like one seven"),
        pytest.param("strategy_under_way", 3, None, id="three are making one"),
        pytest.param("strategy_none", 2, 2, id="two have none"),
        pytest.param("strategy_not_found", 0, None, id="nobody is unknown"),
        pytest.param("structures", 2, 2, id="two have structures"),
        pytest.param("strategy_like_template", 3, 3, id="three follow a template"),
    ],
)
def test_the_studys_own_counts_come_out_by_its_definitions(ten_study, finding, count, looser):
    found = {each.id: each for each in ten_study.study.findings}[finding]
    assert (found.count, found.looser_count) == (count, looser)


def test_every_count_leads_to_its_rows(ten_study):
    study = ten_study.study
    for found in study.findings:
        rows = [each for each in study.finding_cases if each.finding == found.id]
        if found.of == len(rows) and found.looser_count is not None:
            assert found.count == sum(each.counts for each in rows)
            assert found.looser_count == sum(each.counts_loosely for each in rows)


def test_the_findings_are_prose_with_the_difference_to_a_looser_definition(ten_study):
    texts = {each.id: each.text for each in ten_study.study.findings}
    assert texts["strategy_valid"] == (
        "Fem av ti kommuner har en egen digitaliseringsstrategi som gjelder. "
        "Med en videre definisjon ville tallet vært 7."
    )
    assert texts["strategy_not_found"] == "For alle ti kommuner er det funnet ut om det finnes en strategi."


def test_shares_have_one_set_or_the_themes_as_denominator(sample_study):
    study = sample_study.study
    rows = [each for each in study.finding_cases if each.finding == "own_binding_goals"]
    assert len({re.search(r" av \d+", each.reason)[0] for each in rows}) == 1
    themes = [each for each in study.finding_cases if each.finding == "own_binding_themes"]
    assert {re.search(r" av \d+", each.reason)[0] for each in themes} == {" av 5"}
