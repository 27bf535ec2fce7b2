"""A worker process as its parent sees it, and those that wait between two jobs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from compliance.runs.starting import start_process
from compliance.runs.template import Template
from compliance.runs.time_limit import TimeLimit
from compliance.runs.worker_process import Item, Job, JobOver, LetGo, serve

END_SECONDS = 5.0  # for a process that was told to end to close its files; then it is killed
LET_GO_SECONDS = 60.0  # for a process to close what a job has opened, also on a machine that does much else

ITEMS_EACH = 8  # with fewer documents for each process, starting it takes longer than it saves (docs/performance.md)
ITEMS_STANDBY = 4  # with fewer, a process that is there already takes longer to load what its work needs


@dataclass(slots=True)
class Worker(Generic[Item]):
    """A process; `item` and `limit` while it has an item, which it may get before it is ready."""

    process: BaseProcess | None  # None: a template's
    connection: Connection
    pid: int | None = None  # known once it is ready
    job: Job | None = None
    item: Item | None = None
    limit: TimeLimit | None = None
    items_done: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether it has prepared itself."""
        return self.pid is not None

    def give(self, item: Item, job: Job, seconds: float) -> None:
        """Send an item of a job; a process that has died meanwhile is noticed at the next message."""
        self.item = item
        self.allow(seconds)
        if self.job is not job:
            self.job = job
            self.send(job)
        self.send(item)

    def send(self, message: object) -> None:
        """Send a message; whether the process has died is seen when it answers."""
        with contextlib.suppress(OSError):
            self.connection.send(message)

    def allow(self, seconds: float) -> None:
        """Let the item take so many seconds of the processor's time from now on."""
        self.limit = TimeLimit.begin(self._find_number() or 0, seconds)

    def kill(self) -> None:
        """End the process at once, with the programs that it has started.

        One of a template that is not ready yet ends by itself: nobody is at its connection.
        """
        pid = self._find_number()
        if sys.platform != "win32" and pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # gone, or not yet a group of its own
                os.killpg(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.kill()
        self._join(None)
        self.connection.close()

    def end(self) -> None:
        """Let a process that waits end in its own time, within limits; one that prepares has nothing to close."""
        if self.is_ready:
            self.send(None)
            self._join(END_SECONDS)
        self.kill()

    def _find_number(self) -> int | None:
        """Return the process's number; None for one of a template that is not ready."""
        return self.pid or (self.process.pid if self.process else None)

    def _join(self, seconds: float | None) -> None:
        """Wait until the process has ended, so many seconds at most."""
        if self.process is not None:
            self.process.join(seconds)
        elif self.pid is not None and sys.platform == "linux":
            with contextlib.suppress(ProcessLookupError):
                watched = os.pidfd_open(self.pid)
                try:
                    wait([watched], seconds)
                finally:
                    os.close(watched)

    def wait_let_go(self) -> bool:
        """Wait until a process that was told that its job is over holds nothing of it; False where it has died."""
        try:
            return self.connection.poll(LET_GO_SECONDS) and isinstance(self.connection.recv(), LetGo)
        except (EOFError, OSError):
            return False


@dataclass
class Standby:
    """Processes that wait for their next job, so that what they have loaded is loaded once."""

    workers: list[Worker[Any]] = field(default_factory=list)
    template: Template | None = None  # which others are split off

    def count(self, most: int) -> int:
        """Return how many processes wait or can be split off, so many at most."""
        return most if self.template is not None else min(most, len(self.workers))

    def start(self, prepare: Callable[[], object] | None, threads: int) -> Worker[Any]:
        """Start a process that prepares itself, unless its template is prepared already."""
        if self.template is None:
            return Worker(*start_process(serve, prepare, threads))
        ours, theirs = multiprocessing.Pipe()
        self.template.split(theirs)
        theirs.close()
        return Worker(None, ours)

    def take(self, most: int) -> list[Worker[Any]]:
        """Return processes, so many at most; they are the caller's."""
        taken, self.workers = self.workers[:most], self.workers[most:]
        return taken

    def dismiss(self, workers: Sequence[Worker[Any]]) -> None:
        """Let processes wait here whose job is over; what it had opened is closed when this returns."""
        self.workers += workers
        busy = [worker for worker in workers if worker.job is not None and worker.job.let_go is not None]
        for worker in busy:
            worker.send(JobOver())
        for worker in busy:
            if not worker.wait_let_go():
                self.workers.remove(worker)
                worker.kill()

    def close(self) -> None:
        """End all that wait."""
        for worker in self.take(len(self.workers)):
            worker.end()
        if self.template is not None:
            self.template.close()
            self.template = None


def choose_processes(documents: int, *, most: int, standby: Standby | None) -> int:
    """Return how many processes work on so many saved documents; with fewer than 2 their owner does."""
    if standby is not None and documents >= ITEMS_STANDBY:
        if standby.template is not None:
            return min(most, documents)
        return max(min(most, documents // ITEMS_EACH), min(most, len(standby.workers)))
    return min(most, documents // ITEMS_EACH)


def choose_holders(documents: int, *, most: int, standby: Standby | None) -> int:
    """Return how many processes do work for which much is held in memory; with 0 their owner does.

    One that waits is enough to keep it out of their owner; others are started as `choose_processes` says.
    """
    waiting = standby.count(most) if standby is not None else 0
    started = choose_processes(documents, most=most, standby=standby)
    return waiting or (started if started > 1 else 0)
