"""Rows of a table that has few rules: which printed lines are one row, by rules, gaps, amounts and labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from compliance.ingest.patterns import expects_more
from compliance.ingest.pdf.cell_values import is_value
from compliance.ingest.pdf.lines import Line

GAP = 1.25  # of the pitch within a cell: lines further apart are two rows
WRAPPED = 0.25  # share of the printed lines without a label: cells of several lines, so that gaps tell rows apart
_PART_OF = re.compile(r"(?:herav|herunder|hvorav|derav|av dette|her av)\b", re.IGNORECASE)  # a row of its own

Cells = Sequence[Sequence[Line]]  # one printed line of a table: per column, what stands in it


@dataclass(frozen=True, slots=True)
class RowSigns:
    """What tells the rows of one table apart, beside its amounts."""

    levels: Sequence[float] = ()  # heights of rules and edges of shading
    labels: bool = True  # a new label opens a row


def group_printed(printed: Sequence[Cells], signs: RowSigns) -> list[list[Cells]]:
    """Return the printed lines of a table grouped to rows, top to bottom.

    A rule or a shade's edge between two lines parts them; so do a wider gap, where cells run over several lines, a
    second amount in one column, and a new label.
    """
    pitches = [below - above for above, below in pairwise(map(_top, printed))]
    gap = _find_gap(printed, pitches)
    rows = [[printed[0]]]
    for cells, pitch in zip(printed[1:], pitches, strict=True):
        parted = _has_level_between(rows[-1][-1], cells, signs.levels) or (gap is not None and pitch > gap)
        if (
            parted
            or _repeats_amount(rows[-1], cells)
            or (signs.labels and not gap and _opens_by_label(rows[-1], cells))
        ):
            rows.append([cells])
        else:
            rows[-1].append(cells)
    return rows


def _find_gap(printed: Sequence[Cells], pitches: Sequence[float]) -> float | None:
    """Return the distance beyond which two lines are two rows; None where gaps do not tell.

    They do where many lines have no label, or where no group of near lines has two amounts in one column.
    """
    inner = min(pitches, default=0.0)
    if max(pitches, default=0.0) <= GAP * inner:
        return None
    near: list[list[Cells]] = [[printed[0]]]
    for cells, pitch in zip(printed[1:], pitches, strict=True):
        if pitch > GAP * inner:
            near.append([])
        near[-1].append(cells)
    single = not any(_repeats_amount(group[:index], group[index]) for group in near for index in range(1, len(group)))
    valued = sum(any(_has_amount(cells) for cells in group) for group in near)
    unlabelled = sum(not cells[0] for cells in printed)
    tells = unlabelled >= WRAPPED * len(printed) or (single and 2 * valued >= len(near))
    return GAP * inner if tells else None


def merge_cells(row: Sequence[Cells]) -> list[list[Line]]:
    """Return the row's cells, each with its lines from top to bottom."""
    return [[line for cells in row for line in cells[column]] for column in range(len(row[0]))]


def _top(cells: Cells) -> float:
    return min(line.y0 for cell in cells for line in cell)


def _has_level_between(above: Cells, below: Cells, levels: Sequence[float]) -> bool:
    upper = min(line.middle for cell in above for line in cell)
    lower = max(line.middle for cell in below for line in cell)
    return any(upper < level < lower for level in levels)


def _has_amount(cells: Cells) -> bool:
    return any(is_value(line.text) for cell in cells[1:] for line in cell)


def _repeats_amount(row: Sequence[Cells], cells: Cells) -> bool:
    """Whether a column that has an amount or a time already gets another."""
    return any(
        any(is_value(line.text) for line in cell) and any(is_value(line.text) for one in row for line in one[column])
        for column, cell in enumerate(cells)
        if column
    )


def _opens_by_label(row: Sequence[Cells], cells: Cells) -> bool:
    labels = [line for one in row for line in one[0]]
    if not cells[0] or not labels:
        return False
    text = cells[0][0].text
    return not ((text[:1].islower() and not _PART_OF.match(text)) or expects_more(labels[-1].text))
