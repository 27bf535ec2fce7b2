"""What stands around the text: shapes, coat of arms, contents, running header and footer, bookmarks, metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pymupdf

from builder.flow import PAGE, TOP, Shape
from builder.source import Source

CONTENTS_LINES = 40  # contents lines to a page
CONTENTS_TITLE = {"nb": "Innhold", "nn": "Innhald"}
LINE = 16.0
SMALL = 8.0
GREY = (0.35, 0.35, 0.35)
WATERMARK_GREY = (0.86, 0.86, 0.86)


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading where it landed; page counts from 0."""

    level: int
    title: str
    page: int
    y: float


def finish_pdf(
    content: bytes, source: Source, *, shapes: Sequence[Shape], entries: Sequence[Entry], contents: range
) -> bytes:
    """Return the finished PDF with subset fonts and fixed dates."""
    document = pymupdf.open("pdf", content)
    for page in document.pages():
        page.wrap_contents()  # DocumentWriter leaves its coordinate system in force
    _draw_shapes(document, shapes)
    if source.layout.cover:
        _draw_cover(document[0], source)
    if contents:
        _write_contents(document, entries, contents, title=CONTENTS_TITLE[source.language])
    _write_margins(document, source)
    if source.layout.bookmarks:
        document.set_toc([[entry.level, entry.title, entry.page + 1] for entry in entries])
    stamp = f"D:{source.made:%Y%m%d}090000Z"
    document.set_metadata(
        {
            "title": source.title,
            "author": f"{source.municipality} kommune",
            "creationDate": stamp,
            "modDate": stamp,
        }
    )
    document.subset_fonts()
    return bytes(document.tobytes(garbage=4, deflate=True, no_new_id=True))


def _color(code: str) -> tuple[float, float, float] | None:
    if not code:
        return None
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _draw_shapes(document: pymupdf.Document, shapes: Sequence[Shape]) -> None:
    for shape in reversed(shapes):  # each is put behind those before it
        document[shape.page].draw_rect(
            pymupdf.Rect(shape.rect),
            color=_color(shape.stroke),
            fill=_color(shape.fill),
            width=shape.width if shape.stroke else 0,
            overlay=False,
        )


def _draw_cover(page: pymupdf.Page, source: Source) -> None:
    """Draw a shield with a chevron, and the municipality's name beside it."""
    x, y, accent = source.layout.margin, 90.0, _color(source.layout.accent)
    shape = page.new_shape()
    outline = [(x, y), (x + 44, y), (x + 44, y + 34), (x + 22, y + 56), (x, y + 34), (x, y)]
    shape.draw_polyline([pymupdf.Point(point) for point in outline])
    shape.finish(color=accent, fill=accent, width=1)
    chevron = [(x + 8, y + 30), (x + 22, y + 12), (x + 36, y + 30)]
    shape.draw_polyline([pymupdf.Point(point) for point in chevron])
    shape.finish(color=(1, 1, 1), width=4)
    shape.commit()
    _write(page, (x + 58, y + 34), f"{source.municipality} kommune", size=18, bold=True)


def _write(
    page: pymupdf.Page,
    point: tuple[float, float],
    text: str,
    *,
    size: float,
    bold: bool = False,
    color: tuple[float, float, float] = (0, 0, 0),
) -> None:
    writer = pymupdf.TextWriter(page.rect)
    writer.append(pymupdf.Point(point), text, font=_font(bold=bold), fontsize=size)
    writer.write_text(page, color=color)


def _font(*, bold: bool = False) -> pymupdf.Font:
    return pymupdf.Font("hebo" if bold else "helv")


def _write_contents(document: pymupdf.Document, entries: Sequence[Entry], pages: range, *, title: str) -> None:
    _write(document[pages[0]], (62, TOP + 14), title, size=16, bold=True)
    for index, entry in enumerate(entries):
        page = document[pages[index // CONTENTS_LINES]]
        y = TOP + 42 + (index % CONTENTS_LINES) * LINE
        x = 62 + 14 * (entry.level - 1)
        number, right = str(entry.page + 1), PAGE.width - 62
        font, size = _font(bold=entry.level == 1), 10.0
        start = x + font.text_length(entry.title, size) + 4
        end = right - font.text_length(number, size) - 3
        dots = "." * int((end - start) / font.text_length(".", size))
        _write(page, (x, y), f"{entry.title} {dots} {number}", size=size, bold=entry.level == 1)
        page.insert_link(
            {
                "kind": pymupdf.LINK_GOTO,
                "from": pymupdf.Rect(x, y - 11, right, y + 3),
                "page": entry.page,
                "to": pymupdf.Point(0, entry.y),
            }
        )


def _write_margins(document: pymupdf.Document, source: Source) -> None:
    layout = source.layout
    for page in document.pages():
        if layout.watermark:
            _write_watermark(page, layout.watermark)
        if page.number == 0 and layout.cover:
            continue
        if layout.header:
            _write(page, (layout.margin, 40), layout.header, size=SMALL, color=GREY)
            page.draw_line((layout.margin, 46), (PAGE.width - layout.margin, 46), color=GREY, width=0.4)
        if layout.footer:
            text = layout.footer.format(page=page.number + 1, pages=document.page_count)
            x = PAGE.width - layout.margin - _font().text_length(text, SMALL)
            _write(page, (x, PAGE.height - 34), text, size=SMALL, color=GREY)


def _write_watermark(page: pymupdf.Page, text: str) -> None:
    writer = pymupdf.TextWriter(page.rect)
    center = pymupdf.Point(PAGE.width / 2, PAGE.height / 2)
    writer.append(pymupdf.Point(130, PAGE.height / 2 + 30), text, font=_font(bold=True), fontsize=90)
    writer.write_text(page, color=WATERMARK_GREY, morph=(center, pymupdf.Matrix(40)), overlay=False)
