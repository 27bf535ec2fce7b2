"""Tables of measures as plans print them: cells of several lines, with all rules, some or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import pymupdf

HEADER = ("Område", "Tiltak", "Ansvarlig", "Frist")
MEASURES = (
    ("Digital byggesak", "Innføre felles løsning for søknad, behandling og arkiv", "Plan og teknisk", "2027"),
    ("Velferdsteknologi", "Ta i bruk digitalt tilsyn i alle soner og evaluere etter ett år", "Helse", "2026-2028"),
    ("Skole", "Gi alle lærere kurs i bruk av kunstig intelligens", "Oppvekst", "2026"),
    ("Datadeling", "Publisere åpne data om vann og avløp på egen side", "IT", "2028"),
)
LEFTS = (60.0, 160.0, 340.0, 450.0)
RIGHT = 540.0
WIDTHS = (18, 34, 20, 14)  # characters of a line in each column
PITCH = 12.0
PAD = 6.0


@dataclass
class TablePen:
    """Draws a table's rows downwards; `rules` is "all", "rows", "columns", "shaded" or "none"."""

    page: pymupdf.Page
    rules: str
    y: float = 100.0
    size: float = 9.0

    def draw(self, rows: Sequence[Sequence[str]], *, header: Sequence[str] | None = HEADER) -> float:
        """Draw the rows under their header and return where the table ends."""
        top = self.y
        if header:
            self._draw_row(header, font="hebo", shade=0.8)
        for index, row in enumerate(rows):
            self._draw_row(row, font="helv", shade=0.93 if index % 2 else None)
        if self.rules in ("all", "columns"):
            for x in (*LEFTS, RIGHT):
                self.page.draw_line((x - 4, top), (x - 4, self.y))
        if self.rules == "columns":
            self.page.draw_line((LEFTS[0] - 4, top), (RIGHT - 4, top))
            self.page.draw_line((LEFTS[0] - 4, self.y), (RIGHT - 4, self.y))
        return self.y

    def _draw_row(self, row: Sequence[str], *, font: str, shade: float | None) -> None:
        cells = [wrap(text, width) for text, width in zip(row, WIDTHS, strict=True)]
        bottom = self.y + PITCH * max(map(len, cells)) + PAD
        if self.rules == "shaded" and shade:
            self.page.draw_rect((LEFTS[0] - 4, self.y, RIGHT - 4, bottom), fill=(shade,) * 3, color=None)
        for x, lines in zip(LEFTS, cells, strict=True):
            for order, line in enumerate(lines):
                self.page.insert_text((x, self.y + 11 + PITCH * order), line, fontsize=self.size, fontname=font)
        if self.rules in ("all", "rows"):
            self.page.draw_line((LEFTS[0] - 4, self.y), (RIGHT - 4, self.y))
            self.page.draw_line((LEFTS[0] - 4, bottom), (RIGHT - 4, bottom))
        self.y = bottom
