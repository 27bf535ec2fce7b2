"""The line of print: what every later question about a page is asked of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from compliance.records import Box

ABOVE = 0.78  # share of the type size that stands above the baseline in the faces plans are set in
BELOW = 0.22  # and below it


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, left to right, in points from the top left of the page as it is shown.

    `text_x` is where the words begin when a list marker stands before them, else `x0`. `number` is the line's
    place in the file, so that (`page`, `number`) names it.
    """

    page: int
    number: int
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    text_x: float | None = None
    raised: bool = False  # opens with a raised mark, as a footnote does
    upright: bool = True  # False: printed across the page's reading direction
    font: str = ""
    parts: tuple[int, ...] = ()  # numbers of the fragments it was joined from; empty: it is one itself

    @property
    def key(self) -> tuple[int, int]:
        """Page and number: what names the line in its document."""
        return self.page, self.number

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the fragments that make up the line."""
        return self.parts or (self.number,)

    @property
    def middle(self) -> float:
        """Height of the middle of the line."""
        return (self.y0 + self.y1) / 2

    @property
    def start(self) -> float:
        """Where the words begin, after a list marker."""
        return self.x0 if self.text_x is None else self.text_x


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    def holds(self, line: Line | Area, *, slack: float = 2.0) -> bool:
        """Tell whether the middle of the line lies inside, give or take `slack` points."""
        x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack


@dataclass(frozen=True, slots=True)
class Region:
    """An area of a page as the layout model sees it, with the model's name for what it is."""

    area: Area
    name: str  # "text", "list-item", "section-header", "title", "caption", "footnote", "table", "picture", …


def share_baseline(one: Line, other: Line) -> bool:
    """Tell whether two lines stand beside each other on (nearly) one baseline."""
    if one.y1 <= other.y0 or other.y1 <= one.y0:
        return False
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.55 * min(one.y1 - one.y0, other.y1 - other.y0)


def merge_beside(left: Line, right: Line) -> Line:
    """Make one line of two that stand on one baseline."""
    main = left if len(left.text) >= len(right.text) else right
    gap = right.x0 - left.x1
    glue = "" if gap < 0.12 * main.size or left.text.endswith((" ", "\xa0")) else " "
    return replace(
        left,
        text=left.text + glue + right.text,
        x0=min(left.x0, right.x0),
        y0=min(left.y0, right.y0),
        x1=max(left.x1, right.x1),
        y1=max(left.y1, right.y1),
        size=main.size,
        bold=main.bold,
        italic=main.italic,
        raised=left.raised,
        parts=left.numbers + right.numbers,
    )


def bound_boxes(lines: Iterable[Line]) -> tuple[Box, ...]:
    """Return one box per page for the lines; several on one page where they stand in several columns."""
    boxes: list[Box] = []
    last: Line | None = None
    for line in lines:
        if boxes and last and last.page == line.page and line.y1 > last.y0:
            old = boxes[-1]
            boxes[-1] = Box(
                old.page, min(old.x0, line.x0), min(old.y0, line.y0), max(old.x1, line.x1), max(old.y1, line.y1)
            )
        else:
            boxes.append(Box(line.page, line.x0, line.y0, line.x1, line.y1))
        last = line
    return tuple(boxes)


def bound_area(lines: Sequence[Line]) -> Area:
    """Return the smallest rectangle around the lines of one page; `lines` is not empty."""
    return Area(
        min(line.x0 for line in lines),
        min(line.y0 for line in lines),
        max(line.x1 for line in lines),
        max(line.y1 for line in lines),
    )


def find_body_size(lines: Iterable[Line]) -> float:
    """Return the type size that most characters are set in, to half a point; 10 where there are none."""
    counts: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        counts[size] = counts.get(size, 0) + len(line.text)
    return max(counts, key=lambda size: counts[size]) if counts else 10.0
