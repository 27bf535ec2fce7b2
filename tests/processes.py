"""What tests of processes ask of the system, and work that goes wrong in a process."""

from __future__ import annotations

import os
import time
from pathlib import Path

GIVE_UP_SECONDS = 60


def wait_until(condition):
    give_up = time.monotonic() + GIVE_UP_SECONDS
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def is_alive(process):
    """Tell whether a process of this number is there and has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def die_at_three(number, allow):
    if number == 3:
        os._exit(9)
    return number


def die_once(folder, allow):
    mark = folder / "died"
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return "done"


def hang_at_three(number, allow):
    if number == 3:
        time.sleep(600)
    return number
