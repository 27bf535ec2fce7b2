"""Pages drawn from a plan of what stands on them, with the sentences that must come out whole and in this order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pymupdf

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 60.0, 535.0, 70.0, 770.0
SIZE = 10.0
LEADING = 13.0
GUTTER = 18.0
FONT = pymupdf.Font("helv")
PHRASE = (
    "kommunen skal dele data med alle som spør etter dem og gi råd om bruken slik at flere kan lage tjenester som gir "
    "innbyggerne en enklere hverdag mens de ansatte får tid til å lære det nye sammen med dem de arbeider for"
)
WORDS = tuple(PHRASE.split())


class Part(StrEnum):
    """What a plan's page is made of."""

    PARAGRAPH = "paragraph"
    COLUMNS = "columns"
    BOX = "box"
    TABLE_RULED = "table with rules"
    TABLE_PLAIN = "table without rules"
    NOTE = "paragraph with a note"
    DROP_CAP = "drop cap"


@dataclass
class Press:
    """Sets parts on pages one under the other, breaking wherever a page ends, and keeps what it printed."""

    document: pymupdf.Document = field(default_factory=pymupdf.open)
    sentences: list[str] = field(default_factory=list)  # in reading order
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    y: float = BOTTOM
    serial: int = 0
    page: pymupdf.Page | None = None
    foot: list[str] = field(default_factory=list)  # notes of the page that is being set

    def print_all(self, parts: list[tuple[Part, int]]) -> bytes:
        """Return the PDF; the number beside a part says how long it is."""
        before = None
        for part, length in parts:
            if part is before is Part.COLUMNS:  # columns under columns of one width are one pair to any reader
                self._set_paragraph(2)
            getattr(self, f"_set_{part.name.lower()}")(length)
            before = part
        self._finish_page()
        return bytes(self.document.tobytes())

    def _compose(self, length: int) -> list[str]:
        """Return sentences that are told apart by their number."""
        made = []
        for _ in range(length):
            self.serial += 1
            start = self.serial * 7 % len(WORDS)
            words = [WORDS[(start + step) % len(WORDS)] for step in range(9 + self.serial % 8)]
            made.append(f"{words[0].capitalize()} {' '.join(words[1:])} sak{self.serial}.")
        return made

    def _wrap(self, text: str, width: float, *, first: float = 0.0) -> list[str]:
        lines, line, room = [], "", width - first
        for word in text.split():
            longer = f"{line} {word}".strip()
            if FONT.text_length(longer, SIZE) > room and line:
                lines.append(line)
                line, room = word, width
            else:
                line = longer
        return [*lines, line]

    def _floor(self) -> float:
        return BOTTOM - 12.0 * len(self.foot) - (8.0 if self.foot else 0.0)

    def _need(self, height: float) -> pymupdf.Page:
        """Return the page with room for `height` points, a new one where there is none."""
        if self.page is None or self.y + height > self._floor():
            self._finish_page()
            self.page = self.document.new_page(width=WIDTH, height=HEIGHT)
            self.y = TOP
        return self.page

    def _finish_page(self) -> None:
        for order, note in enumerate(self.foot):
            y = BOTTOM - 12.0 * (len(self.foot) - 1 - order)
            assert self.page
            self.page.insert_text((LEFT, y - 3), note.split(" ", 1)[0], fontsize=5)
            self.page.insert_text((LEFT + 6, y), note.split(" ", 1)[1], fontsize=8)
        self.foot = []

    def _set_lines(self, lines: list[str], x: float) -> None:
        for line in lines:
            self._need(LEADING).insert_text((x, self.y + SIZE), line, fontsize=SIZE)
            self.y += LEADING
        self.y += 9

    def _set_paragraph(self, length: int) -> None:
        sentences = self._compose(length)
        self.sentences += sentences
        self._set_lines(self._wrap(" ".join(sentences), RIGHT - LEFT), LEFT)

    def _set_columns(self, length: int) -> None:
        """Set two columns of like length side by side, on one page."""
        width = (RIGHT - LEFT - GUTTER) / 2
        texts = [self._compose(length + 1), self._compose(length + 1)]
        columns = [self._wrap(" ".join(sentences), width) for sentences in texts]
        height = LEADING * max(map(len, columns))
        page = self._need(height)
        for side, lines in enumerate(columns):
            for order, line in enumerate(lines):
                x = LEFT + side * (width + GUTTER)
                page.insert_text((x, self.y + SIZE + LEADING * order), line, fontsize=SIZE)
        self.sentences += texts[0] + texts[1]
        self.y += height + 2.6 * SIZE  # a short paragraph nearer than that would read as the left column's

    def _set_box(self, length: int) -> None:
        sentences = self._compose(length)
        lines = self._wrap(" ".join(sentences), RIGHT - LEFT - 30)
        height = LEADING * len(lines) + 16
        page = self._need(height + 8)
        page.draw_rect((LEFT, self.y, RIGHT, self.y + height), fill=(0.87, 0.92, 1.0), color=None)
        self.y += 8
        self.sentences += sentences
        self._set_lines(lines, LEFT + 15)
        self.y += 10

    def _set_table(self, length: int, *, ruled: bool) -> None:
        lefts, header = (LEFT, LEFT + 110, LEFT + 330), ("Område", "Tiltak", "Frist")
        rows = [(f"Tema{self.serial + row}", self._compose(1)[0], str(2026 + row % 5)) for row in range(length + 2)]
        for order, row in enumerate([header, *rows]):
            lines = self._wrap(row[1], 200)
            height = LEADING * len(lines) + 7
            page = self._need(height if order else height * 4)
            for x, texts in zip(lefts, ([row[0]], lines, [row[2]]), strict=True):
                for place, text in enumerate(texts):
                    font = "helv" if order else "hebo"
                    page.insert_text((x, self.y + SIZE + LEADING * place), text, fontsize=SIZE - 1, fontname=font)
            if ruled:
                for x in (*lefts, RIGHT):
                    page.draw_line((x - 4, self.y - 2), (x - 4, self.y + height - 2))
                for y in (self.y - 2, self.y + height - 2):
                    page.draw_line((LEFT - 4, y), (RIGHT - 4, y))
            self.y += height
        self.rows += rows
        self.sentences += [row[1] for row in rows]
        self.y += 16

    def _set_table_ruled(self, length: int) -> None:
        self._set_table(length, ruled=True)

    def _set_table_plain(self, length: int) -> None:
        self._set_table(length, ruled=False)

    def _set_note(self, length: int) -> None:
        """Set a paragraph whose first sentence has a raised mark, and the note at the foot of its page."""
        sentences = self._compose(length)
        lines = self._wrap(" ".join(sentences), RIGHT - LEFT - 6)
        page = self._need(LEADING * len(lines) + 30)
        mark = str(len(self.notes) + 1)
        x = LEFT + FONT.text_length(lines[0], SIZE)
        page.insert_text((x + 0.5, self.y + SIZE - 4), mark, fontsize=6)
        self.sentences += sentences
        self.notes.append(f"Vedtatt i sak {mark}/24.")
        self.foot.append(f"{mark} {self.notes[-1]}")
        self._set_lines(lines, LEFT)

    def _set_drop_cap(self, length: int) -> None:
        sentences = self._compose(length + 1)
        text = " ".join(sentences)
        cap, size = text[0], 3.2 * SIZE
        width = pymupdf.Font("tiro").text_length(cap, size)
        narrow = self._wrap(text[1:], RIGHT - LEFT - width - 4)
        beside = narrow[:2]
        rest = self._wrap(" ".join(narrow[2:]), RIGHT - LEFT) if narrow[2:] else []
        page = self._need(LEADING * (2 + len(rest)))
        page.insert_text((LEFT, self.y + SIZE + LEADING), cap, fontsize=size, fontname="tiro")
        for order, line in enumerate(beside):
            page.insert_text((LEFT + width + 4, self.y + SIZE + LEADING * order), line, fontsize=SIZE)
        self.y += 2 * LEADING
        self.sentences += sentences
        self._set_lines(rest, LEFT)
