"""Where a document speaks of itself: its title, cover, file name and running headers, as stretches of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.records import Attribute, AttributeSource, Block, BlockKind, Document, FurnitureKind

_COVER_CHARS = 2500  # how far into the text a cover and its colophon reach
_COVER_BLOCKS = 20
_NO_LINES = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.CAPTION})
_LINE_CHARS = 200  # longer blocks are running text, not lines of a cover
_END_CHARS = 1200  # a colophon at the end
_PROGRAM_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)|untitled|uten navn|namnlaus|(?:dokument|document|presentasjon)\s*\d*\Z",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.(?:pdf|docx?|odt|indd|pptx?|html?|md|txt)\Z", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;]\W*\Z")
_COLOPHON = re.compile(
    r"\W*(?:\d\W+)?(?:vedt|fast|godkj|behandl|handsam|kommunestyre|bystyre|heradsstyre|ks?-?sak|sak )", re.IGNORECASE
)
# «(Nordvik kommune, Digitaliseringsstrategi 2018–2021)» below a quotation names its source, not the document.
_CITATION = re.compile(r"\W*\([A-ZÆØÅ][^()]*,[^()]*\b(?:19|20)\d\d[^()]*\)\W*\Z")
_BODY_BEGINS = re.compile(r"(?:\d+\.?\s+)?(?:innledning|innleiing|bakgrunn|sammendrag|samandrag)\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"[_+%]|(?<=\D)[-.](?=\D)|(?<=\D)-(?=\d)|(?<=\d)-(?=[^\d\W])|20(?=%)")

_YEARS = re.compile(r"(?<=20\d\d)_(?=20\d\d)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text to read an attribute from; `offset` is its place in the document's text, if it stands there."""

    text: str
    source: AttributeSource
    offset: int | None = None
    quote: str | None = None  # what to quote where `text` is not as printed: the file name

    def make_attribute(self, value: str, start: int, end: int) -> Attribute:
        """Return the attribute read from `text[start:end]`."""
        if self.offset is None:
            return Attribute(value, self.source, self.quote or self.text)
        return Attribute(value, self.source, self.text[start:end], self.offset + start, self.offset + end)


def read_title(document: Document) -> Stretch | None:
    """Return the document's title, where it stands in the text if it does; None for titles that programs invent."""
    title = (document.title or "").strip()
    if not title or _PROGRAM_TITLE.match(title) or _SUFFIX.search(title):
        return None
    position = document.text.find(title, 0, _COVER_CHARS)
    if position >= 0:
        return Stretch(title, AttributeSource.TEXT, position)
    return Stretch(title, AttributeSource.METADATA)


def read_file_name(document: Document) -> Stretch:
    """Return the file name with spaces for its separators: "3320_plan-2024.pdf" reads «3320 plan 2024»."""
    stem = _YEARS.sub("-", _SUFFIX.sub("", document.name))
    return Stretch(_SEPARATORS.sub(" ", stem), AttributeSource.FILE_NAME, quote=document.name)


def list_cover_lines(document: Document) -> Iterator[Stretch]:
    """Yield the short blocks at the beginning that are no sentences: title, subtitle, municipality, colophon."""
    first = next((block.boxes[0].page for block in document.blocks if block.boxes), 1)
    for block in document.blocks[:_COVER_BLOCKS]:
        page = block.boxes[0].page if block.boxes else first
        line = _make_stretch(document, block)
        if page > first + 1 or block.start > _COVER_CHARS or _BODY_BEGINS.match(line.text):
            return
        if _is_line(block, line.text):
            yield line


def list_closing_lines(document: Document) -> Iterator[Stretch]:
    """Yield the short blocks at the very end, where some plans print their colophon."""
    for block in document.blocks[-_COVER_BLOCKS:]:
        line = _make_stretch(document, block)
        if block.start > len(document.text) - _END_CHARS and _is_line(block, line.text):
            yield line


def list_headings(document: Document) -> Iterator[Stretch]:
    """Yield the headings in order."""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            yield _make_stretch(document, block)


def list_running_lines(document: Document) -> list[Stretch]:
    """Return the page headers and footers, the most frequent first, each once."""
    counts = Counter(
        piece.text
        for piece in document.furniture
        if piece.kind in {FurnitureKind.HEADER, FurnitureKind.FOOTER} and len(piece.text) <= _LINE_CHARS
    )
    return [Stretch(text, AttributeSource.METADATA) for text, _ in counts.most_common()]


def _is_line(block: Block, text: str) -> bool:
    """Say whether a block is a line of its own, not running text, a list, a table or a note."""
    if block.kind in _NO_LINES or len(text) > _LINE_CHARS or _CITATION.match(text):
        return False
    return block.kind is BlockKind.HEADING or not _SENTENCE.search(text) or _COLOPHON.match(text) is not None


def prefer_text(found: Attribute, other: Attribute | None) -> Attribute:
    """Return the observation a reader can look up in the text, where both say the same."""
    same = other is not None and other.value == found.value and other.source is AttributeSource.TEXT
    return other if other and same and found.source is not AttributeSource.TEXT else found


def _make_stretch(document: Document, block: Block) -> Stretch:
    return Stretch(document.text[block.start : block.end], AttributeSource.TEXT, block.start)
