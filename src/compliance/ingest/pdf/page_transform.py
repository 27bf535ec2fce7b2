"""The page as it is read: turned upright, whatever the file's rotation and the direction of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.ingest.pdf.lines import Area
from compliance.records import Box

Direction = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # what most pages are


@dataclass(frozen=True, slots=True)
class PageTransform:
    """How a page's own coordinates become those it is read in, and how these become those it is shown in.

    `width` and `height` are those of the page as shown; `quarter` counts the turns, clockwise, between what is
    shown and what is read (a table printed sideways on an upright page is read after one turn).
    """

    width: float
    height: float
    matrix: Matrix = _UNTURNED  # file to shown
    quarter: int = 0

    @property
    def read_width(self) -> float:
        """Width of the page as it is read."""
        return self.height if self.quarter % 2 else self.width

    @property
    def read_height(self) -> float:
        """Height of the page as it is read."""
        return self.width if self.quarter % 2 else self.height

    def place_point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the file lies on the page as read."""
        if self.quarter == 0 and self.matrix == _UNTURNED:
            return x, y
        a, b, c, d, e, f = self.matrix
        return self._read_point(a * x + c * y + e, b * x + d * y + f)

    def _read_point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 1:
            return self.height - y, x
        if self.quarter == 2:
            return self.width - x, self.height - y
        if self.quarter == 3:
            return y, self.width - x
        return x, y

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Area:
        """Return where a rectangle of the file lies on the page as read."""
        if self.quarter == 0 and self.matrix == _UNTURNED and x0 <= x1 and y0 <= y1:
            return Area(x0, y0, x1, y1)
        left, top = self.place_point(x0, y0)
        right, bottom = self.place_point(x1, y1)
        return Area(min(left, right), min(top, bottom), max(left, right), max(top, bottom))

    def place_shown(self, x0: float, y0: float, x1: float, y1: float) -> Area:
        """Return where a rectangle of the page as shown lies on the page as read."""
        (left, top), (right, bottom) = self._read_point(x0, y0), self._read_point(x1, y1)
        return Area(min(left, right), min(top, bottom), max(left, right), max(top, bottom))

    def turn_direction(self, direction: Direction) -> Direction:
        """Return a writing direction of the file as it is on the page as read; (1, 0) is upright."""
        x0, y0 = self.place_point(0, 0)
        x1, y1 = self.place_point(*direction)
        return x1 - x0, y1 - y0

    def shows(self, area: Area) -> bool:
        """Tell whether the middle of the area lies on the page."""
        x, y = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2
        return -1 <= x <= self.read_width + 1 and -1 <= y <= self.read_height + 1

    def show_box(self, box: Box) -> Box:
        """Return a box of the page as read in coordinates of the page as shown."""
        corners = [self._show_point(box.x0, box.y0), self._show_point(box.x1, box.y1)]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return Box(box.page, round(xs[0], 2), round(ys[0], 2), round(xs[1], 2), round(ys[1], 2))

    def _show_point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 1:
            return y, self.height - x
        if self.quarter == 2:
            return self.width - x, self.height - y
        if self.quarter == 3:
            return self.width - y, x
        return x, y


def choose_transform(
    size: tuple[float, float], *, turn: Matrix, directions: Sequence[tuple[Direction, int]]
) -> PageTransform:
    """Return the transform in which most characters stand upright; `directions` gives each line's and its length."""
    shown = PageTransform(*size, matrix=turn)
    counts = [0, 0, 0, 0]
    for direction, length in directions:
        x, y = shown.turn_direction(direction)
        if abs(x) >= abs(y):
            counts[0 if x > 0 else 2] += length
        else:
            counts[3 if y > 0 else 1] += length
    quarter = max(range(4), key=lambda index: (counts[index], -index))
    return PageTransform(*size, matrix=turn, quarter=quarter)
