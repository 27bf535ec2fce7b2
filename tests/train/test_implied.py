from __future__ import annotations

import numpy as np

from compliance.analyse.classification.implied import Implied
from compliance.train.implied import LEAST, find_implied

GOALS = ("DA2", "KS4.8")


def count(*, both: int, alone: int, other: int = 100) -> np.ndarray:
    """Return targets with so many passages that have both goals, KS4.8 alone, DA2 alone."""
    rows = [[1, 1]] * both + [[0, 1]] * alone + [[1, 0]] * other
    return np.array(rows, np.float32)


def test_a_goal_that_readers_nearly_always_give_with_another_brings_it() -> None:
    assert find_implied(count(both=39, alone=1), GOALS) == (Implied("KS4.8", "DA2", 0.975),)


def test_one_that_often_stands_alone_does_not() -> None:
    assert find_implied(count(both=36, alone=4), GOALS) == ()


def test_a_few_passages_show_nothing() -> None:
    assert find_implied(count(both=LEAST - 1, alone=0), GOALS) == ()
