"""A process that loads once what all workers need, and splits off workers that have it loaded.

A worker of its own takes seconds to load libraries and rules: with many cores, more than its share of the analysis.
Only a process that nothing else runs in can be split without harm (a forked torch deadlocks on its parent's thread
pools): what is loaded here starts no threads, and the caller's own process is not what is split: it may have some by
then. Linux only, as libraries of other systems do not bear it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import recv_handle, send_handle

from compliance.runs.starting import start_process
from compliance.runs.worker_process import Raised, end_with_parent, serve_jobs, settle

END_SECONDS = 5.0  # for the process to end by itself; then it is killed
CAN_SPLIT = sys.platform == "linux"


@dataclass(frozen=True)
class Template:
    """The process as its parent sees it."""

    process: BaseProcess
    connection: Connection

    @classmethod
    def start(cls, prepare: Callable[[], object], *, threads: int) -> Template:
        """Start it; it prepares itself meanwhile. `threads` are those of the numeric libraries of each worker."""
        return cls(*start_process(serve_splits, prepare, threads))

    def split(self, theirs: Connection) -> None:
        """Split off a worker that serves this end of a connection, as soon as the process is prepared."""
        with contextlib.suppress(OSError):  # it has died, and so says the other end
            send_handle(self.connection, theirs.fileno(), self.process.pid)

    def close(self) -> None:
        """End the process, and with it every worker that it split off."""
        self.connection.close()
        self.process.join(END_SECONDS)
        self.process.kill()
        self.process.join()


def serve_splits(connection: Connection, prepare: Callable[[], object], threads: int) -> None:
    """Prepare, then split off a worker for each connection that arrives, until the parent ends.

    Where preparing fails, each connection says why. Workers that have ended are left unread until this process ends: so
    long their numbers are not given to other processes.
    """
    parent = multiprocessing.parent_process()
    end_with_parent(parent.pid if parent else None)
    settle(threads)
    fault: Exception | None = None
    try:
        prepare()
    except Exception as error:  # noqa: BLE001
        fault = error
    own = os.getpid()
    with contextlib.suppress(EOFError, OSError):
        while True:
            handle = recv_handle(connection)
            if fault is not None:
                with Connection(handle) as asked:
                    asked.send(Raised(fault))
            elif os.fork():
                os.close(handle)
            else:
                connection.close()
                break
    if os.getpid() != own:
        end_with_parent(own)
        serve_jobs(Connection(handle))
        os._exit(0)  # what it shares with the others is not taken apart
    else:
        _read_ended()


def _read_ended() -> None:
    """Read how the workers that have ended did so; what they used of the processor is counted with this process's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
