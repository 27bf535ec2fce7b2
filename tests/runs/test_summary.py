"""A line a document: what it says of goals, and whose words it shares."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.records import Results, Run, Score, ScoreSubject
from compliance.runs.summary import summarise_run

RUN = Run("r", "1", "c", "m", (), "2026-01-01T00:00:00+00:00", None)


@pytest.mark.parametrize(
    ("values", "mentioned", "committed"),
    [
        pytest.param((0, 0), 0, 0, id="nothing said"),
        pytest.param((1, 2), 2, 0, id="said, not committed to"),
        pytest.param((0, 3, 4), 2, 2, id="committed to"),
    ],
)
def test_goals_are_counted_by_score(values, mentioned, committed):
    reading = make_reading(["Kommunen skal dele data."])
    scores = tuple(
        Score(reading.document.id, ScoreSubject.GOAL, f"DA{number}", value, "rule", ())
        for number, value in enumerate(values)
    )
    element = Score(reading.document.id, ScoreSubject.ELEMENT, "actors", 4, "rule", ())
    (line,) = summarise_run(Results(RUN, (reading,), (), (), (), (*scores, element), ()))
    assert (line.goals, line.goals_mentioned, line.goals_committed) == (len(values), mentioned, committed)
    assert (line.pages, line.passages, line.municipality) == (1, 1, None)
