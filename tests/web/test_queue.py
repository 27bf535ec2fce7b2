"""Work in a process that may die: the job says so, and the next one is done."""

from __future__ import annotations

import sys
import time

import pytest

from compliance.config import Config, override
from compliance.web import queue as module
from compliance.web.jobs import ENDED, JobState, JobStore
from compliance.web.queue import JobQueue
from processes import wait_until

DONE = """
import sys
from pathlib import Path
from compliance.web.jobs import JobState, JobStore
store = JobStore(Path(sys.argv[1]))
store.move(store.load(sys.argv[2]), JobState.DONE)
"""


@pytest.fixture
def store(tmp_path):
    return JobStore(tmp_path)


def run(store, monkeypatch, program, *, config=None):
    """Let the queue do every job with a program of the test's own, and wait for the end of it."""
    work_with(program, monkeypatch)
    queue = JobQueue(store, config or Config())
    queue.start()
    deadline = time.monotonic() + 60
    while is_at_work(store) and time.monotonic() < deadline:
        time.sleep(0.05)
    queue.stop()


def work_with(program, monkeypatch):
    popen = module.subprocess.Popen
    monkeypatch.setattr(
        module.subprocess, "Popen", lambda command, **rest: popen([sys.executable, "-c", program, *command[3:]], **rest)
    )


def is_at_work(store):
    """Whether a job is unfinished, or a folder is left of one that is being deleted."""
    ended = [job for job in store.list_all() if job.state in ENDED]
    return len(ended) < len(list(store.folder.iterdir()))


def test_a_process_that_dies_costs_its_own_job(store, monkeypatch):
    first, second = store.add("a.pdf"), store.add("b.pdf")
    program = f"import os, signal, sys\nif sys.argv[2] == {first.id!r}: os.kill(os.getpid(), signal.SIGKILL)\n{DONE}"
    run(store, monkeypatch, program)
    assert store.load(first.id).state is JobState.FAILED
    assert "stanset" in store.load(first.id).message
    assert store.load(second.id).state is JobState.DONE


def test_a_process_that_never_ends_is_ended(store, monkeypatch):
    monkeypatch.setattr(module, "_SLACK_SECONDS", 0)
    job = store.add("a.pdf")
    config = override(Config(), {"run.document_seconds": 1.0, "run.page_seconds": 0.0})
    run(store, monkeypatch, "import time; time.sleep(600)", config=config)
    assert "minutter" in store.load(job.id).message


def test_a_job_asked_for_again_before_its_process_has_ended_is_done_again(store, monkeypatch, tmp_path_factory):
    job, notes = store.add("a.pdf"), tmp_path_factory.mktemp("notes")
    program = f"""
import time
{DONE.replace("store.move(", "state = store.load(sys.argv[2]).state; store.move(")}
notes = Path({str(notes)!r})
with (notes / "seen").open("a") as seen:
    print(state.value, file=seen)
while not (notes / "go").exists():
    time.sleep(0.01)
"""
    work_with(program, monkeypatch)
    queue = JobQueue(store, Config())
    queue.start()
    wait_until((notes / "seen").exists)
    queue.restart(store.load(job.id))
    (notes / "go").touch()
    wait_until(lambda: len((notes / "seen").read_text().split()) == 2)
    queue.stop()
    assert (notes / "seen").read_text().split() == ["waiting", "waiting"]  # and not failed meanwhile
    assert store.load(job.id).state is JobState.DONE


def test_work_left_by_the_last_run_is_done_first(store, monkeypatch):
    job = store.move(store.add("a.pdf"), JobState.ANALYSING)
    run(store, monkeypatch, DONE)
    assert store.load(job.id).state is JobState.DONE


def test_a_job_deleted_while_it_is_worked_on_stays_deleted(store, monkeypatch):
    job = store.add("a.pdf")
    program = "import shutil, sys; shutil.rmtree(f'{sys.argv[1]}/{sys.argv[2]}')"
    run(store, monkeypatch, program)
    assert not store.path(job.id).exists()


def test_work_under_way_when_the_program_ends_waits_for_the_next_start(store, monkeypatch):
    job = store.add("a.pdf")
    popen = module.subprocess.Popen

    def start(command, **rest):
        return popen([sys.executable, "-c", "import time; time.sleep(600)"], **rest)

    monkeypatch.setattr(module.subprocess, "Popen", start)
    queue = JobQueue(store, Config())
    queue.start()
    while not queue._current:
        time.sleep(0.01)
    queue.stop()
    assert store.load(job.id).state not in ENDED
    assert [each.id for each in store.restart_unfinished()] == [job.id]
