"""The five themes shared by all national documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.config import GuidelinesConfig
from compliance.errors import GuidelineError
from compliance.guidelines import ThemeId, find_data_folder, load_guidelines, load_themes
from compliance.guidelines.lint import lint_files
from compliance.guidelines.themes import parse_themes
from compliance.guidelines.yaml_file import read_yaml


def test_the_five_themes_hold_every_shipped_goal_once() -> None:
    themes = load_themes()
    listed = [goal_id for theme in themes for goal_id in theme.goals]
    shipped = [goal.id for each in load_guidelines(GuidelinesConfig()) for goal in each.goals]
    assert [theme.id for theme in themes] == list(ThemeId)
    assert sorted(listed) == sorted(shipped)


@pytest.mark.parametrize(
    ("goal_id", "theme"),
    [
        pytest.param("DA3", ThemeId.KOMPETANSE, id="a main priority is its own theme"),
        pytest.param("KS1.2", ThemeId.BRUKER, id="the KS goals follow their headings"),
        pytest.param("EN2", ThemeId.INNOVASJON, id="the study has data sharing under innovation"),
        pytest.param("KS5.6", ThemeId.PERSONVERN, id="archives belong to security and privacy"),
    ],
)
def test_a_goal_carries_its_theme(goal_id: str, theme: ThemeId) -> None:
    goals = {goal.id: goal for each in load_guidelines(GuidelinesConfig()) for goal in each.goals}
    assert goals[goal_id].theme is theme


def test_a_goal_under_two_themes_is_refused_with_its_place(tmp_path: Path) -> None:
    text = (find_data_folder("rules") / "themes.yaml").read_text(encoding="utf-8")
    path = tmp_path / "themes.yaml"
    path.write_text(text.replace("goals: [DA2,", "goals: [DA1,"), encoding="utf-8")
    with pytest.raises(GuidelineError, match="«DA1» står under to temaer") as caught:
        parse_themes(read_yaml(path))
    assert caught.value.field == "themes[2].goals[1]"
    assert [str(error) for error in lint_files([path])] == [str(caught.value)]


def test_a_theme_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = (find_data_folder("rules") / "themes.yaml").read_text(encoding="utf-8")
    path = tmp_path / "themes.yaml"
    path.write_text(text.replace("id: innovasjon", "id: bruker"), encoding="utf-8")
    with pytest.raises(GuidelineError, match="«bruker» står to ganger"):
        parse_themes(read_yaml(path))
