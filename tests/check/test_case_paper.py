"""The half page for the case paper."""

from types import SimpleNamespace

from compliance.check.case_paper import MAX_GOALS, _name
from compliance.report.catalogue import load_catalogue


def name_goals(*names: str) -> str:
    goals = [SimpleNamespace(short=SimpleNamespace(text=name)) for name in names]
    return "".join(_name("case.missing", goals, load_catalogue("nb")))


def test_goals_that_share_a_name_are_counted_as_the_report_counts_them():
    names = [f"mål {letter}" for letter in "abcdefghij"]  # ten names of twelve goals
    told = name_goals(*names, "mål a", "mål j")
    assert names[MAX_GOALS - 1] in told
    assert names[MAX_GOALS] not in told
    assert "4 mål til" in told  # with the eight that are named: twelve


def test_few_goals_are_all_named_once():
    told = name_goals("mål a", "mål b", "mål a")
    assert told.count("mål a") == 1
    assert "til" not in told.split("mål b")[1]
