"""Which guideline sets a document is held against, by when it was made, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from compliance.config import GuidelinesConfig
from compliance.errors import SettingsError
from compliance.guidelines.sets import GuidelineSet


class EditionReason(StrEnum):
    """Why a set is used for a document, or is not."""

    NAMED = "named"  # used: the user named it
    UNDATED = "undated"  # used: a default set, and nothing says when the document was made
    IN_FORCE = "in_force"  # used: in force when the document was made
    ENDED = "ended"  # used: a default set that had ended when the document was made; replaced_by tells by what
    NOT_YET = "not_yet"  # left out: it came after the document
    OVER = "over"  # left out: it had ended, and is no default set
    NOT_NAMED = "not_named"  # left out: the user named others, or it is used only where named


USED = frozenset({EditionReason.NAMED, EditionReason.UNDATED, EditionReason.IN_FORCE, EditionReason.ENDED})


@dataclass(frozen=True, slots=True)
class Edition:
    """A guideline set as seen from one document."""

    set_id: str
    reason: EditionReason
    made: date | None  # the first of the document's dates; None where it has none
    replaced_by: str | None  # id of the set that took over

    @property
    def used(self) -> bool:
        """Whether the document is held against the set."""
        return self.reason in USED


def choose_editions(
    sets: Sequence[GuidelineSet], *, config: GuidelinesConfig, dates: Sequence[date]
) -> tuple[Edition, ...]:
    """Return every set with whether a document of these dates is held against it, and why.

    `dates` are when it was adopted and the first day of its plan period. The user's own choice overrides them. Raises
    SettingsError for an unknown name.
    """
    known = [guideline_set.id for guideline_set in sets]
    for name in config.sets:
        if name not in known:
            raise SettingsError(f"Ukjent retningslinjesett «{name}». Velg blant {', '.join(known)}.", field="sets")
    return tuple(
        Edition(each.id, _find_reason(each, config=config, dates=dates), min(dates, default=None), each.replaced_by)
        for each in sets
    )


def select_guidelines(
    sets: Sequence[GuidelineSet], *, config: GuidelinesConfig, dates: Sequence[date]
) -> tuple[GuidelineSet, ...]:
    """Return the sets that a document of these dates is held against; raises SettingsError for an unknown name."""
    used = {each.set_id for each in choose_editions(sets, config=config, dates=dates) if each.used}
    return tuple(each for each in sets if each.id in used)


def _find_reason(guideline_set: GuidelineSet, *, config: GuidelinesConfig, dates: Sequence[date]) -> EditionReason:
    if config.sets:
        return EditionReason.NAMED if guideline_set.id in config.sets else EditionReason.NOT_NAMED
    if guideline_set.named_only or not (dates or guideline_set.default):
        return EditionReason.NOT_NAMED
    if not dates:
        return EditionReason.UNDATED
    return _find_by_date(guideline_set, dates)


def _find_by_date(guideline_set: GuidelineSet, dates: Sequence[date]) -> EditionReason:
    """Return the reason by date. A default set counts for all of the year it came in.

    A plan seldom states more than the year it begins: by the day, a plan for 2019–2022 would miss a strategy of
    June 2019 that it was written to follow.
    """
    if any(guideline_set.covers(day) for day in dates):
        return EditionReason.IN_FORCE
    if not guideline_set.default:
        return EditionReason.NOT_YET if guideline_set.valid_from > max(dates) else EditionReason.OVER
    if guideline_set.valid_from.year > max(dates).year:
        return EditionReason.NOT_YET
    return EditionReason.IN_FORCE if guideline_set.valid_from > max(dates) else EditionReason.ENDED
