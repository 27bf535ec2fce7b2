"""The half page for the case paper."""

from types import SimpleNamespace

import pytest

from compliance.check.case_paper import MAX_GOALS, _name, write_case_paper
from compliance.report.catalogue import load_catalogue
from compliance.report.views.actions import Action, ActionKind
from compliance.report.views.voice import Genre, Status, Voice


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


def make_report(*, status: Status, noun: str) -> SimpleNamespace:
    goal = SimpleNamespace(sure=True, step=4, short=SimpleNamespace(text="Deling av data"))
    return SimpleNamespace(
        verdict=SimpleNamespace(sentence="Dom."),
        goals=[goal],
        voice=Voice(Genre.PLAN, status),
        noun=noun,
        actions=[Action(ActionKind.SOURCE, "Føy til kilden.", "kap. 2", "", ())],
        sets=[SimpleNamespace(short="Strategien til KS")],
    )


@pytest.mark.parametrize(
    ("status", "noun", "opens"),
    [
        (Status.DRAFT, "Utkastet", "Åpent før behandling:"),
        (Status.ADOPTED, "Strategien", "Åpent til planen revideres:"),
        (Status.UNKNOWN, "Planen", "Åpne spørsmål:"),
    ],
)
def test_an_adopted_plan_is_no_draft_and_waits_for_no_decision(status, noun, opens):
    paper = write_case_paper(make_report(status=status, noun=noun), texts=load_catalogue("nb"))
    assert f"{noun} sier hvem, når eller hvor mye om deling av data." in paper
    assert opens in paper
    assert ("Utkast" in paper, "behandling" in paper) == (status is Status.DRAFT, status is Status.DRAFT)
