"""docs/settings.md shows every setting, with its default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compliance.config import Config, Section, load_config

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def sample() -> str:
    return PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]


def list_fields(section: Section, prefix: str = "") -> set[str]:
    names: set[str] = set()
    for name in type(section).model_fields:
        value = getattr(section, name)
        names |= list_fields(value, f"{prefix}{name}.") if isinstance(value, Section) else {prefix + name}
    return names


def test_page_shows_the_defaults(sample: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(sample, encoding="utf-8")
    assert load_config(tmp_path / "settings.toml") == Config()


def test_page_shows_every_setting(sample: str) -> None:
    shown: set[str] = set()
    section = ""
    for line in sample.splitlines():
        if header := re.match(r"\[([\w.]+)\]", line):
            section = header[1]
        elif field := re.match(r"(?:# )?(\w+) =", line):
            shown.add(f"{section}.{field[1]}")
    assert shown == list_fields(Config())
