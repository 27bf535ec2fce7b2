"""Shaded and framed areas: text that is set apart from the running text."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.ingest.pdf.extract import PageContent
from compliance.ingest.pdf.lines import Area, Line
from compliance.ingest.pdf.tables import Table

MAX_SHARE = 0.75  # of the page's area: more is the page's background
MIN_TEXT = 40  # characters: less is a shaded heading or a label
TOUCH = 4.0  # points between stacked areas that are one box: writers shade each paragraph by itself


def find_boxes(page: PageContent, lines: Sequence[Line], *, tables: Sequence[Table]) -> list[Area]:
    """Return the areas set apart on the page, outermost only, top to bottom."""
    limit = MAX_SHARE * page.transform.width * page.transform.height
    areas = [area for area in (*page.fills, *page.frames) if area.width * area.height <= limit and area.width >= 40]
    areas = [area for area in areas if not any(_overlap(area, table.area) for table in tables)]
    merged = _merge(areas)
    boxes = [area for area in merged if _sets_apart(area, lines)]
    return [area for area in boxes if not any(other != area and _inside(area, other) for other in boxes)]


def _merge(areas: Sequence[Area]) -> list[Area]:
    """Return the areas with those stacked on each other, of one width, made one."""
    merged: list[Area] = []
    for area in sorted(set(areas), key=lambda area: (area.y0, area.x0)):
        for index, other in enumerate(merged):
            same_width = abs(area.x0 - other.x0) <= 2 and abs(area.x1 - other.x1) <= 2
            if same_width and other.y0 - 1 <= area.y0 <= other.y1 + TOUCH:
                merged[index] = Area(other.x0, other.y0, other.x1, max(area.y1, other.y1))
                break
        else:
            merged.append(area)
    return merged


def _sets_apart(area: Area, lines: Sequence[Line]) -> bool:
    """Tell whether the area surrounds whole lines, and enough of them, rather than crossing some."""
    inside = [line for line in lines if area.holds(line, slack=0)]
    crossed = [line for line in inside if line.x0 < area.x0 - 3 or line.x1 > area.x1 + 3]
    heading_bar = len(inside) <= 2 and all(line.bold for line in inside)
    return not crossed and not heading_bar and sum(len(line.text) for line in inside) >= MIN_TEXT


def _overlap(area: Area, other: Area) -> bool:
    width = min(area.x1, other.x1) - max(area.x0, other.x0)
    height = min(area.y1, other.y1) - max(area.y0, other.y0)
    return width > 0 and height > 0 and width * height > 0.3 * area.width * area.height


def _inside(area: Area, other: Area) -> bool:
    return other.x0 - 1 <= area.x0 and area.x1 <= other.x1 + 1 and other.y0 - 1 <= area.y0 and area.y1 <= other.y1 + 1
