"""National goals and analysis rules, read from YAML.

`load_guidelines` gives the sets of goals, `load_rules` the wording rules; both raise GuidelineError naming file, line
and field. The format is described in docs/guidelines.md.
"""

from compliance.guidelines.folders import find_data_folder
from compliance.guidelines.load import load_guidelines, select_guidelines
from compliance.guidelines.rules import Rules, load_rules
from compliance.guidelines.sets import Goal, GuidelineSet, NotCounted, Theme
from compliance.guidelines.terms import Strength, Term, TermWord, Text

__all__ = [
    "Goal",
    "GuidelineSet",
    "NotCounted",
    "Rules",
    "Strength",
    "Term",
    "TermWord",
    "Text",
    "Theme",
    "find_data_folder",
    "load_guidelines",
    "load_rules",
    "select_guidelines",
]
