"""When an item's time is over: by the processor where the system tells it, else by the clock."""

from __future__ import annotations

import pytest

from compliance.runs import time_limit
from compliance.runs.time_limit import MOST_BY_CLOCK, TimeLimit, read_own_seconds, read_processor_seconds


def write_stat(folder, process, *, session, ticks):
    (folder / str(process)).mkdir()
    fields = f"S 1 {process} {session} 0 -1 4194560 1 0 0 0 {ticks} {ticks} {ticks} {ticks} 20 0 1 0"
    (folder / str(process) / "stat").write_text(f"{process} (a ) 9 b) {fields}", encoding="ascii")


def test_time_of_a_session_is_that_of_its_processes_and_their_ended_children(tmp_path, monkeypatch):
    monkeypatch.setattr(time_limit, "_TICKS", 100)
    for process, session in ((7, 7), (8, 7), (9, 9)):
        write_stat(tmp_path, process, session=session, ticks=25)
    (tmp_path / "self").mkdir()
    assert read_processor_seconds(7, tmp_path) == 2.0
    assert read_own_seconds(7, tmp_path) == 1.0


def test_time_of_a_process_that_the_system_does_not_tell_of_is_unknown(tmp_path):
    assert read_processor_seconds(7, tmp_path) is None
    assert read_own_seconds(7, tmp_path) is None


@pytest.mark.parametrize(
    ("passed", "used", "over"),
    [
        pytest.param(60, 5.0, False, id="other programs had most of the time"),
        pytest.param(60, 61.0, True, id="it had its time"),
        pytest.param(60, 0.0, True, id="it stands still"),
        pytest.param(60 * MOST_BY_CLOCK, 59.0, True, id="the clock has its own limit"),
        pytest.param(60, None, True, id="the clock alone decides where the system does not tell"),
    ],
)
def test_item_is_over_its_time(monkeypatch, passed, used, over):
    monkeypatch.setattr(time_limit, "read_own_seconds", lambda _: 100.0)
    limit = TimeLimit.begin(7, 60)
    begun = time_limit.time.monotonic()
    monkeypatch.setattr(time_limit.time, "monotonic", lambda: begun + passed)
    monkeypatch.setattr(time_limit, "read_processor_seconds", lambda _: None if used is None else 100.0 + used)
    assert limit.is_over() is over
    assert (limit.deadline > begun + passed) is not over
