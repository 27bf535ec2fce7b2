"""How long an item may take: by the processor's time, so that what else the machine does never rejects a healthy file.

By the clock it is ended where it stands still, and after many times what it may take. Where the system does not tell
the processor's time of another process (macOS, Windows), the clock alone decides.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

MOST_BY_CLOCK = 10  # times what an item may take; ten other programs at a time leave it more than that
# Of the clock's time, what an item must at least have computed: one that waits for something that never comes has 0.
STANDS_STILL = 0.02
LOOK_AGAIN = 0.1  # seconds; not before, however little is left
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_CORES = os.cpu_count() or 1


@dataclass(slots=True)
class TimeLimit:
    """The time of the item that a process works on, from now on."""

    process: int
    seconds: float  # of the processor's time
    _begun: float
    _used: float | None  # by the process before it began
    deadline: float  # on the monotonic clock: when to look whether it is over

    @classmethod
    def begin(cls, process: int, seconds: float) -> TimeLimit:
        """Return the limit of an item that is given to a process now."""
        now = time.monotonic()
        return cls(process, seconds, now, read_own_seconds(process), now + seconds)

    def is_over(self) -> bool:
        """Whether the item has taken what it may, or stands still; where neither, the deadline is put off.

        Asked when the deadline has come.
        """
        used = read_processor_seconds(self.process)
        if used is None or self._used is None:
            return True
        passed, used = time.monotonic() - self._begun, used - self._used
        if used >= self.seconds or used < STANDS_STILL * passed or passed >= MOST_BY_CLOCK * self.seconds:
            return True
        self.deadline = time.monotonic() + max(LOOK_AGAIN, (self.seconds - used) / _CORES)
        return False


def read_own_seconds(process: int, folder: Path = Path("/proc")) -> float | None:
    """Return the processor time of a worker process and of the programs that it started and that have ended.

    Between two items there are no others. None where the system does not tell.
    """
    own = folder / str(process)
    return _read_ticks(own, process) / _TICKS if (own / "stat").is_file() else None


def read_processor_seconds(session: int, folder: Path = Path("/proc")) -> float | None:
    """Return the processor time of a session's processes, None where the system does not tell.

    A worker process leads a session of its own, in which the programs that it starts are.
    """
    if not (folder / str(session) / "stat").is_file():
        return None
    return sum(_read_ticks(each, session) for each in folder.iterdir() if each.name.isdecimal()) / _TICKS


def _read_ticks(process: Path, session: int) -> int:
    """Return the ticks of a process and of its ended children, 0 where it is none of the session's or has ended."""
    try:
        stat = (process / "stat").read_bytes()
    except OSError:
        return 0
    fields = stat.rpartition(b")")[2].split()  # proc(5): from the third on; the name before may hold anything
    return sum(map(int, fields[11:15])) if int(fields[3]) == session else 0
