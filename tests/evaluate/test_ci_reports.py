"""What CI shows: JUnit XML and Markdown."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from compliance.config import ToleranceConfig
from compliance.errors import GoldProblem
from compliance.evaluate.comparison import compare_with
from compliance.evaluate.gold import GoldSet
from compliance.evaluate.junit import format_junit
from compliance.evaluate.lint import Checked
from compliance.evaluate.markdown import MAX_FLIPS, format_markdown
from evaluations import make_baseline, make_evaluation
from gold_folders import make_row

ROWS = [make_row(k, goals=("DA1",), local=True) for k in range(10)]
SPOILT = [make_row(k, local=True) for k in range(10)]
CHECKED = [
    Checked(Path("plan"), GoldSet("plan", ()), ()),
    Checked(Path("sak"), GoldSet("sak", ()), (GoldProblem("avsnittet er tomt", Path("sak/passages.jsonl"), 3),)),
]


def compare(now):
    evaluation = make_evaluation({"plan": (ROWS, now)})
    return evaluation, compare_with(make_baseline({"plan": ROWS}), evaluation, tolerance=ToleranceConfig())


def list_cases(xml):
    """Return each test case's name with the text of its failure, by suite."""
    return {
        suite.get("name"): {case.get("name"): case.findtext("failure") for case in suite}
        for suite in fromstring(xml.encode())
    }


def test_each_folder_is_a_test_case():
    suites = list_cases(format_junit(CHECKED, None))
    assert list(suites) == ["compliance.evaluate.gold"]
    assert suites["compliance.evaluate.gold"]["plan"] is None
    assert "sak/passages.jsonl:3: avsnittet er tomt" in suites["compliance.evaluate.gold"]["sak"]


def test_each_gated_figure_is_a_test_case_with_its_flips():
    _, comparison = compare(SPOILT)
    cases = list_cases(format_junit(CHECKED, comparison))["compliance.evaluate.figures"]
    assert len(cases) == len(comparison.differences)
    assert cases["f1"] is None  # of local
    assert "plan 0: goals DA1: fasit ja, før ja, nå nei" in cases["by_label.DA1"]


def test_suites_count_their_failures():
    _, comparison = compare(SPOILT)
    counts = [suite.get("failures") for suite in fromstring(format_junit(CHECKED, comparison).encode())]
    assert counts == ["1", str(len(comparison.worse))]


def test_summary_shows_figures_alone_without_a_baseline():
    evaluation, _ = compare(ROWS)
    page = format_markdown(evaluation, None)
    assert "| goals.micro_f1 | 1.000 | 1.000–1.000 | 10 |  |" in page
    assert "grunnlinjen" not in page


def test_summary_shows_what_became_worse():
    page = format_markdown(*compare(SPOILT))
    assert "| goals.micro_f1 | 1.000 | 0.000 | -1.000 | -1.000 til -1.000 | 0.03 | **dårligere** |" in page
    assert "## Fra rett til galt: 10" in page
    assert "| plan | 0 | goals DA1 | ja | ja | nei |" in page


@pytest.mark.parametrize(
    ("flipped", "rest"),
    [pytest.param(MAX_FLIPS, None, id="all shown"), pytest.param(MAX_FLIPS + 7, "… og 7 til.", id="the rest counted")],
)
def test_summary_shows_no_more_flips_than_anyone_reads(flipped, rest):
    rows = [make_row(k, local=True) for k in range(flipped)]
    evaluation = make_evaluation({"plan": (rows, [make_row(k) for k in range(flipped)])})
    page = format_markdown(
        evaluation, compare_with(make_baseline({"plan": rows}), evaluation, tolerance=ToleranceConfig())
    )
    assert page.count("| local | ja | ja | nei |") == MAX_FLIPS
    assert ("… og" in page) is bool(rest)
    assert rest is None or rest in page
