"""One page of a PDF as records: its lines, ruled lines, filled areas, dots and links, as the page is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compliance.ingest.pdf.fragments import (
    Plumb,
    find_crossing,
    list_plumbs,
    may_be_cells,
    split_at,
    split_line,
)
from compliance.ingest.pdf.hidden_text import find_hidden
from compliance.ingest.pdf.lines import ABOVE, BELOW, Area, Line, Region
from compliance.ingest.pdf.open import list_damage_errors, load_pymupdf
from compliance.ingest.pdf.page_transform import PageTransform, choose_transform
from compliance.ingest.pdf.shapes import Shapes
from compliance.ingest.pdf.spans import (
    MARK_SIZE,
    RAISED,
    has_ligature,
    is_bold,
    is_italic,
    maps_hyphens,
    print_hyphens,
    read_line_text,
    spell_ligatures,
)
from compliance.ingest.pdf.tracking import close_tracking, may_be_tracked
from compliance.records import ReadingWarning, ReadingWarningCode

if TYPE_CHECKING:
    import pymupdf

# Of text on a page that is laid out; a page of print has hundreds, a map's labels took a minute at 8,000.
MAX_PIECES = 3000
MIN_CELLS = 8  # lines on a page that may be cells, before its letters are looked at one by one, which takes longer

Raw = dict[str, Any]
_LIGATURES = "Bokstaver som skriften på siden skjuler («Ɵ» for «ti»), er skrevet ut."
_CROWDED = "Siden har så mange tekstbiter at den er lest rad for rad, uten å se etter spalter og tabeller."
_HIDDEN = "Tekst som ikke synes på siden, er holdt utenfor."


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
    crowded: bool = False  # read row by row: to look for columns and tables would take too long
    regions: tuple[Region, ...] = ()  # where the layout model was asked
    warnings: tuple[ReadingWarning, ...] = ()


def read_page(page: pymupdf.Page, *, textpage: pymupdf.TextPage | None = None) -> PageContent:
    """Return the page's content; from `textpage` where its text was recognised rather than read."""
    module = load_pymupdf()
    flags = module.TEXT_PRESERVE_WHITESPACE | module.TEXT_MEDIABOX_CLIP | module.TEXT_CID_FOR_UNKNOWN_UNICODE
    drawings = [] if textpage else page.get_cdrawings()  # type: ignore[no-untyped-call]
    plumbs = [] if page.rotation else list_plumbs(drawings)
    raw = _read_raw(page, textpage or page.get_textpage(flags=flags), plumbs)
    matrix = page.rotation_matrix
    transform = choose_transform(
        (page.rect.width, page.rect.height),
        turn=(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f),
        directions=[(line["dir"], sum(len(span["text"]) for span in line["spans"])) for line in raw],
    )
    number = page.number + 1
    shapes = Shapes(transform)
    shapes.add_all(drawings)
    hidden = set() if textpage else find_hidden(page, raw, shapes)
    made = [
        _make_line(item, (number, index), transform=transform) for index, item in enumerate(raw) if index not in hidden
    ]
    lines, warnings = _repair_lines([line for line in made if line], number)
    if hidden:
        warnings = [*warnings, ReadingWarning(ReadingWarningCode.HIDDEN_TEXT, number, _HIDDEN)]
    content = PageContent(
        number,
        transform,
        tuple(lines),
        tuple(shapes.horizontal),
        tuple(shapes.vertical),
        tuple(shapes.fills),
        tuple(shapes.frames),
        tuple(shapes.dots),
        tuple(transform.place(*link["from"]) for link in _list_links(page) if link["kind"] in (1, 4)),
        ocr=textpage is not None,
        warnings=tuple(warnings),
    )
    return _leave_plain(content) if len(lines) > MAX_PIECES else content


def _list_links(page: pymupdf.Page) -> list[Raw]:
    """Return the page's links; none where one cannot be read, for the text does without them."""
    try:
        return page.get_links()
    except list_damage_errors():
        return []


def _leave_plain(page: PageContent) -> PageContent:
    """Return a page that is too full to be laid out, without what is drawn on it and with a warning."""
    warning = ReadingWarning(ReadingWarningCode.CROWDED_PAGE, page.number, _CROWDED)
    plain = replace(page, horizontal=(), vertical=(), fills=(), frames=(), dots=())
    return replace(plain, crowded=True, warnings=(*page.warnings, warning))


def _read_raw(page: pymupdf.Page, source: pymupdf.TextPage, plumbs: Sequence[Plumb]) -> list[Raw]:
    """Return the page's lines as PyMuPDF's "dict" gives them, tables' cells parted and letter-spaced words joined."""
    raw = _list_lines(page.get_text("dict", textpage=source))  # type: ignore[no-untyped-call]
    if len(raw) > MAX_PIECES:
        return raw
    cells = sum(map(may_be_cells, raw)) >= MIN_CELLS
    crossed = [find_crossing(line, plumbs) for line in raw]
    if not cells and not any(crossed) and not any(map(may_be_tracked, raw)):
        return raw
    letters = _list_lines(page.get_text("rawdict", textpage=source))  # type: ignore[no-untyped-call]
    read: list[Raw] = []
    for line, spelt, rules in zip(raw, letters, crossed, strict=True):
        if may_be_tracked(line):
            read.append(close_tracking(spelt))
        elif rules and len(parts := split_at(spelt, rules)) > 1:
            read += parts
        elif cells and may_be_cells(line):
            read += split_line(spelt)
        else:
            read.append(line)
    return read


def _list_lines(content: Raw) -> list[Raw]:
    return [line for block in content["blocks"] for line in block.get("lines", ())]


def _make_line(raw: Raw, key: tuple[int, int], *, transform: PageTransform) -> Line | None:
    """Return the line with its trimmed box, or None where it is blank or off the page."""
    spans = [span for span in raw["spans"] if span["text"]]
    inked = [span for span in spans if span["text"].strip()]
    if not inked:
        return None
    main = max(inked, key=lambda span: len(span["text"].strip()))
    text = read_line_text(spans, main)
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
        bold=2 * sum(len(span["text"]) for span in inked if is_bold(span)) > weight,
        italic=2 * sum(len(span["text"]) for span in inked if is_italic(span)) > weight,
        raised=len(inked) > 1 and bool(inked[0]["flags"] & RAISED or inked[0]["size"] < MARK_SIZE * main["size"]),
        upright=upright,
        font=main["font"],
    )


def _repair_lines(lines: Sequence[Line], page: int) -> tuple[list[Line], list[ReadingWarning]]:
    """Return the lines with the letters that are printed, where the font says others; and what was repaired."""
    always = maps_hyphens([line.text for line in lines if "\xad" in line.text])
    certain = any(has_ligature(line.text) for line in lines)
    read = [print_hyphens(line.text, always=always) if "\xad" in line.text else line.text for line in lines]
    spelt = [
        spell_ligatures(text) if certain or "calibri" in line.font.lower() else text
        for line, text in zip(lines, read, strict=True)
    ]
    repaired = [
        replace(line, text=text) if line.text != text else line for line, text in zip(lines, spelt, strict=True)
    ]
    warning = ReadingWarning(ReadingWarningCode.REPAIRED_LETTERS, page, _LIGATURES)
    return repaired, [warning] if spelt != read else []
