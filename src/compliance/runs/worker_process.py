"""What runs inside a worker process: one item after the other, within its memory, and no longer than its parent."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from compliance.garbage import look_seldom

Item = TypeVar("Item")
Result = TypeVar("Result")

# Called by the work with the seconds that the item may take from now on; without a call the pool's limit holds.
AllowSeconds: TypeAlias = Callable[[float], None]
Work: TypeAlias = Callable[[Item, AllowSeconds], Result]

_PR_SET_PDEATHSIG = 1  # linux/prctl.h: the signal that a process gets when its parent ends


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has prepared itself and waits for its first item."""


@dataclass(frozen=True, slots=True)
class SecondsAllowed:
    """The item that is worked on may take so long from now on."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Finished(Generic[Result]):
    """The item is done."""

    result: Result


@dataclass(frozen=True, slots=True)
class Raised:
    """The work raised an error that is not of the item: the run has to stop."""

    error: Exception


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The item asked for more memory than it may have. The process ends after this message."""


def serve(
    connection: Connection,
    work: Work[Any, Any],
    prepare: Callable[[], object] | None,
    memory_bytes: int | None,
    threads: int,
) -> None:
    """Prepare, then answer each item that arrives on the connection, until None arrives or the parent ends.

    `memory_bytes` is what an item may take beyond what the process holds when it begins; None is no limit.
    """
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a copy of the parent has its handler
    os.environ["OMP_NUM_THREADS"] = str(threads)  # the numeric libraries read it when they are first imported
    look_seldom()
    try:
        if prepare is not None:
            prepare()
    except Exception as error:  # noqa: BLE001
        connection.send(Raised(error))
        return
    connection.send(Ready())
    while (item := connection.recv()) is not None:
        answer = _work_on(item, work, memory_bytes, lambda seconds: connection.send(SecondsAllowed(seconds)))
        connection.send(answer)
        if isinstance(answer, OutOfMemory):
            return


def _work_on(item: Any, work: Work[Any, Any], memory_bytes: int | None, allow: AllowSeconds) -> object:
    try:
        with _limit_memory(memory_bytes):
            return Finished(work(item, allow))
    except MemoryError:
        return OutOfMemory()
    except Exception as error:  # noqa: BLE001
        return Raised(error)


@contextlib.contextmanager
def _limit_memory(more_bytes: int | None) -> Iterator[None]:
    """Let the process take so many bytes more than it holds now; does nothing where the system cannot tell or limit."""
    held = _read_data_size()
    if more_bytes is None or held is None:
        yield
        return
    import resource  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_DATA)
    hard = before[1]
    wanted = held + more_bytes
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _read_data_size() -> int | None:
    """Return the bytes that RLIMIT_DATA counts of this process, None where there is no /proc (macOS, Windows)."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:")), None)


def _end_with_parent() -> None:
    """End this process when its parent does, however that ends, and with it the programs that it has started.

    On Linux the kernel sees to it, also while native code runs; elsewhere a thread waits for the parent.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        raise RuntimeError("a worker process has a parent")
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own: the pool ends it as a whole, and Ctrl-C does not reach it
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:  # it ended before the call
            os._exit(1)
    threading.Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True).start()


def _wait_for_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
