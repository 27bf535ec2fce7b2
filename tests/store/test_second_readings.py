"""What a second reader says is kept as it was said, and goes with its document or with the next run."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.records import Level, ReaderOutcome, Run, SecondGoal, SecondReading
from compliance.store.runs import open_run

READING = make_reading(["Kommunen skal dele åpne data."])
ANSWERED = SecondReading(
    document_id=READING.document.id,
    passage_id=READING.passages[0].id,
    outcome=ReaderOutcome.ANSWERED,
    doubts=(("KS5.1", 0.41), ("DA5", 0.25)),
    goals=(SecondGoal("KS5.1", 9, 28),),
    level=Level.COMMITMENT,
    model="leser-1",
    prompt_sha256="p" * 64,
    address="http://127.0.0.1:8080/v1",
    detail="",
)
SILENT = SecondReading(
    document_id=READING.document.id,
    passage_id=READING.passages[0].id,
    outcome=ReaderOutcome.FAILED,
    doubts=(("KS5.1", 0.41),),
    goals=(),
    level=None,
    model="leser-1",
    prompt_sha256="p" * 64,
    address="",
    detail="Svaret kom ikke innen 120 sekunder.",
)


@pytest.fixture
def store(tmp_path):
    with open_run(tmp_path) as opened:
        opened.start(Run("r", "0.1.0", "c", "m@1", ("ks@2017",), "2026-01-01T00:00:00+00:00", None))
        opened.save_reading(READING, records=[], config_sha256="c")
        opened.save_second_readings([ANSWERED, SILENT])
        yield opened


def test_what_is_loaded_equals_what_was_saved(store) -> None:
    assert store.load_results().second_readings == (ANSWERED, SILENT)


def test_the_next_run_takes_the_place_of_this(store) -> None:
    store.save_second_readings([SILENT])
    assert store.load_results().second_readings == (SILENT,)
    store.save_second_readings([])
    assert store.load_results().second_readings == ()


def test_it_goes_with_its_document(store) -> None:
    store.remove_documents([READING.document.id])
    assert store.load_results().second_readings == ()
