"""The themes that all national documents share: as far, and as sure, as the best of their goals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compliance.records import Certainty
from compliance.report.views.themes import show_themes

CLEAR, LIKELY, UNSURE = Certainty.CLEAR, Certainty.LIKELY, Certainty.UNSURE


@pytest.mark.parametrize(
    ("goals", "step", "certainty", "found"),
    [
        pytest.param([(0, CLEAR), (3, LIKELY), (2, CLEAR)], 3, LIKELY, 2, id="the furthest goal tells"),
        pytest.param([(3, UNSURE), (3, CLEAR)], 3, CLEAR, 1, id="of goals as far the surest"),
        pytest.param([(4, UNSURE), (3, CLEAR)], 4, UNSURE, 1, id="an unsure goal makes it unsure"),
        pytest.param([(0, CLEAR), (0, UNSURE)], 0, UNSURE, 0, id="nothing found is as unsure as its least sure goal"),
    ],
)
def test_a_theme_goes_as_far_as_its_best_goal(make_report, goals, step, certainty, found):
    report, _, context = make_report()
    known = report.goals[0]
    views = [
        replace(known, id=f"T{number}", theme="bruker", step=each, certainty=sure)
        for number, (each, sure) in enumerate(goals)
    ]
    (theme,) = show_themes([*views, replace(known, theme=None)], context=context)
    assert (theme.title, theme.step, theme.certainty) == ("Brukeren i sentrum", step, certainty)
    assert (theme.found, theme.goals) == (found, len(goals))
