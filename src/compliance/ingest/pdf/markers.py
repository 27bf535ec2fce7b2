"""Fragments that belong to one line: bullets drawn or set apart from their text, and words spread by justifying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from compliance.ingest.patterns import BULLETS
from compliance.ingest.pdf.gutters import MIN_LINES, Gutter, find_gutters
from compliance.ingest.pdf.lines import Area, Line, merge_beside, share_baseline
from compliance.ingest.pdf.spans import MARK_RISE, MARK_SIZE

MAX_MARKER_GAP = 45.0  # points between a marker and its text: wider tabs are columns
MAX_WORD_GAP = 1.1  # in type sizes: wider gaps may be gutters, and the column finder decides
_NOTE_MARK = re.compile(r"\d{1,3}\)?|\*{1,3}")
_ALONE = re.compile(
    rf"(?:[{re.escape(BULLETS)}–—\-*]|o|\(?(?:\d{{1,2}}|[a-zæøå]|[ivx]{{1,4}})[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}\.?"
    r"|[Kk]ap(?:ittel|\.)?\s\d{1,2}\.?:?)\s*"
)


def attach_markers(lines: Sequence[Line], *, dots: Sequence[Area] = ()) -> list[Line]:
    """Return the lines with markers joined to the words on their right, and words of one line joined.

    A drawn dot becomes a typed «•», which is how it reads.
    """
    rows = group_rows(lines)
    wide = len(lines) >= 2 * MIN_LINES and len(rows) < len(lines)  # a cell of a table has no gutter
    gutters = find_gutters([_list_neighbours(row) for row in rows if len(row) > 1], lines) if wide else []
    joined = [line for row in rows for line in _join_row(row, gutters)]
    return [_attach_dot(line, dots) for line in joined] if dots else joined


def join_rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines by rows from the top, the words of each joined, without looking for gutters between them."""
    return [line for row in group_rows(lines) for line in _join_row(row, [])]


def group_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines grouped by baseline, top to bottom, each row left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.x0)):
        row = rows[-1] if rows else []
        if row and line.upright and share_baseline(row[-1], line) and (len(row) == 1 or share_baseline(row[0], line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _list_neighbours(row: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of neighbours on a baseline, markers and their text left out."""
    return [(left, right) for left, right in pairwise(row) if left.upright and not _is_marker(left.text)]


def _join_row(row: list[Line], gutters: Sequence[Gutter]) -> list[Line]:
    done = [row[0]]
    for line in row[1:]:
        last = done[-1]
        gap = line.x0 - last.x1
        if _is_note_mark(last, line):
            continue
        if _is_marker(last.text) and -2 <= gap <= MAX_MARKER_GAP and not _is_marker(line.text):
            merged = merge_beside(replace(last, text=last.text.strip() + " "), line)
            done[-1] = replace(merged, text_x=line.x0)
        elif -0.5 * line.size <= gap <= _widest_gap(last, line) and not any(one.parts(line) for one in gutters):
            done[-1] = merge_beside(last, line)
        else:
            done.append(line)
    return done


def _is_note_mark(left: Line, line: Line) -> bool:
    """Tell whether a fragment is nothing but the raised mark of a note to the words on its left."""
    small = line.size < MARK_SIZE * left.size and line.y1 < left.y1 - MARK_RISE * left.size
    near = -0.3 * left.size <= line.x0 - left.x1 <= 0.3 * left.size
    return small and near and _NOTE_MARK.fullmatch(line.text.strip()) is not None


def _widest_gap(left: Line, right: Line) -> float:
    """Return the widest gap between two words of one line; two amounts beside each other are two cells."""
    amounts = left.text[-1:].isdigit() and right.text[:1].isdigit()
    return (0.45 if amounts else MAX_WORD_GAP) * min(left.size, right.size)


def _is_marker(text: str) -> bool:
    return len(text) <= 12 and bool(_ALONE.fullmatch(text))


def _attach_dot(line: Line, dots: Sequence[Area]) -> Line:
    """Return the line with the bullet that is drawn on its left, if there is one."""
    for dot in dots:
        gap = line.x0 - dot.x1
        beside = line.y0 <= (dot.y0 + dot.y1) / 2 <= line.y1
        round_ = abs(dot.width - dot.height) <= 1.5 and dot.width < 0.8 * line.size
        if beside and round_ and 1 <= gap <= 2.5 * line.size:
            return replace(line, text=f"• {line.text}", x0=dot.x0, text_x=line.x0)
    return line
