"""The five themes that all national documents share, and which theme each goal belongs to.

A plan of 2018 and one of 2026 are held against different sets. On the themes they can still be compared: a document
covers a theme as well as it covers the best of the theme's goals.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from compliance.files import find_data_folder
from compliance.guidelines.terms import Record, Text, TitleText
from compliance.guidelines.yaml_file import YamlFile, read_yaml

THEMES_FILE = "themes"  # rules/themes.yaml


class ThemeId(StrEnum):
    """What a theme is called in files and in the store."""

    BRUKER = "bruker"
    INNOVASJON = "innovasjon"
    KOMPETANSE = "kompetanse"
    EFFEKTIV = "effektiv"
    PERSONVERN = "personvern"


class SharedTheme(Record):
    """One of the five themes, with the goals of all shipped sets that belong to it."""

    id: ThemeId
    title: TitleText
    statement: Text
    goals: tuple[str, ...] = Field(min_length=1)  # goal ids


class _ThemesFile(Record):
    themes: tuple[SharedTheme, ...] = Field(min_length=len(ThemeId), max_length=len(ThemeId))


@cache
def load_themes() -> tuple[SharedTheme, ...]:
    """Return the five themes in the order that reports show them; raises GuidelineError when the file is wrong."""
    return parse_themes(read_yaml(find_themes_file()))


def find_themes_file() -> Path:
    """Return where the themes are. Raises SettingsError where the installation is damaged."""
    return find_data_folder("rules") / f"{THEMES_FILE}.yaml"


def parse_themes(file: YamlFile) -> tuple[SharedTheme, ...]:
    """Return a file's themes; raises GuidelineError when one or a goal stands twice."""
    themes = file.parse(_ThemesFile).themes
    seen: set[str] = set()
    for index, theme in enumerate(themes):
        if theme.id in {each.id for each in themes[:index]}:
            raise file.error(f"temaet «{theme.id}» står to ganger", ("themes", index, "id"))
        for place, goal_id in enumerate(theme.goals):
            if goal_id in seen:
                raise file.error(f"målet «{goal_id}» står under to temaer", ("themes", index, "goals", place))
            seen.add(goal_id)
    return themes


def map_goals() -> Mapping[str, ThemeId]:
    """Return the theme of every goal of the shipped sets, by goal id."""
    return {goal_id: theme.id for theme in load_themes() for goal_id in theme.goals}
