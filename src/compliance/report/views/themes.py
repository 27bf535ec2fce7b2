"""The five themes that all national documents share: on them, plans of different years can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.guidelines.themes import load_themes
from compliance.records import Certainty
from compliance.report.context import ReportContext
from compliance.report.views.goals import GoalView
from compliance.report.views.steps import NOT_FOUND


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme: as far as the best of its goals goes, and as sure."""

    id: str
    title: str
    step: int
    certainty: Certainty
    best: GoalView
    found: int  # goals that are surely spoken of
    goals: int

    @property
    def sure(self) -> bool:
        """Whether it counts for its step."""
        return self.certainty is not Certainty.UNSURE


def show_themes(goals: Sequence[GoalView], *, context: ReportContext) -> tuple[ThemeView, ...]:
    """Return the themes that any of the goals belongs to, in the order of `rules/themes.yaml`."""
    language = context.texts.language
    return tuple(
        _show_theme(theme.id, theme.title.in_code(language), mine)
        for theme in load_themes()
        if (mine := [goal for goal in goals if goal.theme == theme.id])
    )


def _show_theme(name: str, title: str, goals: Sequence[GoalView]) -> ThemeView:
    """Return a theme as far as its best goal goes; that nothing is found is as unsure as its least sure goal."""
    best = max(goals, key=lambda goal: (goal.step, goal.certainty.rank))
    certainty = best.certainty
    if best.step == NOT_FOUND:
        certainty = min((goal.certainty for goal in goals), key=lambda each: each.rank)
    found = sum(goal.sure and goal.step > NOT_FOUND for goal in goals)
    return ThemeView(name, title, best.step, certainty, best, found, len(goals))
