from __future__ import annotations

import numpy as np

from compliance.analyse.classification.implied import Implied, raise_implied

GOALS = ("DA2", "DA3", "KS4.8")
BRINGS = [Implied("KS4.8", "DA2", 0.9)]


def test_a_goal_is_as_likely_as_what_brings_it() -> None:
    raised = raise_implied(np.array([[0.1, 0.2, 0.8], [0.95, 0.2, 0.8]]), GOALS, BRINGS)
    assert raised.predicted.round(4).tolist() == [[0.72, 0.2, 0.8], [0.95, 0.2, 0.8]]
    assert raised.sources.tolist() == [[2, 1, 2], [0, 1, 2]]


def test_what_is_brought_brings_nothing_itself() -> None:
    chain = [*BRINGS, Implied("DA2", "DA3", 1.0)]
    assert raise_implied(np.array([[0.1, 0.0, 0.8]]), GOALS, chain).predicted[0, 1] == 0.1


def test_without_goals_that_bring_others_nothing_changes() -> None:
    given = np.array([[0.1, 0.2, 0.8]])
    raised = raise_implied(given, GOALS, ())
    assert np.array_equal(raised.predicted, given)
    assert raised.sources.tolist() == [[0, 1, 2]]
