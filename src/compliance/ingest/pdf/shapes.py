"""What is drawn on a page, sorted into what tables, boxes and bullets are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compliance.ingest.pdf.lines import Area
from compliance.ingest.pdf.page_transform import PageTransform

THIN = 2.5  # points: a filled rectangle no thicker is a ruled line
DOT = (1.2, 7.0)  # points: filled shapes of this width and height may be bullets drawn rather than typed
WHITE = 0.985  # each colour at or above this: paper, not shading
MAX_SHAPES = 2000  # a page with more is a map or a drawing, in which no table is looked for; 1.3 s at this many


class Shapes:
    """Sorts a page's drawings into what tables, boxes and bullets are made of."""

    def __init__(self, transform: PageTransform) -> None:
        self.transform = transform
        self.horizontal: list[Area] = []
        self.vertical: list[Area] = []
        self.fills: list[Area] = []
        self.frames: list[Area] = []
        self.dots: list[Area] = []

    def add_all(self, drawings: list[dict[str, Any]]) -> None:
        """Sort the drawings, unless there are so many that the page is a picture."""
        if sum(len(drawing["items"]) for drawing in drawings) > MAX_SHAPES:
            return
        for drawing in drawings:
            area = self.transform.place(*drawing["rect"])
            filled = drawing["type"] in ("f", "fs") and drawing.get("fill_opacity", 1) > 0.02
            if filled and DOT[0] <= area.width <= DOT[1] and DOT[0] <= area.height <= DOT[1]:
                self.dots.append(area)
            elif filled:
                self._add_filled(drawing)
            if "s" in drawing["type"]:
                self._add_stroked(drawing)

    def _add_filled(self, drawing: dict[str, Any]) -> None:
        """Sort the rectangles of a filled path: thin ones are ruled lines, coloured ones shading."""
        paper = min(drawing.get("fill") or (0,)) >= WHITE
        for area in self._areas(drawing):
            if area.height <= THIN < area.width:
                if not paper:
                    self.horizontal.append(area)
            elif area.width <= THIN < area.height:
                if not paper:
                    self.vertical.append(area)
            elif not paper and area.width > THIN:
                self.fills.append(area)

    def _add_stroked(self, drawing: dict[str, Any]) -> None:
        """Sort the lines of a stroked path; a rectangle is an outline."""
        if min(drawing.get("color") or (0,)) >= WHITE:
            return
        for area in self._areas(drawing):
            if area.height <= THIN < area.width:
                self.horizontal.append(area)
            elif area.width <= THIN < area.height:
                self.vertical.append(area)
            elif area.width > THIN:
                self.frames.append(area)

    def _areas(self, drawing: dict[str, Any]) -> Iterator[Area]:
        """Yield the rectangles and the level and plumb lines of a path; a curved outline as its bounds."""
        curved = False
        for item in drawing["items"]:
            if item[0] == "re":
                yield self.transform.place(*item[1])
            elif item[0] == "l":
                area = self.transform.place(*item[1], *item[2])
                if min(area.width, area.height) <= 1:
                    yield area
            elif item[0] == "c":
                curved = True
            elif item[0] == "qu":
                corners = item[1]
                yield self.transform.place(*corners[0], *corners[3])
        lines = sum(item[0] == "l" for item in drawing["items"])
        if (curved and lines >= 4) or (lines in (3, 4) and drawing["type"] == "f"):
            yield self.transform.place(*drawing["rect"])
