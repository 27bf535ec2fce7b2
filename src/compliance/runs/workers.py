"""Work through many items in worker processes; an item that kills its process is named, and the rest go on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class WorkerCrashed:
    """The process that worked on the item died: a fault in a library's native code, or no memory left."""


@dataclass(frozen=True, slots=True)
class WorkerPool(Generic[Item, Result]):
    """Does `work(item)` in a number of processes that share the machine's cores between them.

    `work` must be importable by name (or a partial of such a function), and items and results picklable.
    """

    work: Callable[[Item], Result]
    processes: int

    def run(self, items: Sequence[Item]) -> Iterator[tuple[Item, Result | WorkerCrashed]]:
        """Yield each item with its result as it is finished."""
        left = list(reversed(items))
        while left:
            # Items in flight at a crash are worked on again, one process each, to find the one that crashes.
            suspects = yield from self._run_until_crash(left)
            for item in suspects:
                yield item, self._run_alone(item)

    def _start(self, processes: int) -> ProcessPoolExecutor:
        # Spawned, not forked: a forked torch deadlocks on the parent's thread pools.
        context = multiprocessing.get_context("spawn")
        threads = max(1, (os.cpu_count() or 1) // processes)
        return ProcessPoolExecutor(processes, mp_context=context, initializer=_limit_threads, initargs=(threads,))

    def _run_until_crash(self, left: list[Item]) -> Generator[tuple[Item, Result | WorkerCrashed], None, list[Item]]:
        """Work `left` down; at a crash, return the items that were being worked on."""
        with self._start(self.processes) as pool:
            running: dict[Future[Result], Item] = {}
            while left or running:
                while left and len(running) < 2 * self.processes:
                    item = left.pop()
                    running[pool.submit(self.work, item)] = item
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    if isinstance(future.exception(), BrokenProcessPool):
                        return list(running.values())
                    yield running.pop(future), future.result()
        return []

    def _run_alone(self, item: Item) -> Result | WorkerCrashed:
        with self._start(1) as pool:
            try:
                return pool.submit(self.work, item).result()
            except BrokenProcessPool:
                return WorkerCrashed()


def _limit_threads(threads: int) -> None:
    """Tell the numeric libraries how many threads to use; they read it when they are first imported."""
    os.environ["OMP_NUM_THREADS"] = str(threads)
