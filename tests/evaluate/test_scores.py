from __future__ import annotations

import json

import pytest

from compliance.evaluate.gold_scores import read_gold_scores
from compliance.evaluate.scores import compare_scores, list_assessed
from compliance.records import Assessment, Certainty, CriterionAnswer, Score, ScoreSubject


def cells(*values: int) -> dict[str, dict[str, int]]:
    return {"goals": {f"G{number}": value for number, value in enumerate(values)}}


def test_figures_of_all_cells_together_and_of_the_lowest_document() -> None:
    figures = compare_scores([(cells(0, 4, 0, 4), cells(0, 4, 0, 4)), (cells(0, 4, 0, 4), cells(4, 4, 0, 4))])["goals"]
    assert figures["equal"].value == 0.875
    assert figures["within_one"].value == 0.875
    assert figures["mean_signed"].value == 0.5
    assert figures["kappa"].value == 0.75
    assert figures["lowest"].value == 0.5
    assert figures["kappa"].n == 8


def test_two_readers_stand_beside_ours() -> None:
    pair = (cells(0, 4), cells(0, 4))
    figures = compare_scores([pair], readers=[(cells(0, 4), cells(0, 2))])["goals"]
    assert figures["readers"]["equal"].value == 0.5


def test_a_part_without_cells_is_absent() -> None:
    assert list(compare_scores([(cells(1), cells(1))])) == ["goals"]


def test_the_system_s_values_are_taken_by_part() -> None:
    certain = (Certainty.CLEAR, (1.0, 0.0))
    assessment = Assessment(
        scores=(Score("d", ScoreSubject.GOAL, "DA1", 3, "r", ()), Score("d", ScoreSubject.ELEMENT, "W1", 2, "r", ())),
        criteria=(CriterionAnswer("d", "W1.a", 1, *certain, ()),),
    )
    assert list_assessed(assessment) == {"goals": {"DA1": 3}, "elements": {"W1": 2}, "criteria": {"W1.a": 1}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param({"reader": "A"}, "goals", id="a-part-is-missing"),
        pytest.param(
            {"reader": "A", "goals": {"DA1": {"score": 5, "passages": []}}, "criteria": {}, "elements": {}},
            "goals.DA1.score",
            id="a-score-above-4",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path, content, message) -> None:
    (tmp_path / "scores.json").write_text(json.dumps(content), encoding="utf-8")
    scores, problems = read_gold_scores(tmp_path)
    assert scores is None
    assert message in problems[0].message
