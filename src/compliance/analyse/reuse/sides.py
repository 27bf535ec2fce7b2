"""Matches seen from the document that has the wording from the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from compliance.analyse.reuse.age import Age, compare_ages
from compliance.analyse.reuse.sources import ComparedText
from compliance.records import Order, Passage, SourceKind
from compliance.textreuse.alignment import Alignment
from compliance.textreuse.matching import Match

DAYS_BEFORE = 365  # plans adopted up to a year before a national text was in force may have had its draft

Words = tuple[int, int]  # half-open range of words


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One direction of a match: the document that has the wording, and the text it is held against."""

    holder: ComparedText
    source: ComparedText
    alignment: Alignment  # first: the holder, second: the source
    order: Order

    @property
    def is_municipal(self) -> bool:
        """Whether the other text is a municipality's."""
        return self.source.kind is SourceKind.MUNICIPALITY


Names = Callable[[Side], bool]  # whether the holder names the source where the wording is


def find_sides(match: Match, texts: Sequence[ComparedText], *, names: Names) -> Iterator[Side]:
    """Yield a match from the side of the document that has the wording from the other; from both where none knows.

    A document that names the other has it from there; else the later one has (`compare_ages`).
    """
    first, second = texts[match.first], texts[match.second]
    one = Side(first, second, match.alignment, order_after_national(first.age, second.age))
    if one.is_municipal:
        yield from _order_sides(one, Side(second, first, match.alignment.swapped(), Order.UNKNOWN), names)
    else:
        yield one


def order_after_national(age: Age, national: Age) -> Order:
    """Return what is known of the order where the other text is national: a plan made long before it copied nothing."""
    if age.adopted and national.adopted and (national.adopted[0] - age.adopted[1]).days > DAYS_BEFORE:
        return Order.UNKNOWN
    later, _ = compare_ages(Age(year=age.year), Age(adopted=national.adopted))
    return Order.UNKNOWN if later < 0 else Order.NATIONAL


def _order_sides(one: Side, other: Side, names: Names) -> Iterator[Side]:
    named, named_back = names(one), names(other)
    later, order = compare_ages(one.holder.age, one.source.age)
    if named != named_back:
        later, order = (1 if named else -1), Order.NAMED
    if later >= 0:
        yield Side(one.holder, one.source, one.alignment, order)
    if later <= 0:
        yield Side(other.holder, other.source, other.alignment, order)


def passages_under(side: Side) -> range:
    """Return the numbers of the holder's passages that the match runs through."""
    start, end = side.holder.find_characters(side.alignment.first_range)
    return passages_between(side.holder.reading.passages, start, end)


def passages_between(passages: Sequence[Passage], start: int, end: int) -> range:
    """Return the numbers of the passages from one character of the document to another."""
    first = max(0, bisect_right(passages, start, key=lambda passage: passage.start) - 1)
    return range(first, bisect_right(passages, end - 1, key=lambda passage: passage.start))
