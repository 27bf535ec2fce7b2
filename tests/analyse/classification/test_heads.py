from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from compliance.analyse.classification.heads import Features, Head, expit, logit, stack_features
from compliance.analyse.classification.ordinal import class_probabilities, median_class
from compliance.records import Level

HEAD = Head(
    features=("meaning", "terms"),
    labels=("DA1", "DA2"),
    centre=np.array([1.0, 0.0]),
    spread=np.array([2.0, 1.0]),
    weights=np.array([3.0, -1.0]),
    bias=np.array([0.5, -0.5]),
    threshold=0.5,
)


def test_a_label_is_judged_by_shared_weights_and_its_own_bias() -> None:
    features = Features(HEAD.features, np.array([[[3.0, 2.0], [3.0, 2.0]]]))
    assert HEAD.predict(features) == pytest.approx(expit(np.array([[3.0 - 2.0 + 0.5, 3.0 - 2.0 - 0.5]])))


def test_the_explanation_adds_up_to_the_score_weightiest_first() -> None:
    features = Features(HEAD.features, np.array([[[3.0, 2.0], [5.0, 9.0]]]))
    (told,) = HEAD.explain(features, [(0, 1)])
    assert [name for name, _ in told] == ["terms", "meaning"]
    assert sum(added for _, added in told) + HEAD.bias[1] == pytest.approx(logit(HEAD.predict(features))[0, 1])


def test_columns_of_one_value_a_passage_hold_for_every_label() -> None:
    columns = [("a", np.array([[1.0, 2.0]])), ("b", np.array([[7.0]]))]
    assert stack_features(columns, (1, 2)).values.tolist() == [[[1.0, 7.0], [2.0, 7.0]]]


@given(arrays(np.float64, (5, 4), elements=st.floats(0, 1)))
def test_levels_share_one_probability_whatever_the_steps_say(steps) -> None:
    shares = class_probabilities(steps)
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert (shares >= 0).all()


@pytest.mark.parametrize(
    ("steps", "level"),
    [
        pytest.param([0.1, 0.05, 0.0, 0.0], Level.NONE, id="below-the-first-step"),
        pytest.param([0.9, 0.2, 0.1, 0.0], Level.BACKGROUND, id="above-one"),
        pytest.param([0.9, 0.8, 0.7, 0.6], Level.CONCRETE, id="above-all"),
        pytest.param([0.9, 0.3, 0.8, 0.1], Level.BACKGROUND, id="a-step-is-no-likelier-than-the-one-below"),
    ],
)
def test_the_median_level_is_chosen(steps, level) -> None:
    assert median_class(np.array([steps])) == [level]
