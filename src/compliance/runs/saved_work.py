"""Work on documents that are saved: here, or in processes that read the database themselves while nobody writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from compliance.runs.worker import Standby, choose_processes
from compliance.runs.worker_process import AllowSeconds, OutOfMemory
from compliance.runs.workers import OverTime, WorkerCrashed, WorkerLimits, WorkerPool
from compliance.store.runs import RunStore, read_run

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEM_SECONDS = 600.0  # an item that takes longer is a fault of ours; the largest plan takes a few
AT_ONCE = 500  # items between two savings: what a run that is killed does again, and what is held of results


_opened: dict[Path, RunStore] = {}  # in a process that works for another


def close_database() -> None:
    """Let go of what this process has read from, before its owner saves again."""
    for store in _opened.values():
        store.close()
    _opened.clear()


def work_on_saved(
    items: Sequence[Item],
    work: Callable[[Item, RunStore], Result],
    *,
    store: RunStore,
    processes: int,
    standby: Standby | None = None,
) -> Iterator[Sequence[tuple[Item, Result]]]:
    """Yield batches of the items with what `work` makes of each, not in their order; meanwhile the store can save.

    An item is a document or as much work as one. `work` must be importable by name (or a partial of such a function).
    An item of which a process died is done here, so that what is wrong is raised; so is what the work raises elsewhere.
    """
    for first in range(0, len(items), AT_ONCE):
        some = items[first : first + AT_ONCE]
        number = choose_processes(len(some), most=min(processes, len(some)), standby=standby)
        yield from work_in_processes(some, work, store=store, number=number if number >= 2 else 0, standby=standby)


def work_in_processes(
    items: Sequence[Item],
    work: Callable[[Item, RunStore], Result],
    *,
    store: RunStore,
    number: int,
    standby: Standby | None,
    let_go: Callable[[], object] = close_database,
) -> Iterator[Sequence[tuple[Item, Result]]]:
    """Yield the items as `work_on_saved` does, made by so many processes; by this one where there are to be none.

    A process that stays calls `let_go` after its last item: `close_database`, or what does that among other things.
    """
    left: list[Item] = [] if number else [*items]
    if number:
        done: list[tuple[Item, Result]] = []
        here = partial(_work_elsewhere, work=work, database=store.database)
        pool = WorkerPool(here, number, WorkerLimits(ITEM_SECONDS), let_go=let_go)
        with store.lend(), closing(pool.run(items, standby=standby)) as finished:
            for item, result in finished:
                if isinstance(result, WorkerCrashed | OverTime | OutOfMemory):
                    left.append(item)
                else:
                    done.append((item, result))
        yield done
    for item in left:
        yield [(item, work(item, store))]


def _work_elsewhere(
    item: Item, _allow: AllowSeconds, *, work: Callable[[Item, RunStore], Result], database: Path
) -> Result:
    return work(item, _open(database))


def _open(database: Path) -> RunStore:
    """Return the records as they are while their owner lends them; opened once."""
    if database not in _opened:
        _opened[database] = read_run(database)
    return _opened[database]
