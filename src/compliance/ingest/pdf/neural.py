"""PyMuPDF's layout model: regions and their classes for the pages whose geometry asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from compliance.ingest.pdf.boxes import find_boxes
from compliance.ingest.pdf.columns import order_page
from compliance.ingest.pdf.extract import PageContent
from compliance.ingest.pdf.furniture import EDGE, Key
from compliance.ingest.pdf.lines import Line, Region
from compliance.ingest.pdf.markers import attach_markers
from compliance.ingest.pdf.tables import find_ruled_tables
from compliance.records import FurnitureKind

if TYPE_CHECKING:
    import pymupdf

MIN_EDGES = 3  # columns and boxes that begin at so many places make a page irregular; two plain columns do not
SAME_EDGE = 12.0  # points
MIN_REGION = 2.0  # points: the model also reports specks

_FURNITURE = {"page-header": FurnitureKind.HEADER, "page-footer": FurnitureKind.FOOTER}


def asks_for_model(content: PageContent) -> bool:
    """Tell whether rulings, gutters and boxes leave the page's order open.

    That is where text begins at three places or more beside each other, or a box stands beside a column.
    """
    tables = find_ruled_tables(content)
    held = {line.key for table in tables for line in table.lines}
    lines = attach_markers([line for line in content.lines if line.key not in held], dots=content.dots)
    boxes = find_boxes(content, lines, tables=tables)
    flows = order_page(lines, tables=tables, boxes=boxes)
    edges: list[float] = []
    for left in sorted(flow.left for flow in flows):
        if not edges or left - edges[-1] > SAME_EDGE:
            edges.append(left)
    return len(edges) >= MIN_EDGES or (len(edges) == MIN_EDGES - 1 and bool(boxes))


def add_regions(page: pymupdf.Page, content: PageContent) -> PageContent:
    """Return the page's content with the regions that the model sees on it; loads the model at first use."""
    import pymupdf.layout as _  # noqa: F401 - its import is what makes Page.get_layout work

    page.get_layout()  # type: ignore[no-untyped-call]
    found: Sequence[Any] = page.layout_information or ()
    regions = [_make_region(region, content) for region in found]
    kept = [region for region in regions if min(region.area.width, region.area.height) > MIN_REGION]
    return replace(content, regions=tuple(kept))


def _make_region(found: Sequence[Any], content: PageContent) -> Region:
    x0, y0, x1, y1, name = found
    return Region(content.transform.place_shown(x0, y0, x1, y1), str(name))


def find_region_furniture(content: PageContent, lines: Sequence[Line]) -> dict[Key, FurnitureKind]:
    """Return the lines that the model takes for running headers and footers and that stand near the page's edge."""
    height = content.transform.read_height
    return {
        line.key: _FURNITURE[region.name]
        for region in content.regions
        if region.name in _FURNITURE
        for line in lines
        if region.area.holds(line) and min(line.y0, height - line.y1) <= EDGE * height
    }
