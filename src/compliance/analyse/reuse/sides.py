"""Matches seen from the document that has the wording from the other, and those that a common source explains."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compliance.analyse.reuse.age import Age, compare_ages
from compliance.analyse.reuse.sources import ComparedText
from compliance.records import Order, Passage, SourceKind
from compliance.textreuse.alignment import Alignment
from compliance.textreuse.matching import Match

EXPLAINED = 0.8  # share of a stretch that other sources must cover together to explain that two municipalities share it
LESS_ALIKE = 0.05  # in similarity: an older plan that is less alike than this does not explain what a younger one has
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


def find_sides(matches: Iterable[Match], texts: Sequence[ComparedText], *, names: Names) -> Iterator[Side]:
    """Yield each match from the side of the document that has the wording from the other; from both where none knows.

    A document that names the other has it from there; else the later one has (`compare_ages`).
    """
    for match in matches:
        first, second = texts[match.first], texts[match.second]
        if first.kind is not SourceKind.MUNICIPALITY:
            continue
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


class Explanations:
    """What else accounts for wording that two municipalities share: national texts, and plans older than both."""

    def __init__(self, national: Iterable[Side], official: Mapping[str, Sequence[Words]]) -> None:
        """`official` are the words of each document, by id, that are known as official by fingerprints."""
        self._national: dict[str, list[Words]] = {each: list(ranges) for each, ranges in official.items()}
        for side in national:
            self._national.setdefault(side.holder.id, []).append(side.alignment.first_range)

    def is_national(self, side: Side) -> bool:
        """Tell whether national texts together account for it, as they are found in either of the two."""
        return _covers(self._national.get(side.holder.id, ()), side.alignment.first_range) or _covers(
            self._national.get(side.source.id, ()), side.alignment.second_range
        )

    def is_older(self, side: Side, others: Iterable[Side]) -> bool:
        """Tell whether plans older than both, with national texts, account for it about as well as the source does.

        `others` are the sides of its holder whose order is known.
        """
        if side.order is Order.NAMED:
            return False
        older = [
            other.alignment.first_range
            for other in others
            if other.source.group != side.source.group
            and other.alignment.similarity >= side.alignment.similarity - LESS_ALIKE
            and compare_ages(side.source.age, other.source.age)[0] > 0
        ]
        return (
            _covers([*older, *self._national.get(side.holder.id, ())], side.alignment.first_range) if older else False
        )


def _covers(ranges: Iterable[Words], wanted: Words) -> bool:
    start, end = wanted
    reached, covered = start, 0
    for low, high in sorted(ranges):
        gained = min(high, end) - max(low, reached)
        if gained > 0:
            covered, reached = covered + gained, min(high, end)
    return covered >= EXPLAINED * (end - start)


def passages_under(side: Side) -> range:
    """Return the numbers of the holder's passages that the match runs through."""
    start, end = side.holder.find_characters(side.alignment.first_range)
    return passages_between(side.holder.reading.passages, start, end)


def passages_between(passages: Sequence[Passage], start: int, end: int) -> range:
    """Return the numbers of the passages from one character of the document to another."""
    first = max(0, bisect_right(passages, start, key=lambda passage: passage.start) - 1)
    return range(first, bisect_right(passages, end - 1, key=lambda passage: passage.start))
