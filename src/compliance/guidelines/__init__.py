"""National goals and analysis rules, read from YAML.

`load_guidelines` gives the sets of goals, `load_rules` the wording rules; both raise GuidelineError naming file, line
and field. The format is described in docs/guidelines.md.
"""

from compliance.guidelines.editions import Edition, EditionReason, choose_editions, select_guidelines
from compliance.guidelines.folders import find_data_folder
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import Rules, load_rules
from compliance.guidelines.sets import Goal, GuidelineSet, NotCounted, Theme
from compliance.guidelines.terms import NameText, Strength, Term, TermWord, Text
from compliance.guidelines.themes import SharedTheme, ThemeId, load_themes

__all__ = [
    "Edition",
    "EditionReason",
    "Goal",
    "GuidelineSet",
    "NameText",
    "NotCounted",
    "Rules",
    "SharedTheme",
    "Strength",
    "Term",
    "TermWord",
    "Text",
    "Theme",
    "ThemeId",
    "choose_editions",
    "find_data_folder",
    "load_guidelines",
    "load_rules",
    "load_themes",
    "select_guidelines",
]
