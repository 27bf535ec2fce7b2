"""How far a document goes on a goal and how sure that is: the two scales that every part of the report uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from compliance.records import Certainty, Detail, DetailKind, Measure, Score, Stance

NOT_FOUND: Final = 0
NAMED: Final = 1
DESCRIBED: Final = 2
SHALL: Final = 3
CONCRETE: Final = 4
STEPS: Final = (CONCRETE, SHALL, DESCRIBED, NAMED, NOT_FOUND)  # in the order a reader meets them
COPIED: Final = "copied"  # the scoring rule for goals that only another's words speak for
# How often something is done: a figure that tells when, «årlig», «to ganger i året», not how much.
_RHYTHM: Final = re.compile(
    r"årl|halvår|kvartal|måned|månad|uke|veke|tertial"
    r"|(?:hver|kvar|annenhver|annankvar|annethver|annakvar|anna kvar)t?\b"
    r"|\w+ (?:ganger|gonger|gang|gong) i\b|\w+ \w+ i (?:uka|uken|veka|året|måneden|månaden|halvåret)\b",
    re.IGNORECASE,
)
OPEN_STANCES: Final = frozenset({Stance.BINDING, Stance.WISHED})  # what has a deadline to keep


@dataclass(frozen=True, slots=True)
class Details:
    """Whether the text on a goal says who, when and how much."""

    who: bool
    when: bool
    much: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what the text does not say, in the order they are asked for."""
        return tuple(name for name in ("who", "when", "much") if not getattr(self, name))


def is_sure(score: Score | None) -> bool:
    """Whether a score counts for its step; unsure ones count for neither side."""
    return score is not None and score.certainty is not Certainty.UNSURE


def collect_details(measures: Iterable[Measure]) -> Details:
    """Return what own measures say together; what is only asked or rejected says nothing."""
    kinds = {
        DetailKind.DATE if is_rhythm(detail) else detail.kind
        for measure in measures
        if not measure.copied and measure.stance not in {Stance.ASKED, Stance.REJECTED}
        for detail in measure.details
    }
    return Details(
        who=DetailKind.ACTOR in kinds,
        when=DetailKind.DATE in kinds,
        much=bool(kinds & {DetailKind.SUM, DetailKind.TARGET}),
    )


def is_rhythm(detail: Detail) -> bool:
    """Whether the detail says how often something is done."""
    return detail.kind is DetailKind.TARGET and _RHYTHM.match(detail.value) is not None


def list_past_deadlines(measures: Iterable[Measure], *, since: str, today: date) -> list[Detail]:
    """Return the deadlines of what is still to be done that are before today.

    A date of before the year `since`, the document's own first, tells what has been: nobody sets such a deadline.
    """
    return [
        detail
        for measure in measures
        if measure.stance in OPEN_STANCES and not any(each.kind is DetailKind.DONE for each in measure.details)
        for detail in measure.details
        if detail.kind is DetailKind.DATE and since <= last_day(detail.value) < today.isoformat()
    ]


def last_day(value: str) -> str:
    """Return the last day that a date may mean, comparable as text: "2026-06" ends as "2026-06-99"."""
    return f"{value.rpartition('/')[2]}-99-99"[:10]
