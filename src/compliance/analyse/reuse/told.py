"""Which matches are told of: every one, but of what very many municipalities have only those with the earliest of them.

Documents that are alike share wording pair by pair, so that what there is to tell would grow with their square. That
three hundred others have a sentence too is a number, and the sentence is custom long before (`MIN_SHARERS`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.reuse.age import Age
from compliance.analyse.reuse.sides import Words, passages_between
from compliance.analyse.reuse.sources import ComparedText
from compliance.records import SourceKind
from compliance.textreuse.alignment import Alignment
from compliance.textreuse.chaining import SharedRun
from compliance.textreuse.matching import Match

# Municipalities that a sentence is told to share wording with, besides those that its document names. Twice as many as
# make wording custom: what is left out is nobody's loan.
MOST_TOLD = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A match in a tenth of its memory; `number` says when it came."""

    number: int
    first: int
    second: int
    runs: NDArray[np.int32]  # a row each

    def unpack(self) -> Match:
        return Match(self.first, self.second, Alignment(tuple(SharedRun(*run) for run in self.runs.tolist())))


class ToldMatches:
    """Takes the matches of a run's texts, and answers which of them a text is told of, and how many have a passage.

    The answers do not depend on the order in which matches come, but for their own.
    """

    def __init__(self, texts: Sequence[ComparedText]) -> None:
        self._texts, self._ranks = texts, _rank_municipalities(texts)
        self._starts = {text.id: _list_starts(text) for text in texts if text.kind is SourceKind.MUNICIPALITY}
        self._national: dict[str, list[_Kept]] = {}  # by text
        self._told: dict[tuple[str, int], dict[int, list[_Kept]]] = {}  # by text and sentence, then by _find_rank
        self._sharers: dict[tuple[str, int], int] = {}  # by text and passage; a bit for each municipality's group
        self._rank = cache(self._find_rank)

    def add_all(self, matches: Iterable[Match]) -> None:
        """Take matches. Of those with national texts all are told."""
        for number, match in enumerate(matches):
            one, other = self._texts[match.first], self._texts[match.second]
            if one.kind is not SourceKind.MUNICIPALITY:
                continue
            runs = [(run.first, run.second, run.length) for run in match.alignment.runs]
            kept = _Kept(number, match.first, match.second, np.array(runs, dtype=np.int32))
            if other.kind is SourceKind.MUNICIPALITY:
                self._add(kept, one, other.group, match.alignment.first_range)
                self._add(kept, other, one.group, match.alignment.second_range)
            else:
                self._national.setdefault(one.id, []).append(kept)

    def list_national(self, text: ComparedText) -> list[Match]:
        """Return a document's matches with national texts."""
        return [kept.unpack() for kept in self._national.get(text.id, ())]

    def list_municipal(self, text: ComparedText) -> list[Match]:
        """Return the matches with other municipalities that a document is told of."""
        found = {
            kept.number: kept
            for sentence in range(len(self._starts[text.id]))
            for matches in self._told.get((text.id, sentence), {}).values()
            for kept in matches
        }
        return [found[number].unpack() for number in sorted(found)]

    def count_sharers(self, text: ComparedText, passage: int) -> int:
        """Return how many other municipalities have wording of a document's passage.

        Whoever was first: what many have is custom for the first of them too.
        """
        return self._sharers.get((text.id, passage), 0).bit_count()

    def _add(self, kept: _Kept, holder: ComparedText, group: int, words: Words) -> None:
        """Note in the holder what it shares with another municipality, told of where there is room for it."""
        start, end = holder.find_characters(words)
        for passage in passages_between(holder.reading.passages, start, end):
            self._sharers[holder.id, passage] = self._sharers.get((holder.id, passage), 0) | 1 << group
        starts, rank = self._starts[holder.id], self._rank(holder, group)
        for sentence in range(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end - 1)):
            told = self._told.setdefault((holder.id, sentence), {})
            if rank in told or _make_room(told, rank):
                told.setdefault(rank, []).append(kept)

    def _find_rank(self, holder: ComparedText, group: int) -> int:
        """Return the municipality's place by age, below zero where the holder names it."""
        rank, name = self._ranks[group]
        return rank - len(self._ranks) if name and name in holder.text else rank


def _make_room(told: dict[int, list[_Kept]], rank: int) -> bool:
    """Whether one more may be told of; the latest is no more where it has to make room for an earlier one."""
    if rank < 0 or len(told) < MOST_TOLD or sum(each >= 0 for each in told) < MOST_TOLD:
        return True
    latest = max(told)
    if latest > rank:
        del told[latest]
    return latest > rank


def _rank_municipalities(texts: Sequence[ComparedText]) -> dict[int, tuple[int, str | None]]:
    """Return each municipality's place by its earliest document, and its name, by group number."""
    earliest: dict[int, ComparedText] = {}
    for text in sorted(texts, key=lambda each: (_order_by_age(each.age), each.id)):
        if text.kind is SourceKind.MUNICIPALITY:
            earliest.setdefault(text.group, text)
    return {group: (rank, text.municipality) for rank, (group, text) in enumerate(earliest.items())}


def _order_by_age(age: Age) -> tuple[bool, int, str]:
    """Return what puts the oldest first, and what says nothing of its age last."""
    year = age.adopted[0].year if age.adopted else age.year
    return year is None, year or 0, age.adopted[0].isoformat() if age.adopted else ""


def _list_starts(text: ComparedText) -> list[int]:
    """Return where each sentence of a document begins, and each passage that is not cut into sentences."""
    passages = text.reading.passages
    return sorted({start for each in passages for start in (each.start, *(low for low, _ in each.sentences))})
