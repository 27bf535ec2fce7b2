"""A line a document: what it says of goals, and whose words it shares, counted in the database."""

from __future__ import annotations

import pytest

from builders import make_reading, save_corpus
from compliance.records import Assessment, Run, Score, ScoreSubject
from compliance.store.runs import open_run

RUN = Run("r", "1", "c", "m", (), "2026-01-01T00:00:00+00:00", None)


@pytest.mark.parametrize(
    ("values", "mentioned", "committed"),
    [
        pytest.param((0, 0), 0, 0, id="nothing said"),
        pytest.param((1, 2), 2, 0, id="said, not committed to"),
        pytest.param((0, 3, 4), 2, 2, id="committed to"),
    ],
)
def test_goals_are_counted_by_score(values, mentioned, committed, tmp_path):
    reading = make_reading(["Kommunen skal dele data."])
    scores = tuple(
        Score(reading.document.id, ScoreSubject.GOAL, f"DA{number}", value, "rule", ())
        for number, value in enumerate(values)
    )
    element = Score(reading.document.id, ScoreSubject.ELEMENT, "actors", 4, "rule", ())
    with open_run(tmp_path) as store:
        store.start(RUN)
        store.save_reading(reading, records=(), config_sha256="c")
        save_corpus(store, spans=(), assessment=Assessment((*scores, element), ()), key="k")
        (line,) = store.summarise()
    assert (line.goals, line.goals_mentioned, line.goals_committed) == (len(values), mentioned, committed)
    assert (line.pages, line.passages, line.municipality) == (1, 1, None)
    assert (line.national_spans, line.municipal_spans) == (0, 0)
