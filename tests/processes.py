"""What tests of processes ask of the system, and work that goes wrong in a process."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

GIVE_UP_SECONDS = 60
HANGS_AFTER = 0.2  # seconds that an item which never ends is allowed


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


def end_parent(program, folder, *, number, children):
    """Run a program, send it a signal once each of its children has made a file, and return the files' names."""
    script, seen = folder / "parent.py", folder / "seen"
    script.write_text(program, encoding="utf-8")
    seen.mkdir()
    path = [str(Path(__file__).parent / "runs"), *sys.path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    with subprocess.Popen([sys.executable, str(script), str(seen)], env=environment) as parent:
        wait_until(lambda: len([*seen.iterdir()]) == children)
        parent.send_signal(number)
    return [each.name for each in seen.iterdir()]


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
    """Work on an item that never ends; the others have the pool's time, in which a busy machine may stand still."""
    if number == 3:
        allow(HANGS_AFTER)
        time.sleep(600)
    return number


def count_graphs(number, allow):
    """Tell how many encoders' graphs this process holds."""
    return sum(type(each).__name__ == "InferRequest" for each in gc.get_objects())
