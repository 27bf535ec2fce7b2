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
from compliance.runs.sending import send_as_fields
from compliance.runs.starting import NUMERIC_THREADS

Item = TypeVar("Item")
Result = TypeVar("Result")

# Called by the work with the seconds that the item may take from now on; without a call the pool's limit holds.
AllowSeconds: TypeAlias = Callable[[float], None]
Work: TypeAlias = Callable[[Item, AllowSeconds], Result]

_PR_SET_PDEATHSIG = 1  # linux/prctl.h: the signal that a process gets when its parent ends


@dataclass(frozen=True, slots=True)
class Job:
    """What a process does with each item that it is given, until it is given another job."""

    work: Work[Any, Any]
    memory_bytes: int | None  # that an item may take beyond what the process holds when it begins; None: no limit
    let_go: Callable[[], object] | None = None  # called when the job is over: closes what its work has opened


@dataclass(frozen=True, slots=True)
class JobOver:
    """There are no more items for the job."""


@dataclass(frozen=True, slots=True)
class LetGo:
    """The process holds nothing of the job that is over."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has prepared itself and waits for its first item."""

    pid: int


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


def serve(connection: Connection, prepare: Callable[[], object] | None, threads: int) -> None:
    """Prepare, then do what arrives on the connection, until None arrives or the parent ends."""
    parent = multiprocessing.parent_process()
    end_with_parent(parent.pid if parent else None)
    settle(threads)
    try:
        if prepare is not None:
            prepare()
    except Exception as error:  # noqa: BLE001
        connection.send(Raised(error))
        return
    serve_jobs(connection)


def settle(threads: int) -> None:
    """Make this process one that works for another; `threads` are those of its numeric libraries."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a copy of the parent has its handler
    for name in ("OMP_NUM_THREADS", NUMERIC_THREADS):  # libraries read them when they are first imported
        os.environ[name] = str(threads)
    look_seldom()
    send_as_fields()


def serve_jobs(connection: Connection) -> None:
    """Do what arrives: jobs, and items of the last job, each of which is answered.

    Ends when None arrives, when an item takes too much memory, or when nobody is at the other end any more.
    """
    job: Job | None = None
    try:
        connection.send(Ready(os.getpid()))
        while (message := connection.recv()) is not None:
            match message:
                case Job():
                    job = message
                case JobOver():
                    if job is not None and job.let_go is not None:
                        job.let_go()
                    connection.send(LetGo())
                case item:
                    answer = _work_on(item, job, lambda seconds: connection.send(SecondsAllowed(seconds)))
                    connection.send(answer)
                    if isinstance(answer, OutOfMemory):
                        return
    except (EOFError, OSError):
        return


def _work_on(item: Any, job: Job | None, allow: AllowSeconds) -> object:
    if job is None:
        raise RuntimeError("an item comes after its job")
    try:
        with _limit_memory(job.memory_bytes):
            return Finished(job.work(item, allow))
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


def end_with_parent(parent: int | None) -> None:
    """End this process when its parent does, however that ends, and with it the programs that it has started.

    On Linux the kernel sees to it, also while native code runs; elsewhere a thread waits for the parent.
    """
    if parent is None:
        raise RuntimeError("a worker process has a parent")
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own: the pool ends it as a whole, and Ctrl-C does not reach it
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the call
            os._exit(1)
    else:
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)
