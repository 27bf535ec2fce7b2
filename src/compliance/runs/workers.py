"""Work through many items in worker processes, each within limits; no item can stop or harm another.

Each process has a pipe of its own and one item at a time, so that it is known which item a process died of, and a
process that is killed in the middle of a message holds no lock that others wait for (as in ProcessPoolExecutor).
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any, Generic, TypeAlias

from compliance.errors import WorkerError
from compliance.runs.worker import Standby, Worker
from compliance.runs.worker_process import (
    Finished,
    Item,
    Job,
    OutOfMemory,
    Raised,
    Ready,
    Result,
    SecondsAllowed,
    Work,
)

MAX_FAILED_STARTS = 3  # in a row, of processes that died before their first item: the machine's fault, not an item's


@dataclass(frozen=True, slots=True)
class WorkerCrashed:
    """Two processes that worked on the item died: a fault in a library's native code, or no memory left."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """The item took longer than it may, or stood still, and its process was ended."""

    seconds: float


Failure: TypeAlias = WorkerCrashed | OverTime | OutOfMemory


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What an item may take, and how many items a process lives for."""

    seconds: float  # of the processor's time for an item (`TimeLimit`), unless its work allows more
    memory_bytes: int | None = None  # beyond what the process holds; None: no limit
    items: int | None = None  # a process is replaced after so many; None: never


@dataclass(frozen=True, slots=True)
class WorkerPool(Generic[Item, Result]):
    """Does `work(item, allow_seconds)` in a number of processes that share the machine's cores between them.

    `work` and `prepare` (called once in each process, before its first item) must be importable by name (or partials
    of such functions), and items and results picklable; no item is None.
    """

    work: Work[Item, Result]
    processes: int
    limits: WorkerLimits
    prepare: Callable[[], object] | None = None
    let_go: Callable[[], object] | None = None  # called in each process when all is done, if the process stays

    def run(
        self, items: Sequence[Item], *, standby: Standby | None = None
    ) -> Generator[tuple[Item, Result | Failure], None, None]:
        """Yield each item with its result, or with why there is none, as it is finished.

        Processes that stand by, with or without an item, are used before others are started, and all that are left
        stand by when the last item is done; without `standby` all end. One whose item is not among these ends at once.
        An item whose process died is tried once more, alone, when the others are done. An error that the work raises
        ends the run and is raised here; so is WorkerError, where processes die before they are ready for any item.
        """
        crashed: list[Item] = []
        for item, result in self._run(items, processes=self.processes, standby=standby):
            if isinstance(result, WorkerCrashed):
                crashed.append(item)
            else:
                yield item, result
        if crashed:
            yield from self._run(crashed, processes=1, standby=standby)

    def _run(
        self, items: Sequence[Item], *, processes: int, standby: Standby | None
    ) -> Iterator[tuple[Item, Result | Failure]]:
        kept = standby or Standby()
        crew: _Crew[Item, Result] = _Crew(self, kept, self.make_job(), deque(items))
        try:
            crew.take_on(kept.take(processes))
            yield from crew.work_through(processes)
            kept.dismiss(crew.leave())
        finally:
            crew.kill()
            if standby is None:
                kept.close()

    def start(self, standby: Standby) -> Worker[Item]:
        """Start a process."""
        return standby.start(self.prepare, self.threads)

    def make_job(self) -> Job:
        """Return what a process is to do with the items."""
        return Job(self.work, self.limits.memory_bytes, self.let_go)

    @property
    def threads(self) -> int:
        """Of the numeric libraries of each process."""
        return max(1, (os.cpu_count() or 1) // self.processes)


@dataclass(slots=True)
class _Crew(Generic[Item, Result]):
    """The processes of one pass over the items."""

    pool: WorkerPool[Item, Result]
    standby: Standby
    job: Job
    left: deque[Item]
    workers: list[Worker[Item]] = field(default_factory=list)
    failed_starts: int = 0

    def take_on(self, started: Sequence[Worker[Item]]) -> None:
        """Let processes that were started ahead take part; one that was given what nobody asks for has to end."""
        self.workers += started
        for worker in started:
            if worker.item is None:
                continue
            if worker.item in self.left:
                self.left.remove(worker.item)
            else:
                self.workers.remove(worker)
                worker.kill()

    def work_through(self, processes: int) -> Iterator[tuple[Item, Result | Failure]]:
        for worker in [worker for worker in self.workers if worker.is_ready and worker.item is None]:
            self._give_next(worker)
        while self.left or any(worker.item is not None for worker in self.workers):
            waiting = sum(worker.item is None for worker in self.workers)
            while waiting < len(self.left) and len(self.workers) < processes:
                self.workers.append(self.pool.start(self.standby))
                waiting += 1
            # All that is ready is taken before anything is yielded, so that no process waits for the caller.
            yield from self._take_messages() + self._end_overdue()

    def leave(self) -> list[Worker[Item]]:
        """Return the processes that are left; they are the caller's."""
        left, self.workers = self.workers, []
        return left

    def kill(self) -> None:
        for worker in self.leave():
            worker.kill()

    def _take_messages(self) -> list[tuple[Item, Result | Failure]]:
        by_connection = {worker.connection: worker for worker in self.workers}
        deadlines = [worker.limit.deadline for worker in self.workers if worker.limit is not None]
        seconds = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        results: list[tuple[Item, Result | Failure]] = []
        for connection in wait(list(by_connection), seconds):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                message = WorkerCrashed()
            results += self._take(message, worker)
        return results

    def _take(self, message: Any, worker: Worker[Item]) -> list[tuple[Item, Result | Failure]]:
        match message:
            case Raised(error):
                raise error
            case Ready(pid):
                worker.pid, self.failed_starts = pid, 0
                if worker.item is None:
                    self._give_next(worker)
                return []
            case SecondsAllowed(seconds):
                worker.allow(seconds)
                return []
            case Finished(result):
                return self._finish(worker, result)
            case _:
                return self._lose(worker, message)

    def _finish(self, worker: Worker[Item], result: Result) -> list[tuple[Item, Result | Failure]]:
        item = worker.item
        worker.items_done += 1
        if worker.items_done == self.pool.limits.items:
            self.workers.remove(worker)
            worker.end()
        else:
            self._give_next(worker)
        return [(item, result)] if item is not None else []

    def _give_next(self, worker: Worker[Item]) -> None:
        worker.item, worker.limit = None, None
        if self.left:
            worker.give(self.left.popleft(), self.job, self.pool.limits.seconds)

    def _end_overdue(self) -> list[tuple[Item, Result | Failure]]:
        now = time.monotonic()
        due = [(worker, worker.limit) for worker in self.workers if worker.limit and worker.limit.deadline <= now]
        # What a process has already answered counts, however late it is read.
        late = [(worker, limit) for worker, limit in due if not worker.connection.poll() and limit.is_over()]
        return [found for worker, limit in late for found in self._lose(worker, OverTime(limit.seconds))]

    def _lose(self, worker: Worker[Item], failure: Failure) -> list[tuple[Item, Result | Failure]]:
        """Take leave of a process, and return its item with what became of it."""
        self.workers.remove(worker)
        worker.kill()
        if worker.is_ready:
            return [] if worker.item is None else [(worker.item, failure)]
        self.failed_starts += 1
        if self.failed_starts == MAX_FAILED_STARTS:
            raise WorkerError(self.failed_starts)
        if worker.item is not None:  # it has not looked at it yet
            self.left.appendleft(worker.item)
        return []
