"""What tests of processes ask of the system."""

from __future__ import annotations

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
