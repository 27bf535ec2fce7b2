"""The guide's own commands are ones that the program takes, on Windows as elsewhere."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.app import app

GUIDE = (Path(__file__).parents[2] / "docs" / "brukerveiledning.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)\n```$", GUIDE, flags=re.M | re.S)
UNIX = [line for block in BLOCKS for line in block.splitlines() if line.startswith(".venv/bin/compliance")]
WINDOWS = [line for block in BLOCKS for line in block.splitlines() if line.startswith(".venv\\Scripts\\compliance")]


def test_guide_shows_check_serve_and_analyse():
    assert {shlex.split(line)[1] for line in UNIX} == {"analyse", "check", "serve"}


def test_each_command_stands_as_windows_writes_it_too():
    assert [line.replace("\\", "/").replace("/Scripts/", "/bin/") for line in WINDOWS] == UNIX


@pytest.mark.parametrize("line", UNIX)
def test_command_of_the_guide_has_the_options_it_names(line):
    _, command, *rest = shlex.split(line)
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert all(option in shown.output for option in rest if option.startswith("--"))
