"""Lines, pages and files for the PDF tests, as small as they can be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

from compliance.config import IngestConfig
from compliance.ingest import pdf
from compliance.ingest.draft import Draft
from compliance.ingest.pdf.extract import PageContent
from compliance.ingest.pdf.lines import Area, Line
from compliance.ingest.pdf.page_transform import PageTransform
from compliance.ingest.source import SourceFile

A4 = PageTransform(595.0, 842.0)


def make_line(
    text: str,
    x: float = 72,
    y: float = 100,
    *,
    width: float | None = None,
    size: float = 10,
    page: int = 1,
    number: int | None = None,
    bold: bool = False,
    italic: bool = False,
    font: str = "",
) -> Line:
    """Return a line whose top left corner is (x, y); half a type size a character wide unless told."""
    right = x + (width if width is not None else 0.5 * size * len(text))
    key = number if number is not None else hash((text, x, y)) % 100_000
    return Line(page, key, text, x, y, right, y + size, size=size, bold=bold, italic=italic, font=font)


def stack(texts: Sequence[str], x: float = 72, y: float = 100, *, step: float = 12, **kwargs: object) -> list[Line]:
    """Return lines under each other."""
    return [make_line(text, x, y + step * index, **kwargs) for index, text in enumerate(texts)]  # type: ignore[arg-type]


def make_page(lines: Sequence[Line], *, rules: Sequence[Area] = (), **kwargs: object) -> PageContent:
    """Return a page; a rule no higher than it is wide is level."""
    return PageContent(
        lines[0].page if lines else 1,
        A4,
        tuple(lines),
        horizontal=tuple(rule for rule in rules if rule.width >= rule.height),
        vertical=tuple(rule for rule in rules if rule.width < rule.height),
        **kwargs,  # type: ignore[arg-type]
    )


def draw_grid(xs: Sequence[float], ys: Sequence[float]) -> list[Area]:
    """Return the rules of a full grid."""
    levels = [Area(xs[0], y, xs[-1], y) for y in ys]
    return levels + [Area(x, ys[0], x, ys[-1]) for x in xs]


def make_source(content: bytes, name: str = "plan.pdf") -> SourceFile:
    return SourceFile(Path(name), content, hashlib.sha256(content).hexdigest(), "application/pdf")


def read_pdf(content: bytes, config: IngestConfig | None = None) -> Draft:
    return pdf.read_pdf(make_source(content), config=config or IngestConfig())


def print_pages(*writers: Callable[[pymupdf.Page], object], size: tuple[float, float] = (595, 842)) -> bytes:
    """Return a PDF with one page for each writer."""
    document = pymupdf.open()
    for write in writers:
        write(document.new_page(width=size[0], height=size[1]))
    return bytes(document.tobytes())


def print_story(html: str, *, css: str = "", margin: float = 60) -> bytes:
    """Return a PDF that PyMuPDF lays out from HTML on A4."""
    import io

    story = pymupdf.Story(html, user_css=css)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    paper = pymupdf.paper_rect("a4")
    more = 1
    while more:
        device = writer.begin_page(paper)
        more, _ = story.place(pymupdf.Rect(margin, margin, paper.width - margin, paper.height - margin))
        story.draw(device)
        writer.end_page()
    writer.close()
    return out.getvalue()


def show(draft: Draft) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    return [(block.kind.value, block.text) for block in draft.blocks]
