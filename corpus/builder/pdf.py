"""Makes a PDF of a source: cover, contents, the blocks in their columns, then everything around the text."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from builder.blocks import Block, Kind
from builder.figures import set_bars
from builder.finish import CONTENTS_LINES, Entry, finish_pdf
from builder.flow import PAGE, Flow
from builder.html import make_css, render_block
from builder.source import Source
from builder.tables import set_table, start_height

GAPS = {  # white space above and below, in ems of the body size
    Kind.PARAGRAPH: (0.0, 0.65),
    Kind.CAPTION: (0.5, 0.35),
    Kind.ITEM: (0.0, 0.25),
    Kind.TABLE: (0.0, 1.1),
    Kind.BOX: (0.5, 1.0),
}
HEADING_GAPS = {1: (1.6, 0.7), 2: (1.1, 0.45), 3: (0.8, 0.3)}
BOX_PADDING = 9.0
BOX_INSET = 12.0
BOX_GAP = 4.0


def render_pdf(source: Source) -> bytes:
    """Return the document as PDF; the same bytes each time."""
    return Typesetter(source).run()


class Typesetter:
    """Sets one document."""

    def __init__(self, source: Source) -> None:
        self.source, self.layout = source, source.layout
        self.flow = Flow(make_css(source.layout), margin=source.layout.margin, columns=1)
        self.entries: list[Entry] = []
        self.contents_pages: range = range(0)
        self._setters: dict[Kind, Callable[[Block], None]] = {Kind.TABLE: self._set_table, Kind.BOX: self._set_box}

    def run(self) -> bytes:
        """Set everything and return the PDF."""
        self._set_front()
        blocks = self.source.blocks
        for index, block in enumerate(blocks):
            if index and blocks[index - 1].kind is Kind.ITEM and block.kind is not Kind.ITEM:
                self.flow.skip(0.5 * self.layout.size)
            if block.kind in {Kind.HEADING, Kind.CAPTION}:
                self.flow.need(self._start_height(index))
            self._set_block(block)
        content = self.flow.close()
        return finish_pdf(
            content, self.source, shapes=self.flow.shapes, entries=self.entries, contents=self.contents_pages
        )

    def _set_front(self) -> None:
        flow, layout = self.flow, self.layout
        if layout.cover:
            self._set_title(y=300)
            flow.open_page()
        if layout.contents:
            headings = sum(block.kind is Kind.HEADING for block in self.source.blocks)
            self.contents_pages = range(flow.page, flow.page + ceil(headings / CONTENTS_LINES))
            for _ in self.contents_pages:
                flow.open_page()
        if not layout.cover:
            self._set_title(y=flow.y)
        flow.set_columns(layout.columns)

    def _set_title(self, *, y: float) -> None:
        flow, size = self.flow, self.layout.size
        flow.y = y
        color, subtitle_color = ("#ffffff", "#ffffff") if self.layout.cover else (self.layout.accent, "#444444")
        flow.put(f'<p class="title"><span style="color:{color}">{self.source.title}</span></p>')
        flow.y += 0.6 * size
        for line in filter(None, self.source.subtitle.split("\n")):
            flow.put(f'<p class="subtitle"><span style="color:{subtitle_color}">{line}</span></p>')
        if self.layout.cover:
            flow.add_shape((0, 250, PAGE.width, flow.y + 50), fill=self.layout.accent)
        flow.y += 1.6 * size

    def _start_height(self, index: int) -> float:
        """Return the height that must be free for a block to start: headings and captions keep what follows."""
        if index == len(self.source.blocks):
            return 0.0
        block = self.source.blocks[index]
        if block.kind is Kind.TABLE:
            return start_height(block, self.flow, size=self.layout.size)
        if block.kind is Kind.BOX:
            return self._box_height(block)
        if block.kind is Kind.DIRECTIVE:
            return 0.0
        height = self.flow.measure(render_block(block, self.layout), self.flow.width)
        if block.kind in {Kind.HEADING, Kind.CAPTION}:
            return height + 2.5 * self.layout.size + self._start_height(index + 1)
        return height + 30 * len(block.notes) if block.notes else min(height, 2.7 * self.layout.size)

    def _set_block(self, block: Block) -> None:
        if block.kind is Kind.DIRECTIVE:
            self._obey(*block.directive)
            return
        above, below = HEADING_GAPS[block.level] if block.kind is Kind.HEADING else GAPS[block.kind]
        self.flow.skip(above * self.layout.size)
        self._setters.get(block.kind, self._set_text)(block)
        self.flow.skip(below * self.layout.size)

    def _obey(self, directive: str, *arguments: str) -> None:
        if directive == "sideskift":
            self.flow.open_page()
        elif directive == "søyler":
            set_bars(self.flow, arguments, accent=self.layout.accent)
        elif directive.startswith("spalter "):
            self.flow.set_columns(int(directive.split()[1]))
        else:
            raise ValueError(f"{self.source.path.name}: unknown directive {directive}")

    def _set_text(self, block: Block) -> None:
        flow, html = self.flow, render_block(block, self.layout)
        height = flow.measure(html, flow.width)
        if block.notes:
            flow.add_notes([self._note_html(number) for number in block.notes], height=height)
        flow.need(min(height, 2.7 * self.layout.size))
        if block.kind is Kind.HEADING:
            self.entries.append(Entry(block.level, block.text, flow.page, flow.y))
        flow.put(html)

    def _note_html(self, number: int) -> str:
        return f'<p class="note"><sup>{number}</sup> {self.source.notes[number]}</p>'

    def _set_table(self, block: Block) -> None:
        size = self.layout.size
        self.flow.need(start_height(block, self.flow, size=size))
        set_table(block, self.flow, size=size, accent=self.layout.accent)

    def _set_box(self, block: Block) -> None:
        flow = self.flow
        flow.need(self._box_height(block))
        y0, page, left = flow.y, flow.page, flow.left
        flow.y += BOX_PADDING
        for child in block.children:
            flow.put(render_block(child, self.layout, ragged=True), inset=BOX_INSET)
            flow.y += BOX_GAP
        flow.y += BOX_PADDING - BOX_GAP
        if flow.page != page or flow.left != left:
            raise ValueError(f"{self.source.path.name}: box taller than a column: {block.children[0].text}")
        self._frame_box(y0)

    def _box_height(self, block: Block) -> float:
        pieces = (render_block(child, self.layout, ragged=True) for child in block.children)
        inner = sum(self.flow.measure(html, self.flow.width - 2 * BOX_INSET) + BOX_GAP for html in pieces)
        return inner - BOX_GAP + 2 * BOX_PADDING

    def _frame_box(self, y0: float) -> None:
        flow, accent = self.flow, self.layout.accent
        rect = (flow.left, y0, flow.left + flow.width, flow.y)
        if self.layout.box == "framed":
            flow.add_shape(rect, stroke=accent)
        else:
            flow.add_shape(rect, fill="#e8eef1" if self.layout.box == "shaded" else "#f5f1e6")
        if self.layout.box == "bar":
            flow.add_shape((flow.left, y0, flow.left + 3, flow.y), fill=accent)
