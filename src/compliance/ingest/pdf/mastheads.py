"""Ruled headers and footers: small tables in the margin that stand on page after page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from compliance.ingest.patterns import fold_running_line
from compliance.ingest.pdf.furniture import MIN_PAGES, ZONE
from compliance.ingest.pdf.tables import Table


def find_mastheads(tables: Sequence[Sequence[Table]], heights: Sequence[float]) -> set[Table]:
    """Return the tables, given by page, that are running headers or footers: in the margin, repeated, numbers aside."""
    groups: dict[str, list[Table]] = defaultdict(list)
    for found, height in zip(tables, heights, strict=True):
        for table in found:
            if table.area.y1 <= ZONE * height or table.area.y0 >= (1 - ZONE) * height:
                groups[fold_running_line(" ".join(row.text for row in table.rows))].append(table)
    enough = min(MIN_PAGES, max(len(tables), 2))
    return {table for group in groups.values() if len({one.page for one in group}) >= enough for table in group}
