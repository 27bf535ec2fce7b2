"""docs/second-reader.md shows all that a second reader is told, and the limits that the code has."""

from __future__ import annotations

from pathlib import Path

from compliance.config import SecondReaderConfig
from compliance.second_reader.measurement import LEAST_F1
from compliance.second_reader.prompt import load_prompt

PAGE = (Path(__file__).parents[2] / "docs" / "second-reader.md").read_text(encoding="utf-8")


def test_page_shows_the_whole_prompt() -> None:
    prompt = load_prompt()
    assert prompt.system.strip().replace("{{", "{").replace("}}", "}") in PAGE
    assert prompt.goal in PAGE
    assert [each.text for each in prompt.conventions] == [
        line.removeprefix("- ") for line in PAGE.split("The borders:")[1].splitlines() if line.startswith("- ")
    ]


def test_page_names_the_limits() -> None:
    config = SecondReaderConfig()
    assert f"between {config.ask_from} and {config.ask_below}" in PAGE
    assert f"Under **{LEAST_F1}**" in PAGE
    assert f'address = "{config.address}"' in PAGE


def test_page_says_plainly_that_nothing_was_measured() -> None:
    assert "**No such model could be measured here.**" in PAGE
