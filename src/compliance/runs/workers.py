"""Work through many items in worker processes, each within limits; no item can stop or harm another.

Each process has a pipe of its own and one item at a time, so that it is known which item a process died of, and a
process that is killed in the middle of a message holds no lock that others wait for (as in ProcessPoolExecutor).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeAlias

from compliance.errors import WorkerError
from compliance.runs.time_limit import TimeLimit
from compliance.runs.worker_process import (
    Finished,
    Item,
    OutOfMemory,
    Raised,
    Ready,
    Result,
    SecondsAllowed,
    Work,
    serve,
)

MAX_FAILED_STARTS = 3  # in a row, of processes that died before their first item: the machine's fault, not an item's
WITH_THREADS = ("numpy", "duckdb", "torch", "openvino", "tokenizers")  # libraries that have threads of their own
END_SECONDS = 5.0  # for a process that was told to end to close its files; then it is killed


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


@dataclass(slots=True)
class Worker(Generic[Item]):
    """A process as its parent sees it; `item` and `limit` while it has an item, which it may get before it is ready."""

    process: BaseProcess
    connection: Connection
    is_ready: bool = False
    item: Item | None = None
    limit: TimeLimit | None = None
    items_done: int = 0

    def give(self, item: Item, seconds: float) -> None:
        """Send an item; a process that has died meanwhile is noticed at the next message."""
        self.item = item
        self.allow(seconds)
        with contextlib.suppress(OSError):
            self.connection.send(item)

    def allow(self, seconds: float) -> None:
        """Let the item take so many seconds of the processor's time from now on."""
        self.limit = TimeLimit.begin(self.process.pid or 0, seconds)

    def kill(self) -> None:
        """End the process at once, with the programs that it has started."""
        if sys.platform != "win32" and self.process.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # gone, or not yet a group of its own
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()

    def end(self) -> None:
        """Let a process that waits end in its own time, within limits; one that prepares has nothing to close."""
        if self.is_ready:
            with contextlib.suppress(OSError):
                self.connection.send(None)
            self.process.join(END_SECONDS)
        self.kill()


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

    def run(
        self, items: Sequence[Item], *, started: Sequence[Worker[Item]] = ()
    ) -> Generator[tuple[Item, Result | Failure], None, None]:
        """Yield each item with its result, or with why there is none, as it is finished.

        `started` are processes of this pool that `start` has returned, with or without an item; they are ended with the
        others, at once where their item is not among these. An item whose process died is tried once more, alone, when
        the others are done. An error that the work raises ends the run and is raised here; so is WorkerError, where
        processes die before they are ready for any item.
        """
        crashed: list[Item] = []
        for item, result in self._run(items, processes=self.processes, started=started):
            if isinstance(result, WorkerCrashed):
                crashed.append(item)
            else:
                yield item, result
        yield from self._run(crashed, processes=1)

    def _run(
        self, items: Sequence[Item], *, processes: int, started: Sequence[Worker[Item]] = ()
    ) -> Iterator[tuple[Item, Result | Failure]]:
        crew: _Crew[Item, Result] = _Crew(self, deque(items))
        try:
            crew.take_on(started)
            yield from crew.work_through(processes)
        finally:
            crew.kill()

    def start(self) -> Worker[Item]:
        """Start a process."""
        context = _choose_context()
        ours, theirs = context.Pipe()
        threads = max(1, (os.cpu_count() or 1) // self.processes)
        arguments = (theirs, self.work, self.prepare, self.limits.memory_bytes, threads)
        process: BaseProcess = context.Process(target=serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()  # only the process holds it now, so that its death is read as the end of the stream
        return Worker(process, ours)


def _choose_context() -> BaseContext:
    """Return how a process is started: as a copy of this one where that is small, else from nothing.

    A copy has loaded what this one has, which saves a quarter of a second. But a copied thread pool, such as every
    numeric library has, deadlocks.
    """
    small = threading.active_count() == 1 and not any(name in sys.modules for name in WITH_THREADS)
    return multiprocessing.get_context("fork" if sys.platform == "linux" and small else "spawn")


@dataclass(slots=True)
class _Crew(Generic[Item, Result]):
    """The processes of one pass over the items."""

    pool: WorkerPool[Item, Result]
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
        while self.left or any(worker.item is not None for worker in self.workers):
            waiting = sum(worker.item is None for worker in self.workers)
            while waiting < len(self.left) and len(self.workers) < processes:
                self.workers.append(self.pool.start())
                waiting += 1
            # All that is ready is taken before anything is yielded, so that no process waits for the caller.
            yield from self._take_messages() + self._end_overdue()
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    def kill(self) -> None:
        for worker in self.workers:
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
            case Ready():
                worker.is_ready, self.failed_starts = True, 0
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
            worker.give(self.left.popleft(), self.pool.limits.seconds)

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
