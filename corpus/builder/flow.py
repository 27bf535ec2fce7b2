"""Flows pieces of HTML down the columns of pages, with footnotes at each column's foot."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pymupdf

PAGE = pymupdf.paper_rect("a4")
TOP = 72.0
BOTTOM = 72.0
GUTTER = 20.0
TALL = 10_000.0  # a rectangle that everything fits in, for measuring
NOTE_GAP = 10.0
COLUMNS_GAP = 12.0  # between full-width text and the columns below it


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle to draw behind the text once the pages exist; page counts from 0."""

    page: int
    rect: tuple[float, float, float, float]
    fill: str = ""
    stroke: str = ""
    width: float = 0.6


class Flow:
    """The position on the page, and the pages written so far."""

    def __init__(self, css: str, *, margin: float, columns: int) -> None:
        self.css, self.margin, self.columns = css, margin, columns
        self.shapes: list[Shape] = []
        self.page = -1
        self._buffer = io.BytesIO()
        self._writer = pymupdf.DocumentWriter(self._buffer)
        self._notes: list[str] = []
        self._device = None
        self.open_page()

    @property
    def width(self) -> float:
        """Width of a column."""
        return float(PAGE.width - 2 * self.margin - GUTTER * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        """Left edge of the current column."""
        return self.margin + self.column * (self.width + GUTTER)

    @property
    def room(self) -> float:
        """Height left in the current column."""
        return float(self.bottom - self.y)

    @property
    def at_top(self) -> bool:
        """True where nothing stands in the column yet."""
        return self.y == self.top

    def open_page(self) -> None:
        """End the page, if any, and begin a new one."""
        if self._device is not None:
            self._set_notes()
            self._writer.end_page()
        self._device = self._writer.begin_page(PAGE)
        self.page += 1
        self.column, self.top = 0, TOP
        self.y, self.bottom = TOP, PAGE.height - BOTTOM

    def next_column(self) -> None:
        """Go to the next column, or to the next page after the last."""
        if self.column + 1 == self.columns:
            self.open_page()
            return
        self._set_notes()
        self.column += 1
        self.y, self.bottom = self.top, PAGE.height - BOTTOM

    def set_columns(self, columns: int) -> None:
        """Go on in another number of columns: below the text when they become more, on a new page when fewer."""
        if columns < self.columns:
            self.open_page()
        if columns > 1 and not self.at_top:
            self.y += COLUMNS_GAP
        self.columns = columns
        self.top = self.y

    def skip(self, height: float) -> None:
        """Leave white space, except at the top of a column."""
        if not self.at_top:
            self.y = min(self.y + height, self.bottom)

    def need(self, height: float) -> None:
        """Go to the next column unless so much height is left."""
        if self.room < height and not self.at_top:
            self.next_column()

    def measure(self, html: str, width: float) -> float:
        """Return the height of a piece of HTML set in a width."""
        _, filled = self._story(html).place(pymupdf.Rect(0, 0, width, TALL))
        return float(filled[3])

    def put(self, html: str, *, inset: float = 0) -> None:
        """Set a piece of HTML at the current position, going on in the next column where it does not fit."""
        story = self._story(html)
        more = True
        while more:
            more, filled = story.place(
                pymupdf.Rect(self.left + inset, self.y, self.left + self.width - inset, self.bottom)
            )
            story.draw(self._device)
            self.y = filled[3]
            if more:
                self.next_column()

    def put_in(self, html: str, rect: tuple[float, float, float, float]) -> None:
        """Set a piece of HTML in a given rectangle of the current page."""
        story = self._story(html)
        story.place(pymupdf.Rect(rect))
        story.draw(self._device)

    def add_notes(self, notes: list[str], *, height: float) -> None:
        """Keep room for footnotes of a block that is `height` tall; goes to the next column if both do not fit."""
        heights = [self.measure(note, self.width) for note in notes]
        extra = sum(heights) + (0 if self._notes else NOTE_GAP)
        self.need(height + extra)
        self.bottom -= sum(heights) + (0 if self._notes else NOTE_GAP)
        self._notes.extend(notes)

    def add_shape(self, rect: tuple[float, float, float, float], *, fill: str = "", stroke: str = "") -> None:
        """Remember a rectangle to draw on the current page."""
        self.shapes.append(Shape(self.page, rect, fill, stroke))

    def close(self) -> bytes:
        """End the last page and return the PDF."""
        self._set_notes()
        self._writer.end_page()
        self._writer.close()
        return self._buffer.getvalue()

    def _story(self, html: str) -> pymupdf.Story:
        return pymupdf.Story(html, user_css=self.css)

    def _set_notes(self) -> None:
        if not self._notes:
            return
        y = self.bottom + NOTE_GAP
        self.add_shape((self.left, y - 5, self.left + 120, y - 4.5), fill="#444444")
        for note in self._notes:
            height = self.measure(note, self.width)
            self.put_in(note, (self.left, y, self.left + self.width, y + height + 1))
            y += height
        self._notes = []
