"""Ctrl-C and SIGTERM say what is kept and give the exit code that a shell expects; nobody sees a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, signal, sys
from compliance.cli import app
from compliance.cli.interrupts import tell_when_interrupted

def work():
    with tell_when_interrupted(lambda: "2 dokumenter er tatt vare på."):
        os.kill(os.getpid(), signal.{signal})

app.app.command("work")(work)
sys.argv = ["compliance", "work"]
app.main()
"""
FAULT = """
import sys
from compliance.cli import app

def work():
    raise {error}

app.app.command("work")(work)
sys.argv = ["compliance", "work"]
app.main()
"""


def run_program(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_STATE_HOME": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.mark.parametrize(("signal", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_signal_tells_what_is_kept(tmp_path: Path, signal: str, code: int) -> None:
    done = run_program(PROGRAM.format(signal=signal), tmp_path)
    assert (done.returncode, done.stderr) == (code, "\nAvbrutt. 2 dokumenter er tatt vare på.\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param("ValueError('noe rart')", "Feil i programmet (ValueError: noe rart). Meld", id="of ours"),
        pytest.param("OSError(28, 'No space left', '/x/y')", "Feil: /x/y: disken er full.", id="full disk"),
        pytest.param("MemoryError()", "Feil: maskinen har for lite minne ledig.", id="no memory"),
    ],
)
def test_error_that_nobody_foresaw_is_a_line_and_a_log(tmp_path: Path, error: str, said: str) -> None:
    done = run_program(FAULT.format(error=error), tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == 1
    (log,) = tmp_path.rglob("feil-*.log")
    assert str(log) in done.stderr
    assert "Traceback (most recent call last)" in log.read_text(encoding="utf-8")
