"""Verified alignments: the words that two stretches share, in the same order, and how much of both they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from compliance.textreuse.chaining import Chain, SharedRun

MARGIN = 30  # words beyond the seeds on either side where the stretch may go on with changed words
# A word that only one side has costs this much against 1 for a shared word. Unrelated Norwegian prose shares about a
# quarter of its words in order, which comes out far below zero; a heavily edited copy shares about three quarters.
UNSHARED_COST = 0.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """Shared runs in order; never empty, and beginning and ending with shared words on both sides."""

    runs: tuple[SharedRun, ...]

    @property
    def first_range(self) -> tuple[int, int]:
        """Half-open word range in the first text."""
        return self.runs[0].first, self.runs[-1].first + self.runs[-1].length

    @property
    def second_range(self) -> tuple[int, int]:
        """Half-open word range in the second text."""
        return self.runs[0].second, self.runs[-1].second + self.runs[-1].length

    @property
    def shared(self) -> int:
        """How many words both sides share."""
        return sum(run.length for run in self.runs)

    @property
    def similarity(self) -> float:
        """Twice the shared words over the words of both sides, 0 to 1 (Dice over the aligned words)."""
        (a, b), (c, d) = self.first_range, self.second_range
        return 2 * self.shared / ((b - a) + (d - c))

    def swapped(self) -> Alignment:
        """Return the same alignment seen from the second text."""
        return Alignment(tuple(SharedRun(run.second, run.first, run.length) for run in self.runs))

    def within(self, start: int, end: int) -> Alignment | None:
        """Return the part whose words in the first text lie in `start` to `end`, or None when there is none."""
        runs = tuple(cut for run in self.runs if (cut := _cut(run, start, end)).length > 0)
        return Alignment(runs) if runs else None


def align(chain: Chain, first: NDArray[np.uint64], second: NDArray[np.uint64]) -> Alignment | None:
    """Return the best alignment of two texts' words around a chain, or None when nothing scores above zero.

    Keeps the chain's seeds, and aligns by longest common subsequence what lies between them and MARGIN words on either
    side; then takes the part whose shared words outweigh the unshared ones most.
    """
    begin, finish = chain.runs[0], chain.runs[-1]
    edges = (
        SharedRun(max(0, begin.first - MARGIN), max(0, begin.second - MARGIN), 0),
        SharedRun(finish.first + finish.length + MARGIN, finish.second + finish.length + MARGIN, 0),
    )
    runs: list[SharedRun] = []
    for before, after in pairwise((edges[0], *chain.runs, edges[1])):
        for run in (*_align_between(before, after, first, second), after):
            _append(runs, run)
    best = _best_stretch(runs)
    return Alignment(tuple(best)) if best else None


def _align_between(
    before: SharedRun, after: SharedRun, first: NDArray[np.uint64], second: NDArray[np.uint64]
) -> Iterator[SharedRun]:
    """Yield the runs that are shared between the end of one run and the beginning of another."""
    low, other_low = before.first + before.length, before.second + before.length
    one, other = first[low : after.first].tolist(), second[other_low : after.second].tolist()
    if one and other:
        for code in LCSseq.opcodes(one, other):
            if code.tag == "equal":
                yield SharedRun(low + code.src_start, other_low + code.dest_start, code.src_end - code.src_start)


def _append(runs: list[SharedRun], run: SharedRun) -> None:
    """Put a run at the end, as one with the last where it goes on from it."""
    if not run.length:
        return
    if runs and (runs[-1].first + runs[-1].length, runs[-1].second + runs[-1].length) == (run.first, run.second):
        before = runs.pop()
        run = SharedRun(before.first, before.second, before.length + run.length)
    runs.append(run)


@dataclass(frozen=True, slots=True)
class Unshared:
    """Words that two stretches do not share, as half-open ranges from each stretch's beginning; one may be empty."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int


def find_unshared(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> list[Unshared]:
    """Return where the words of two stretches differ, in order."""
    codes = [code for code in LCSseq.opcodes(first.tolist(), second.tolist()) if code.tag != "equal"]
    joined: list[Unshared] = []
    for code in codes:
        if joined and (joined[-1].first_end, joined[-1].second_end) == (code.src_start, code.dest_start):
            before = joined.pop()
            joined.append(Unshared(before.first_start, code.src_end, before.second_start, code.dest_end))
        else:
            joined.append(Unshared(code.src_start, code.src_end, code.dest_start, code.dest_end))
    return joined


def _best_stretch(runs: Sequence[SharedRun]) -> Sequence[SharedRun]:
    """Return the neighbouring runs of the highest score: shared words less the cost of unshared ones between them."""
    best_score = score = 0.0
    best = (0, 0)
    start = 0
    for k, run in enumerate(runs):
        score -= UNSHARED_COST * _unshared_before(runs, k) if k > start else 0.0
        if score < 0:
            score, start = 0.0, k
        score += run.length
        if score > best_score:
            best_score, best = score, (start, k + 1)
    return _drop_strays(runs[best[0] : best[1]])


def _drop_strays(runs: Sequence[SharedRun]) -> Sequence[SharedRun]:
    """Return one run alone, where only single words stand around it that lie closer in one text than in the other.

    So a goal taken word for word stays verbatim where the sentences around it happen to have an «og» near it. A word
    at the same distance in both is kept: the one between was exchanged.
    """
    start, end = 0, len(runs)
    while end - start > 1 and runs[end - 1].length == 1 and _is_shifted(runs[end - 2], runs[end - 1]):
        end -= 1
    while end - start > 1 and runs[start].length == 1 and _is_shifted(runs[start], runs[start + 1]):
        start += 1
    return runs[start:end] if end - start == 1 else runs


def _is_shifted(before: SharedRun, after: SharedRun) -> bool:
    return after.first - before.first != after.second - before.second


def _unshared_before(runs: Sequence[SharedRun], k: int) -> int:
    before, run = runs[k - 1], runs[k]
    return (run.first - before.first - before.length) + (run.second - before.second - before.length)


def _cut(run: SharedRun, start: int, end: int) -> SharedRun:
    low, high = max(start, run.first), min(end, run.first + run.length)
    return SharedRun(low, run.second + (low - run.first), high - low)


def drop_overlaps(alignments: Sequence[Alignment]) -> Iterator[Alignment]:
    """Yield the alignments of one pair of texts without those that a larger one covers on both sides."""
    kept: list[Alignment] = []
    for alignment in sorted(alignments, key=lambda each: (-each.shared, each.first_range, each.second_range)):
        if not any(_overlap(alignment, other) for other in kept):
            kept.append(alignment)
            yield alignment


def _overlap(one: Alignment, other: Alignment) -> bool:
    return all(
        min(a[1], b[1]) - max(a[0], b[0]) > (a[1] - a[0]) / 2
        for a, b in ((one.first_range, other.first_range), (one.second_range, other.second_range))
    )
