"""Which of two texts was first, and by what that is known. A wrong answer accuses the wrong one: in doubt, nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from compliance.analyse.matching.cues import CueMatcher
from compliance.guidelines.cues import StatementCue, StatementRole
from compliance.guidelines.rules import Rules
from compliance.records import BlockKind, Order, Reading, SharedText, parse_date

# A plan is adopted in the first year of its period or the year before; where only one of two plans tells its period
# and the other when it was adopted, years as near as this say nothing.
YEARS_APART = 2
_TITLE_PASSAGES = 5  # at the top of a document: «UTKAST», «Høringsforslag» stand on the cover
_TITLE_WORDS = 12  # of a passage there; longer ones tell of the hearing of something else


@dataclass(frozen=True, slots=True)
class Age:
    """What a document says of when it was made."""

    adopted: tuple[date, date] | None = None  # the first and last day that its adoption date covers
    year: int | None = None  # the first of its plan period
    draft: bool = False


class AgeReader:
    """Reads how old documents are; drafts by the wording of their file names, titles and covers."""

    def __init__(self, rules: Rules) -> None:
        self._drafts: CueMatcher[StatementCue] = CueMatcher(
            [cue for cue in rules.statements if cue.role in {StatementRole.DRAFTS, StatementRole.DRAFT_TITLE}]
        )

    def read(self, reading: Reading) -> Age:
        """Return what the document says of its age; one with an adoption date is no draft."""
        profile = reading.profile
        return Age(
            adopted=read_days(profile.adopted.value) if profile.adopted else None,
            year=int(profile.period.value.split("-")[0]) if profile.period else None,
            draft=profile.adopted is None and self._is_draft(reading),
        )

    def _is_draft(self, reading: Reading) -> bool:
        tops = [
            passage.text
            for passage in reading.passages[:_TITLE_PASSAGES]
            if passage.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and len(passage.text.split()) <= _TITLE_WORDS
        ]
        marks = [item.text for item in reading.document.furniture]
        return any(
            self._drafts.find(text) for text in (reading.document.name, reading.document.title or "", *tops, *marks)
        )


def read_age(text: SharedText) -> Age:
    """Return how old a text is by what was kept of it."""
    return Age(read_days(text.adopted) if text.adopted else None, text.year, text.draft)


def compare_ages(one: Age, other: Age) -> tuple[int, Order]:
    """Return 1 where `one` is later than `other`, -1 where it is earlier, 0 where nothing tells; and what tells it.

    Adoption dates tell first, then the first years of the plan periods, then that a draft is later than anything
    adopted. Dates that overlap («2019» and «2019-05») do not tell.
    """
    if one.adopted and other.adopted:
        later = (one.adopted[0] > other.adopted[1]) - (one.adopted[1] < other.adopted[0])
        if later:
            return later, Order.ADOPTED
    later = _compare_years(one, other)
    if later:
        return later, Order.PERIOD
    later = (one.draft and other.adopted is not None) - (other.draft and one.adopted is not None)
    return later, Order.DRAFT if later else Order.UNKNOWN


def _compare_years(one: Age, other: Age) -> int:
    if one.year and other.year:
        return (one.year > other.year) - (one.year < other.year)
    first = one.year or (one.adopted[0].year if one.adopted else None)
    second = other.year or (other.adopted[0].year if other.adopted else None)
    if first is None or second is None or abs(first - second) < YEARS_APART:
        return 0
    return (first > second) - (first < second)


def read_days(value: str) -> tuple[date, date]:
    """Return the first and the last day of an Attribute date: «2019», «2019-05» or «2019-05-21»."""
    first = parse_date(value)
    precision = value.count("-")
    if precision == 0:
        return first, date(first.year, 12, 31)
    if precision == 1:
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first, first
