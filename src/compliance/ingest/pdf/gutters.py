"""Gutters too narrow to tell from a wide space: lines beside each other that all begin at one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.ingest.pdf.lines import Line

SAME_START = 1.5  # points: a column's lines begin at one place
MIN_LINES = 3  # that begin there, right of another
MIN_GAP = 0.3  # of the type size: a narrower gap is a space
MAX_CROSSING = 0.2  # lines over the gutter, as a share of those beside it: in justified text nearly all cross


@dataclass(frozen=True, slots=True)
class Gutter:
    """Where a column begins, and from which height to which it is seen."""

    start: float
    top: float
    bottom: float

    def parts(self, line: Line) -> bool:
        """Whether the line begins right of the gutter."""
        return abs(line.x0 - self.start) <= SAME_START and self.top <= line.middle <= self.bottom


def find_gutters(rows: Sequence[Sequence[tuple[Line, Line]]], lines: Sequence[Line]) -> list[Gutter]:
    """Return the gutters among lines; `rows` are the pairs of neighbours on each baseline that might be joined."""
    pairs = sorted((pair for row in rows for pair in row), key=lambda pair: pair[1].x0)
    groups: list[list[Line]] = []
    for left, right in pairs:
        if right.x0 - left.x1 < MIN_GAP * min(left.size, right.size):
            continue
        if groups and right.x0 - groups[-1][0].x0 <= SAME_START:
            groups[-1].append(right)
        else:
            groups.append([right])
    found = [_make_gutter(group) for group in groups if len(group) >= MIN_LINES]
    return [gutter for gutter in found if _is_open(gutter, lines)]


def _make_gutter(group: Sequence[Line]) -> Gutter:
    start = min(line.x0 for line in group)
    return Gutter(start, min(line.y0 for line in group), max(line.y1 for line in group))


def _is_open(gutter: Gutter, lines: Sequence[Line]) -> bool:
    beside = [line for line in lines if gutter.top <= line.middle <= gutter.bottom]
    begun = sum(abs(line.x0 - gutter.start) <= SAME_START for line in beside)
    crossing = sum(line.x0 < gutter.start - SAME_START and line.x1 > gutter.start + SAME_START for line in beside)
    return crossing <= MAX_CROSSING * begun
