"""How a process that works for this one is started."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Concatenate, ParamSpec

WITH_THREADS = ("numpy", "duckdb", "torch", "openvino", "tokenizers")  # libraries that have threads of their own
NUMERIC_THREADS = "OPENBLAS_NUM_THREADS"  # what numpy and SciPy ask for the number of theirs

Given = ParamSpec("Given")


def start_process(
    serve: Callable[Concatenate[Connection, Given], None], *given: Given.args, **named: Given.kwargs
) -> tuple[BaseProcess, Connection]:
    """Start a process that serves a connection with what it is given; return it with our end of the connection.

    A copy of this process has loaded what this one has, which saves a quarter of a second, and ends without taking it
    apart. But a copied thread pool, such as every numeric library has, deadlocks: where there is one, the process is
    begun from nothing.
    """
    if sys.platform == "linux" and _has_one_thread():
        return copy_process(serve, *given, **named)
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    return _start(context.Process(target=serve, args=(theirs, *given), kwargs=named, daemon=True), ours, theirs)


def copy_process(
    serve: Callable[Concatenate[Connection, Given], None], *given: Given.args, **named: Given.kwargs
) -> tuple[BaseProcess, Connection]:
    """Start a copy of this process that serves a connection; return it with our end. Only where nothing else runs."""
    ours, theirs = multiprocessing.Pipe()

    def serve_alone() -> None:
        ours.close()  # a copy holds our end too, and would never see that nobody is there any more
        serve(theirs, *given, **named)

    return _start(multiprocessing.get_context("fork").Process(target=serve_alone, daemon=True), ours, theirs)


def _start(process: BaseProcess, ours: Connection, theirs: Connection) -> tuple[BaseProcess, Connection]:
    process.start()
    theirs.close()  # only the process holds it now, so that its death is read as the end of the stream
    return process, ours


def _has_one_thread() -> bool:
    return threading.active_count() == 1 and not any(name in sys.modules for name in WITH_THREADS)
