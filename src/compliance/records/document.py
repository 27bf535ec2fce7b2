"""A file as read: its text with blocks, and the furniture beside it (stage 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.records.reading_quality import ReadingQuality


class BlockKind(StrEnum):
    """What a block of content is; a passage keeps the kind of the block it was made from."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


class FurnitureKind(StrEnum):
    """What a piece of page furniture is. Furniture is kept beside the text, never analysed."""

    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    CONTENTS = "contents"  # a line of a table of contents
    LINE_NUMBER = "line_number"  # beside a line of text, in the margin
    COMMENT = "comment"  # what a reviewer wrote in the margin


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on one page, in points, `x0 <= x1` and `y0 <= y1`."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    Formats without pages (HTML, Markdown, text, DOCX) have a single page of size 0 × 0, or those that a text marks.
    """

    number: int
    width: float
    height: float
    ocr: bool = False  # the text came from optical character recognition
    unread: bool = False  # a scanned page whose text nothing here could recognise


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row's cells beside the header cells above them; `len(header)` is 0 or `len(cells)`."""

    header: tuple[str, ...]
    cells: tuple[str, ...]
    unit: str | None = None  # as printed with the table: "1000 kr", "mill. kr"
    title: str | None = None  # the table's caption or the line that names it


@dataclass(frozen=True, slots=True)
class Block:
    """A contiguous piece of content: `document.text[start:end]` is its text, list marker included.

    Blocks stand in reading order and never overlap. A paragraph that crosses a page is one block with two boxes.
    """

    kind: BlockKind
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    level: int | None = None  # headings: 1 is the outermost; list items: depth from 1
    marker: str | None = None  # list items: the bullet or number as printed; footnotes: the reference mark
    table: TableRow | None = None
    boxed: bool = False  # set apart from the running text: indented quote, italic block, shaded or framed box
    anchor: str | None = None  # where the block is in its file: DOCX paragraph index from 0, HTML XPath; else None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that belongs to the page rather than to the content."""

    kind: FurnitureKind
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its content as text with blocks, and its furniture beside it."""

    id: str  # slug of the file name and the first 8 hex digits of sha256, stable between runs
    name: str  # file name without folders
    sha256: str
    media_type: str
    title: str | None  # from the file's own metadata or its title heading
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...] = ()
    quality: ReadingQuality | None = None  # None where it was not measured: runs of earlier versions

    @property
    def has_pages(self) -> bool:
        """Whether there are pages to refer to: the format's own, or those that a text marks («<!-- side 3 -->»)."""
        return len(self.pages) > 1 or any(page.width for page in self.pages)

    @property
    def display_name(self) -> str:
        """The title, or the file's name where it has none."""
        return self.title or self.name
