"""The first process of a run as a copy of its owner, which has loaded what both need: twice, that costs a second."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from compliance.runs.starting import NUMERIC_THREADS, copy_process
from compliance.runs.worker import Worker
from compliance.runs.worker_process import serve

COMPUTING = ("torch", "openvino", "tokenizers")  # count on threads of theirs in a copy too, even where none run
OWN_THREADS = Path("/proc/self/task")


def stay_single() -> None:
    """Let numeric libraries that are loaded from now on start no threads here, so that this process can be copied."""
    os.environ.setdefault(NUMERIC_THREADS, "1")


def can_copy() -> bool:
    """Tell whether a copy of this process would work, also when numeric libraries are loaded: nothing else runs in it.

    The system's own count of threads tells: an open database has some, and a progress bar has one. Linux only.
    """
    if sys.platform != "linux" or os.environ.get(NUMERIC_THREADS) != "1":
        return False
    return not any(name in sys.modules for name in COMPUTING) and len([*OWN_THREADS.iterdir()]) == 1


def start_copy(threads: int) -> Worker[Any]:
    """Start a copy of this process that works for it; only where it `can_copy`. `threads` are for its libraries."""
    return Worker(*copy_process(serve, None, threads))
