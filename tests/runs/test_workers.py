"""Work in processes: every item comes back, and none can stop, outlive or harm the others."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from compliance.errors import ModelError, WorkerError
from compliance.runs.worker import Standby
from compliance.runs.worker_process import OutOfMemory
from compliance.runs.workers import MAX_FAILED_STARTS, OverTime, WorkerCrashed, WorkerLimits, WorkerPool
from processes import HANGS_AFTER, die_at_three, die_once, end_parent, hang_at_three, is_alive, wait_until

AMPLE = WorkerLimits(seconds=60)


def double(number, allow):
    return 2 * number


def compute(seconds, allow):
    """Compute for so long by the processor's time, with rests in between as a busy machine gives them."""
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        step = time.process_time()
        while time.process_time() - step < 0.03:
            pass
        time.sleep(0.07)
    return seconds


def ask_for_memory(megabytes, allow):
    return len(bytearray(megabytes * 1_000_000))


def raise_model_error(number, allow):
    raise ModelError("modellen mangler")


def tell_process(number, allow):
    return os.getpid()


def tell_how_often_garbage_is_looked_for(number, allow):
    return gc.get_threshold()[0]


def die_at_start():
    os._exit(9)


def die_at_first_start(mark):
    if not mark.exists():
        mark.touch()
        os._exit(9)


def tell_command(number, allow):
    """Return how this process was started, what it does at SIGTERM, and how many numeric threads it may have."""
    command = Path("/proc/self/cmdline").read_text(encoding="utf-8")
    return command, signal.getsignal(signal.SIGTERM), os.environ["OMP_NUM_THREADS"]


def wait_for_ever(folder, allow):
    (folder / str(os.getpid())).touch()
    time.sleep(600)


def test_every_item_comes_back_with_its_result():
    pool = WorkerPool(double, 2, AMPLE)
    assert sorted(pool.run(range(5))) == [(k, 2 * k) for k in range(5)]


def test_one_process_keeps_the_order():
    assert [item for item, _ in WorkerPool(double, 1, AMPLE).run(range(5))] == list(range(5))


def test_item_that_kills_its_process_is_named_and_the_rest_go_on():
    results = dict(WorkerPool(die_at_three, 2, AMPLE).run(range(6)))
    assert results.pop(3) == WorkerCrashed()
    assert results == {k: k for k in (0, 1, 2, 4, 5)}


def test_item_whose_process_was_killed_is_tried_once_more(tmp_path):
    assert list(WorkerPool(die_once, 1, AMPLE).run([tmp_path])) == [(tmp_path, "done")]


def test_item_over_the_time_that_its_work_allows_is_named_and_the_rest_go_on():
    results = dict(WorkerPool(hang_at_three, 2, AMPLE).run(range(6)))
    assert results.pop(3) == OverTime(HANGS_AFTER)
    assert results == {k: k for k in (0, 1, 2, 4, 5)}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock alone decides")
def test_item_on_a_busy_machine_has_its_time_by_the_processor():
    pool = WorkerPool(compute, 1, WorkerLimits(seconds=1.5))
    assert list(pool.run([0.8])) == [(0.8, 0.8)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock alone decides")
def test_item_over_its_time_by_the_processor_is_named():
    pool = WorkerPool(compute, 1, WorkerLimits(seconds=0.3))
    assert list(pool.run([60])) == [(60, OverTime(0.3))]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_item_over_its_memory_is_named_and_the_rest_go_on():
    pool = WorkerPool(ask_for_memory, 1, WorkerLimits(seconds=60, memory_bytes=300_000_000))
    assert list(pool.run([1, 2000, 2])) == [(1, 1_000_000), (2000, OutOfMemory()), (2, 2_000_000)]


def test_error_of_the_work_ends_the_run():
    with pytest.raises(ModelError, match="modellen mangler"):
        list(WorkerPool(raise_model_error, 1, AMPLE).run([1]))


def test_process_is_replaced_after_so_many_items():
    pool = WorkerPool(tell_process, 1, WorkerLimits(seconds=60, items=2))
    first, second, third = (process for _, process in pool.run([1, 2, 3]))
    assert first == second != third


def test_processes_that_die_before_their_first_item_end_the_run():
    with pytest.raises(WorkerError, match=f"{MAX_FAILED_STARTS} ganger"):
        list(WorkerPool(double, 1, AMPLE, prepare=die_at_start).run([1, 2]))


def start_with(item, pool):
    """Start a process of the pool that begins with an item."""
    standby = Standby()
    standby.workers.append(pool.start(standby))
    standby.workers[0].give(item, pool.make_job(), AMPLE.seconds)
    return standby


def test_a_process_begins_with_what_it_was_given_at_its_start(tmp_path):
    pool = WorkerPool(tell_process, 1, AMPLE)
    standby = start_with(2, pool)
    (ahead,) = standby.workers
    results = list(pool.run([1, 2, 3], standby=standby))
    assert [item for item, _ in results] == [2, 1, 3]
    assert {process for _, process in results} == {ahead.process.pid}
    standby.close()


def test_a_process_that_was_given_what_nobody_asks_for_ends():
    pool = WorkerPool(tell_process, 1, AMPLE)
    standby = start_with(7, pool)
    (ahead,) = standby.workers
    ((item, process),) = pool.run([1], standby=standby)
    assert item == 1
    assert process != ahead.process.pid
    assert not ahead.process.is_alive()
    standby.close()


def test_an_item_is_not_blamed_for_a_process_that_never_became_ready(tmp_path):
    pool = WorkerPool(double, 1, AMPLE, prepare=partial(die_at_first_start, tmp_path / "mark"))
    standby = start_with(4, pool)
    assert list(pool.run([4], standby=standby)) == [(4, 8)]
    standby.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every process starts from nothing")
@pytest.mark.parametrize(("load", "copied"), [("", True), ("import numpy", False)], ids=["small", "with-threads"])
def test_a_process_is_a_copy_of_a_small_parent_and_of_no_other(load, copied):
    program = (
        f"import signal; {load}\n"
        "from test_workers import AMPLE, WorkerPool, tell_command\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGTERM, lambda *_: None)\n"
        "    print(list(WorkerPool(tell_command, 1, AMPLE).run([1])))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert ("spawn_main" not in done.stdout) == copied, done.stdout
    assert "SIG_DFL" in done.stdout
    assert f"'{os.cpu_count()}'" in done.stdout


def test_no_items_start_no_process():
    assert list(WorkerPool(double, 1, AMPLE).run([])) == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "terminate"])
def test_processes_end_with_their_parent(tmp_path, number):
    program = (
        "import sys; from pathlib import Path\n"
        "from test_workers import AMPLE, WorkerPool, wait_for_ever\n"
        "if __name__ == '__main__':\n"
        "    list(WorkerPool(wait_for_ever, 2, AMPLE).run([Path(sys.argv[1])]))\n"
    )
    (worker,) = end_parent(program, tmp_path, number=number, children=1)
    wait_until(lambda: not is_alive(worker))


PYTHONS_OWN = 700  # new objects between two looks, before anything sets it: this process may have by now


def test_processes_look_for_garbage_more_seldom_than_python_does() -> None:
    pool = WorkerPool(tell_how_often_garbage_is_looked_for, 1, AMPLE)
    ((_, objects),) = pool.run([1])
    assert objects > PYTHONS_OWN
