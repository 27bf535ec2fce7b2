"""Running headers, footers and page numbers: what repeats in the margins from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.ingest.patterns import fold_running_line, is_page_number
from compliance.ingest.pdf.lines import Line
from compliance.ingest.pdf.markers import group_rows
from compliance.ingest.pdf.tables import Table
from compliance.records import FurnitureKind

Key = tuple[int, int]

ZONE = 0.16  # of the page height, at the top and at the bottom: furniture stands in it
EDGE = 0.10  # in documents of two or three pages only what stands nearer the edge is believed
SAME_HEIGHT = 5.0  # points that a running line may move from page to page
MIN_PAGES = 3  # a text that stands on fewer pages is a coincidence, unless the document is short
MAX_HEADER_LINES = 3
MAX_SIZE = 1.3  # of the body's type size: larger type that repeats is a heading of slides or of like chapters

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_BARE = re.compile(r"[-–—|\s]*(?P<number>\d{1,4}|[ivxl]{1,7})[-–—|\s]*", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:side|s\.|page)\s*\d|\d\s*(?:av|of|/)\s*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarginLine:
    """A line in the top or bottom margin; `depth` is its distance from that edge of the page."""

    line: Line
    top: bool
    depth: float
    near: bool  # within EDGE
    folded: str
    alone: bool  # not part of a longer run of lines, which is text


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's lines with its height."""

    number: int
    height: float
    lines: Sequence[Line]


def find_furniture(pages: Sequence[PageLines], *, body_size: float) -> dict[Key, FurnitureKind]:
    """Return what kind of furniture each line is that is furniture."""
    margins = [margin for page in pages for margin in _read_margins(page)]
    small = [margin for margin in margins if margin.line.size <= MAX_SIZE * body_size]
    text_pages = sum(bool(page.lines) for page in pages)
    found: dict[Key, FurnitureKind] = {}
    for margin in _find_repeated(small, text_pages):
        found[margin.line.key] = FurnitureKind.HEADER if margin.top else FurnitureKind.FOOTER
    for margin in _find_numbers(margins, pages):
        found[margin.line.key] = FurnitureKind.PAGE_NUMBER
    found |= dict.fromkeys(_find_watermarks(pages), FurnitureKind.HEADER)
    known = [margin for margin in margins if margin.line.key in found]
    for margin in _find_in_slots(small, known):
        found.setdefault(margin.line.key, FurnitureKind.HEADER if margin.top else FurnitureKind.FOOTER)
    for margin in margins:
        if margin.line.key in found and is_page_number(margin.line.text):
            found[margin.line.key] = FurnitureKind.PAGE_NUMBER
    return _drop_inner(found, pages)


def _read_margins(page: PageLines) -> list[MarginLine]:
    running = _find_text_runs(page.lines)
    margins = []
    for line in page.lines:
        top = line.middle < page.height / 2
        depth = line.y0 if top else page.height - line.y1
        if line.upright and depth <= ZONE * page.height:
            near = depth <= EDGE * page.height
            alone = line.key not in running
            margins.append(MarginLine(line, top, depth, near, fold_running_line(line.text), alone))
    return margins


def _find_text_runs(lines: Sequence[Line]) -> set[Key]:
    """Return the lines that stand in runs of one type size too long for a header: text may repeat as well."""
    found: set[Key] = set()
    run: list[list[Line]] = []
    for row in [*group_rows([line for line in lines if line.upright]), []]:
        goes_on = bool(run and row) and _follows(run[-1][0], row[0])
        if not goes_on:
            if len(run) > MAX_HEADER_LINES:
                found |= {line.key for printed in run for line in printed}
            run = []
        run.append(row)
    return found


def _follows(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) <= 0.7 and below.y0 - above.y1 < 0.9 * above.size


def _find_repeated(margins: Sequence[MarginLine], text_pages: int) -> list[MarginLine]:
    """Return lines whose text, numbers aside, stands at one height on several pages."""
    groups: dict[tuple[bool, str], list[MarginLine]] = defaultdict(list)
    for margin in margins:
        if margin.alone and margin.folded != "#":
            groups[margin.top, margin.folded].append(margin)
    repeated = []
    for group in groups.values():
        for cluster in _cluster_by_depth(group):
            on_pages = {margin.line.page for margin in cluster}
            short_document = 2 <= text_pages <= MIN_PAGES and len(on_pages) == text_pages
            if len(on_pages) >= MIN_PAGES or (short_document and all(margin.near for margin in cluster)):
                repeated += cluster
    return repeated


def _find_watermarks(pages: Sequence[PageLines]) -> list[Key]:
    """Return what is printed across several pages at one place: «UTKAST» over the text, names along the edge."""
    groups: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if not line.upright:
                groups[fold_running_line(line.text), round(line.x0 / 10), round(line.y0 / 10)].append(line)
    return [line.key for group in groups.values() if len(group) >= 2 for line in group]


def _cluster_by_depth(group: list[MarginLine]) -> list[list[MarginLine]]:
    clusters: list[list[MarginLine]] = []
    for margin in sorted(group, key=lambda margin: margin.depth):
        if clusters and margin.depth - clusters[-1][0].depth <= SAME_HEIGHT:
            clusters[-1].append(margin)
        else:
            clusters.append([margin])
    return clusters


def _find_numbers(margins: Sequence[MarginLine], pages: Sequence[PageLines]) -> list[MarginLine]:
    """Return page numbers: «Side 3 av 40», and bare numbers that keep step with the pages."""
    candidates = [margin for margin in margins if is_page_number(margin.line.text)]
    counted = [margin for margin in candidates if _COUNTED.search(margin.line.text)]
    steps: dict[tuple[int, bool], list[MarginLine]] = defaultdict(list)
    for margin in candidates:
        if match := _BARE.fullmatch(margin.line.text):
            number = read_number(match["number"])
            if number:
                steps[number - margin.line.page, match["number"].isdigit()].append(margin)
    for (step, _), group in steps.items():
        alone = len(pages) <= MIN_PAGES and step == 0 and all(margin.near for margin in group)
        if (
            len({margin.line.page for margin in group}) >= MIN_PAGES
            or alone
            or (len(group) == 2 and all(margin.near for margin in group))
        ):
            counted += group
    return counted


def read_number(text: str) -> int:
    """Return the value of an arabic or roman number; 0 where it is neither."""
    if text.isdigit() or not text:
        return int(text or 0)
    values = [_ROMAN.get(letter, 0) for letter in text.lower()]
    if not all(values):
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _find_in_slots(margins: Sequence[MarginLine], known: Sequence[MarginLine]) -> list[MarginLine]:
    """Return lines where a running line stands on other pages: a chapter's name that is printed only once."""
    slots: dict[tuple[bool, int, int], set[int]] = defaultdict(set)
    for margin in known:
        slots[_slot(margin)].add(margin.line.page)
    held = {slot for slot, pages in slots.items() if len(pages) >= MIN_PAGES}
    return [margin for margin in margins if _slot(margin) in held]


def _slot(margin: MarginLine) -> tuple[bool, int, int]:
    """Return edge, distance from it and type size, all to half a point."""
    return margin.top, round(margin.depth * 2), round(margin.line.size * 2)


def _drop_inner(found: dict[Key, FurnitureKind], pages: Sequence[PageLines]) -> dict[Key, FurnitureKind]:
    """Return the findings without those that have text between themselves and the edge of their page."""
    kept: dict[Key, FurnitureKind] = {}
    for page in pages:
        content = [line for line in page.lines if line.key not in found and line.upright]
        top = min((line.y0 for line in content), default=page.height)
        bottom = max((line.y1 for line in content), default=0.0)
        for line in page.lines:
            if line.key in found and (
                not line.upright or line.y1 <= top + 3 or line.y0 >= bottom - 3 or is_page_number(line.text)
            ):
                kept[line.key] = found[line.key]
    return kept


def find_ruled_margins(tables: Sequence[Sequence[Table]], heights: Sequence[float]) -> set[Table]:
    """Return the tables, given by page, that are running headers or footers: in the margin, repeated, numbers aside."""
    groups: dict[str, list[Table]] = defaultdict(list)
    for found, height in zip(tables, heights, strict=True):
        for table in found:
            if table.area.y1 <= ZONE * height or table.area.y0 >= (1 - ZONE) * height:
                groups[fold_running_line(" ".join(row.text for row in table.rows))].append(table)
    enough = min(MIN_PAGES, max(len(tables), 2))
    return {table for group in groups.values() if len({one.page for one in group}) >= enough for table in group}
