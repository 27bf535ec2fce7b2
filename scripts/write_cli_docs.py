"""Write docs/cli.md from the commands' own help: `python scripts/write_cli_docs.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from compliance.cli.app import app

TARGET = Path(__file__).parent.parent / "docs" / "cli.md"
HEAD = "# Commands\n\nWritten by `python scripts/write_cli_docs.py` from each command's `--help`.\n"


def render_cli_docs() -> str:
    """Return the page: one section a command, in the order of the work."""
    sections = (f"\n## {' '.join(words)}\n```\n{_help_of(words)}```\n" for words in _list_commands())
    return HEAD + "".join(sections)


def _list_commands() -> Iterator[tuple[str, ...]]:
    yield ("compliance",)
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        yield ("compliance", name)
        for part in getattr(command, "commands", {}):
            yield ("compliance", name, part)


def _help_of(words: tuple[str, ...]) -> str:
    runner = CliRunner()
    result = runner.invoke(
        app, [*words[1:], "--help"], prog_name="compliance", terminal_width=100, env={"COLUMNS": "100"}
    )
    return result.output


if __name__ == "__main__":
    TARGET.write_text(render_cli_docs(), encoding="utf-8")
