"""One page of a PDF as records: its lines, ruled lines, filled areas, dots and links, as the page is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance.ingest.pdf.fragments import may_be_cells, split_line
from compliance.ingest.pdf.lines import ABOVE, BELOW, Area, Line, Region
from compliance.ingest.pdf.open import load_pymupdf
from compliance.ingest.pdf.page_transform import PageTransform, choose_transform

if TYPE_CHECKING:
    import pymupdf

THIN = 2.5  # points: a filled rectangle no thicker is a ruled line
DOT = (1.2, 7.0)  # points: filled shapes of this width and height may be bullets drawn rather than typed
WHITE = 0.985  # each colour at or above this: paper, not shading
MAX_SHAPES = 6000  # a page with more is a map or a drawing, in which no table is looked for
MIN_CELLS = 8  # lines on a page that may be cells, before its letters are looked at one by one, which takes longer
BOLD, ITALIC, RAISED = 16, 2, 1  # PyMuPDF's span flags
_HEAVY = ("bold", "black", "heavy", "semibold", "demi")
_SLANTED = ("italic", "oblique")


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on one page."""

    number: int
    transform: PageTransform
    lines: tuple[Line, ...]
    horizontal: tuple[Area, ...] = ()  # ruled lines, of next to no height
    vertical: tuple[Area, ...] = ()
    fills: tuple[Area, ...] = ()  # shaded areas
    frames: tuple[Area, ...] = ()  # outlined areas
    dots: tuple[Area, ...] = ()
    links: tuple[Area, ...] = ()  # links to places in the same document
    ocr: bool = False
    unread: bool = False  # scanned, and recognition is off or not installed
    regions: tuple[Region, ...] = ()  # where the layout model was asked


def read_page(page: pymupdf.Page, *, textpage: pymupdf.TextPage | None = None) -> PageContent:
    """Return the page's content; from `textpage` where its text was recognised rather than read."""
    module = load_pymupdf()
    flags = module.TEXT_PRESERVE_WHITESPACE | module.TEXT_MEDIABOX_CLIP | module.TEXT_CID_FOR_UNKNOWN_UNICODE
    source = textpage or page.get_textpage(flags=flags)
    raw = _list_lines(page.get_text("dict", textpage=source))  # type: ignore[no-untyped-call]
    if sum(map(may_be_cells, raw)) >= MIN_CELLS:
        letters = _list_lines(page.get_text("rawdict", textpage=source))  # type: ignore[no-untyped-call]
        pairs = zip(raw, letters, strict=True)
        raw = [piece for line, spelt in pairs for piece in (split_line(spelt) if may_be_cells(line) else [line])]
    matrix = page.rotation_matrix
    transform = choose_transform(
        (page.rect.width, page.rect.height),
        turn=(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f),
        directions=[(line["dir"], sum(len(span["text"]) for span in line["spans"])) for line in raw],
    )
    number = page.number + 1
    lines = [line for index, item in enumerate(raw) if (line := _make_line(item, (number, index), transform=transform))]
    shapes = _Shapes(transform)
    if not textpage:
        shapes.add_all(page.get_cdrawings())  # type: ignore[no-untyped-call]
    links = [transform.place(*link["from"]) for link in page.get_links() if link["kind"] in (1, 4)]
    return PageContent(
        number,
        transform,
        tuple(lines),
        tuple(shapes.horizontal),
        tuple(shapes.vertical),
        tuple(shapes.fills),
        tuple(shapes.frames),
        tuple(shapes.dots),
        tuple(links),
        ocr=textpage is not None,
    )


def _list_lines(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for block in content["blocks"] for line in block.get("lines", ())]


def _make_line(raw: dict[str, Any], key: tuple[int, int], *, transform: PageTransform) -> Line | None:
    """Return the line with its trimmed box, or None where it is blank or off the page."""
    spans = [span for span in raw["spans"] if span["text"]]
    text = "".join(_read_span(span) for span in spans)
    if not text.strip():
        return None
    inked = [span for span in spans if span["text"].strip()]
    main = max(inked, key=lambda span: len(span["text"].strip()))
    weight = sum(len(span["text"]) for span in inked)
    direction = transform.turn_direction(raw["dir"])
    area = transform.place(
        min(span["bbox"][0] for span in inked),
        min(span["bbox"][1] for span in inked),
        max(span["bbox"][2] for span in inked),
        max(span["bbox"][3] for span in inked),
    )
    if not transform.shows(area):
        return None
    upright = direction[0] > 0.9
    y0, y1 = area.y0, area.y1
    if upright:
        base = transform.place_point(*main["origin"])[1]
        y0, y1 = base - ABOVE * main["size"], base + BELOW * main["size"]
    return Line(
        page=key[0],
        number=key[1],
        text=text.strip(" \t\n"),
        x0=area.x0,
        y0=y0,
        x1=area.x1,
        y1=y1,
        size=main["size"],
        bold=2 * sum(len(span["text"]) for span in inked if _has(span, BOLD, _HEAVY)) > weight,
        italic=2 * sum(len(span["text"]) for span in inked if _has(span, ITALIC, _SLANTED)) > weight,
        raised=len(inked) > 1 and bool(inked[0]["flags"] & RAISED or inked[0]["size"] < 0.8 * main["size"]),
        upright=upright,
    )


def _read_span(span: dict[str, Any]) -> str:
    """Return the span's text, a lone sign of a symbol font made the bullet it looks like."""
    text: str = span["text"]
    sign = text.strip()
    if len(sign) == 1 and ("\uf000" <= sign <= "\uf0ff" or span["font"].startswith(("Symbol", "Wingding"))):
        return text.replace(sign, "–" if sign in "−-–\uf02d" else "•")
    return text


def _has(span: dict[str, Any], flag: int, names: tuple[str, ...]) -> bool:
    font = span["font"].lower()
    return bool(span["flags"] & flag) or any(name in font for name in names)


class _Shapes:
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
