"""Processes that stay between two jobs, and those that are split off from one that has loaded everything."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from compliance.errors import ModelError, WorkerError
from compliance.runs.template import CAN_SPLIT, Template
from compliance.runs.worker import ITEMS_STANDBY, Standby, choose_processes
from compliance.runs.workers import OverTime, WorkerCrashed, WorkerLimits, WorkerPool
from processes import HANGS_AFTER, die_at_three, die_once, end_parent, hang_at_three, is_alive, wait_until

AMPLE = WorkerLimits(seconds=60)
only_where_split = pytest.mark.skipif(not CAN_SPLIT, reason="processes are split on Linux only")
loaded = {}
opened = []


def load():
    loaded["by"] = os.getpid()


def fail_to_load():
    raise ModelError("modellen mangler")


def die_at_start():
    os._exit(9)


def tell_process(number, allow):
    return os.getpid(), loaded.get("by")


def meet_another(folder, allow):
    """Tell which process this is once another has been here too, so that none does all the work."""
    (folder / str(os.getpid())).touch()
    wait_until(lambda: len([*folder.iterdir()]) > 1)
    return os.getpid(), loaded.get("by")


def open_something(number, allow):
    opened.append(number)
    return os.getpid()


def close_opened():
    opened.clear()


def tell_opened(number, allow):
    return tuple(opened)


def start_program(folder, allow):
    child = subprocess.Popen(["sleep", "600"])
    (folder / f"{os.getpid()}-{child.pid}").touch()
    time.sleep(600)


@pytest.fixture
def standby():
    standby = Standby()
    yield standby
    standby.close()


@pytest.fixture
def template(standby):
    standby.template = Template.start(load, threads=1)
    return standby


def test_processes_stay_for_the_next_job(standby, tmp_path):
    pool, meetings = WorkerPool(meet_another, 2, AMPLE), [tmp_path / "first", tmp_path / "second"]
    for folder in meetings:
        folder.mkdir()
    first, second = ({process for _, (process, _) in pool.run([each] * 6, standby=standby)} for each in meetings)
    assert first == second
    assert len(first) == 2


def test_what_a_job_has_opened_is_closed_before_its_owner_goes_on(standby):
    pool = WorkerPool(open_something, 1, AMPLE, let_go=close_opened)
    assert len(list(pool.run([1, 2], standby=standby))) == 2
    assert list(WorkerPool(tell_opened, 1, AMPLE).run([3], standby=standby)) == [(3, ())]


def test_process_that_dies_while_it_waits_costs_no_item(standby):
    ((_, (process, _)),) = WorkerPool(tell_process, 1, AMPLE).run([1], standby=standby)
    os.kill(process, signal.SIGKILL)
    ((_, (other, _)),) = WorkerPool(tell_process, 1, AMPLE).run([2], standby=standby)
    assert other != process


def test_processes_end_when_nobody_needs_them_any_more(standby):
    ((_, (process, _)),) = WorkerPool(tell_process, 1, AMPLE).run([1], standby=standby)
    standby.close()
    assert not Path(f"/proc/{process}").exists()


@only_where_split
def test_split_processes_have_what_their_template_loaded(template, tmp_path):
    pool = WorkerPool(meet_another, 2, AMPLE)
    found = [answer for _, answer in pool.run([tmp_path] * 6, standby=template)]
    assert {by for _, by in found} == {template.template.process.pid}
    assert len({process for process, _ in found}) == 2


@only_where_split
def test_fault_in_loading_a_template_ends_the_run(standby):
    standby.template = Template.start(fail_to_load, threads=1)
    with pytest.raises(ModelError, match="modellen mangler"):
        list(WorkerPool(tell_process, 2, AMPLE).run([1, 2], standby=standby))


@only_where_split
def test_template_that_dies_ends_the_run(standby):
    standby.template = Template.start(die_at_start, threads=1)
    with pytest.raises(WorkerError):
        list(WorkerPool(tell_process, 1, AMPLE).run([1, 2], standby=standby))


@only_where_split
def test_split_process_that_dies_or_hangs_is_named_and_the_rest_go_on(template):
    results = dict(WorkerPool(die_at_three, 2, AMPLE).run(range(6), standby=template))
    assert results == {k: WorkerCrashed() if k == 3 else k for k in range(6)}
    results = dict(WorkerPool(hang_at_three, 2, AMPLE).run(range(6), standby=template))
    assert results == {k: OverTime(HANGS_AFTER) if k == 3 else k for k in range(6)}


@only_where_split
def test_item_whose_split_process_was_killed_is_tried_once_more(template, tmp_path):
    assert list(WorkerPool(die_once, 1, AMPLE).run([tmp_path], standby=template)) == [(tmp_path, "done")]


@only_where_split
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "terminate"])
def test_split_processes_end_with_the_parent_of_their_template(tmp_path, number):
    program = (
        "import sys; from pathlib import Path\n"
        "from test_worker import *\n"
        "if __name__ == '__main__':\n"
        "    standby = Standby(template=Template.start(load, threads=1))\n"
        "    list(WorkerPool(start_program, 2, AMPLE).run([Path(sys.argv[1])] * 2, standby=standby))\n"
    )
    names = end_parent(program, tmp_path, number=number, children=2)
    workers = [name.partition("-")[0] for name in names]
    wait_until(lambda: not any(map(is_alive, workers)))


@pytest.mark.parametrize(
    ("documents", "waiting", "expected"),
    [
        pytest.param(30, 0, 3, id="enough to start others"),
        pytest.param(10, 0, 1, id="too few to start others"),
        pytest.param(10, 2, 2, id="enough for those that wait"),
        pytest.param(ITEMS_STANDBY - 1, 2, 0, id="too few for those that wait"),
        pytest.param(60, 2, 4, id="more than those that wait, at most what the settings say"),
    ],
)
def test_saved_documents_are_worked_on_in_as_many_processes_as_they_are_worth(documents, waiting, expected):
    standby = Standby([None] * waiting)
    assert choose_processes(documents, most=4, standby=standby) == expected
