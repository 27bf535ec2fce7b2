"""Read a PDF: pages → lines → furniture and tables aside → columns → paragraphs → blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.config import IngestConfig
from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.patterns import is_page_number
from compliance.ingest.pdf.blocks import classify_groups, join_breaks, make_blocks
from compliance.ingest.pdf.borderless_tables import find_borderless_tables
from compliance.ingest.pdf.boxes import find_boxes
from compliance.ingest.pdf.columns import Flow, count_columns, order_page, order_rows
from compliance.ingest.pdf.contents import ContentsPage, find_contents
from compliance.ingest.pdf.drop_caps import join_drop_caps
from compliance.ingest.pdf.extract import PageContent, read_page
from compliance.ingest.pdf.furniture import Key, PageLines, find_furniture, find_ruled_margins
from compliance.ingest.pdf.headings import Bookmark, make_outline
from compliance.ingest.pdf.line_numbers import find_line_numbers
from compliance.ingest.pdf.lines import Line, find_body_size
from compliance.ingest.pdf.markers import attach_markers, join_rows
from compliance.ingest.pdf.neural import add_regions, asks_for_model, find_region_furniture
from compliance.ingest.pdf.ocr import recognise_pages
from compliance.ingest.pdf.open import is_broken, list_damage_errors, may_lack_text, open_pdf, reject
from compliance.ingest.pdf.page_transform import PageTransform
from compliance.ingest.pdf.paragraphs import Group, group_lines, mark_notes, measure_pitch
from compliance.ingest.pdf.tables import Table, find_ruled_tables
from compliance.ingest.pdf.title import choose_title
from compliance.ingest.source import SourceFile
from compliance.ingest.unread import warn_damaged, warn_repaired, warn_unread
from compliance.records import Box, Furniture, FurnitureKind, Page, ReadingWarning, RejectionReason
from compliance.text.normalise import join_lines

if TYPE_CHECKING:
    import pymupdf


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its ruled tables taken out and its fragments joined to lines."""

    content: PageContent
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    line_numbers: tuple[Line, ...] = ()
    margin: frozenset[int] = frozenset()  # numbers of the fragments in ruled headers and footers


def read_pdf(source: SourceFile, *, config: IngestConfig) -> Draft:
    """Return the file's content in reading order.

    Raises DocumentError with a reason, MissingToolError where scanned pages need Tesseract.
    """
    with closing(open_pdf(source)) as document:
        try:
            pages = _read_pages(document, source)
            pages = recognise_pages(document, pages, source=source, config=config)
            bookmarks = [Bookmark(level, title, page) for level, title, page in document.get_toc()]
        except list_damage_errors() as error:
            raise reject(source, RejectionReason.CORRUPT) from error
        if config.layout == "neural":
            pages = [add_regions(document[page.number - 1], page) if asks_for_model(page) else page for page in pages]
        metadata = (document.metadata or {}).get("title")
        repaired = may_lack_text(document)
    draft = assemble_draft(pages, bookmarks, title=metadata)
    if not draft.blocks:
        raise reject(source, RejectionReason.NO_TEXT)
    return replace(draft, warnings=[warn_repaired(), *draft.warnings]) if repaired else draft


def _read_pages(document: pymupdf.Document, source: SourceFile) -> list[PageContent]:
    """Return the pages, damaged ones without content and with a warning.

    Raises DocumentError (CORRUPT) where a page is damaged and none can be read.
    """
    pages = [read_page(document[number]) for number in range(document.page_count)]
    damaged = {page.number for page in pages if not page.lines and is_broken(document[page.number - 1])}
    if damaged and not any(page.lines for page in pages):
        raise reject(source, RejectionReason.CORRUPT)
    return [replace(page, warnings=(warn_damaged(page.number),)) if page.number in damaged else page for page in pages]


def assemble_draft(pages: Sequence[PageContent], bookmarks: Sequence[Bookmark], *, title: str | None) -> Draft:
    """Return the pages' content as blocks in reading order, and the furniture beside them."""
    sheets = _make_sheets(pages)
    body_size = find_body_size(line for sheet in sheets for line in sheet.lines)
    kinds = _find_margins(sheets, body_size)
    ordered: list[list[Flow]] = []
    for sheet in sheets:
        running = _find_running(ordered[-1]) if ordered else None
        ordered.append(_order_sheet(sheet, kinds, running=running))
    flows = [flow for page_flows in ordered for flow in page_flows]
    pitch = measure_pitch(flows)
    groups: list[Group] = [group for flow in flows for group in group_lines(flow, pitch=pitch)]
    heights = {page.number: page.transform.read_height for page in pages}
    groups = mark_notes(groups, body_size=body_size, heights=heights)
    pieces = join_breaks(classify_groups(groups, make_outline(groups, bookmarks, body_size=body_size)))
    blocks, repeated = make_blocks(pieces)
    transforms = {page.number: page.transform for page in pages}
    shown = [_show_block(block, transforms) for block in blocks if block.text]
    return Draft(
        title=choose_title(title, shown),
        pages=tuple(
            Page(page.number, page.transform.width, page.transform.height, page.ocr, page.unread) for page in pages
        ),
        blocks=shown,
        furniture=_list_furniture(sheets, kinds, repeated=repeated, transforms=transforms),
        warnings=[warning for page in pages for warning in _list_warnings(page)],
        columns=max(map(count_columns, ordered), default=1),
    )


def _list_warnings(page: PageContent) -> Iterator[ReadingWarning]:
    if page.unread:
        yield warn_unread(page.number)
    yield from page.warnings


def _make_sheets(pages: Sequence[PageContent]) -> list[_Sheet]:
    numbers = [find_line_numbers(page.lines) for page in pages]
    pages = [_prepare_page(page, counted) for page, counted in zip(pages, numbers, strict=True)]
    found = [find_ruled_tables(page) for page in pages]
    margins_found = find_ruled_margins(found, [page.transform.read_height for page in pages])
    sheets = [_make_sheet(page, tables, margins_found) for page, tables in zip(pages, found, strict=True)]
    return [replace(sheet, line_numbers=tuple(counted)) for sheet, counted in zip(sheets, numbers, strict=True)]


def _prepare_page(page: PageContent, line_numbers: Sequence[Line]) -> PageContent:
    """Return the page with its drop caps joined to their words and without its line numbers."""
    held = {line.key for line in line_numbers}
    return replace(page, lines=join_drop_caps([line for line in page.lines if line.key not in held]))


def _make_sheet(page: PageContent, found: Sequence[Table], margins_found: set[Table]) -> _Sheet:
    tables = [table for table in found if table not in margins_found]
    held = {line.key for table in tables for line in table.lines}
    rest = [line for line in page.lines if line.key not in held]
    margin = frozenset(line.number for table in found if table in margins_found for line in table.lines)
    lines = join_rows(rest) if page.crowded else attach_markers(rest, dots=page.dots)
    return _Sheet(page, tuple(lines), tuple(tables), margin=margin)


def _find_margins(sheets: Sequence[_Sheet], body_size: float) -> dict[Key, FurnitureKind]:
    """Return the furniture kind of each line that is furniture: running lines first, then contents."""
    margins = [PageLines(sheet.content.number, sheet.content.transform.read_height, sheet.lines) for sheet in sheets]
    kinds = find_furniture(margins, body_size=body_size)
    contents = [
        ContentsPage(sheet.content.number, [line for line in sheet.lines if line.key not in kinds], sheet.content.links)
        for sheet in sheets
    ]
    for sheet in sheets:
        middle = sheet.content.transform.read_height / 2
        for line in sheet.lines:
            if sheet.margin.intersection(line.numbers):
                side = FurnitureKind.HEADER if line.middle < middle else FurnitureKind.FOOTER
                kinds[line.key] = FurnitureKind.PAGE_NUMBER if is_page_number(line.text) else side
        kinds = find_region_furniture(sheet.content, sheet.lines) | kinds
    return kinds | dict.fromkeys(find_contents(contents), FurnitureKind.CONTENTS)


def _find_running(flows: Sequence[Flow]) -> Table | None:
    """Return the table without rules that a page ends in, notes in smaller type aside."""
    items = [item for flow in flows for item in flow.items]
    index = next((index for index in range(len(items) - 1, -1, -1) if isinstance(items[index], Table)), -1)
    last = items[index] if items else None
    if not isinstance(last, Table) or last.ruled:
        return None
    after = [item for item in items[index + 1 :] if isinstance(item, Line)]
    return last if all(line.size < last.lines[0].size for line in after) else None


def _order_sheet(sheet: _Sheet, kinds: dict[Key, FurnitureKind], *, running: Table | None) -> list[Flow]:
    """Return the page's flows: furniture left out, aligned tables and boxes found where the page can be laid out."""
    content = sheet.content
    lines = [line for line in sheet.lines if line.key not in kinds]
    if content.crowded:
        return order_rows(lines)
    wanted = {number for line in lines for number in line.numbers}
    aligned = find_borderless_tables(
        [line for line in content.lines if line.number in wanted],
        content.number,
        page=content,
        running=running,
    )
    if aligned:
        held = {line.number for table in aligned for line in table.lines}
        fragments = [line for line in content.lines if line.number in wanted - held]
        lines = attach_markers(fragments, dots=content.dots)
    tables = [*sheet.tables, *aligned]
    boxes = find_boxes(content, lines, tables=tables)
    return order_page(lines, tables=tables, boxes=boxes, regions=content.regions)


def _show_block(block: DraftBlock, transforms: dict[int, PageTransform]) -> DraftBlock:
    return replace(block, boxes=tuple(transforms[box.page].show_box(box) for box in block.boxes))


def _kinds_of(sheet: _Sheet, kinds: dict[Key, FurnitureKind]) -> Iterator[tuple[Line, FurnitureKind]]:
    yield from ((line, kinds[line.key]) for line in sheet.lines if line.key in kinds)
    yield from ((line, FurnitureKind.LINE_NUMBER) for line in sheet.line_numbers)


def _list_furniture(
    sheets: Iterable[_Sheet],
    kinds: dict[Key, FurnitureKind],
    *,
    repeated: Sequence[Furniture],
    transforms: dict[int, PageTransform],
) -> list[Furniture]:
    """Return the furniture of all pages in order, headers that tables repeat at the end of their page."""
    listed = [
        Furniture(kind, join_lines([line.text]), Box(line.page, line.x0, line.y0, line.x1, line.y1))
        for sheet in sheets
        for line, kind in _kinds_of(sheet, kinds)
    ]
    shown = [
        replace(piece, box=transforms[piece.box.page].show_box(piece.box))
        for piece in [*listed, *repeated]
        if piece.box
    ]
    return sorted(shown, key=lambda piece: piece.box.page if piece.box else 0)
