"""The command itself: its version, its help, and how little that loads."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from compliance import __version__
from compliance.cli.app import app

HEAVY = {"pydantic", "numpy", "torch", "spacy", "pymupdf", "duckdb", "rich", "compliance.pipeline"}
COMMANDS = [[], ["ingest"], ["guidelines"], ["guidelines", "lint"], ["model", "info"]]


def test_version_is_told() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"compliance {__version__}\n")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_all_norwegian(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"]).stdout
    assert "Bruk: " in shown
    assert "Vis denne hjelpen." in shown
    for english in ("Usage", "Options", "Commands", "Arguments", "OPTIONS", "required", "Show this"):
        assert english not in shown


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from compliance.cli.app import main\n"
        "sys.argv = ['compliance', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(done.stderr.split())
