"""National goals and analysis rules, read from YAML.

`load_guidelines` gives the sets of goals, `load_rules` the wording rules; both raise GuidelineError naming file, line
and field. The format is described in docs/guidelines.md.
"""

from compliance.files import find_data_folder
from compliance.guidelines.criteria import (
    Criterion,
    ElementCriteria,
    Place,
    list_criteria,
    load_criteria,
    score_element,
)
from compliance.guidelines.editions import Edition, EditionReason, choose_editions, select_guidelines
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import Rules, load_rules
from compliance.guidelines.sets import Goal, GuidelineSet, NotCounted, Theme
from compliance.guidelines.terms import NameText, Strength, Term, TermWord, Text
from compliance.guidelines.themes import SharedTheme, ThemeId, load_themes

__all__ = [
    "Criterion",
    "Edition",
    "EditionReason",
    "ElementCriteria",
    "Goal",
    "GuidelineSet",
    "NameText",
    "NotCounted",
    "Place",
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
    "list_criteria",
    "load_criteria",
    "load_guidelines",
    "load_rules",
    "load_themes",
    "score_element",
    "select_guidelines",
]
