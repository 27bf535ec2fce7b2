"""Web pages: the content of a page without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml import html as lxml_html
from lxml.etree import _Element as Element

from compliance.errors import DocumentError
from compliance.ingest.contents import take_out_contents
from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.encoding import Decoded, decode
from compliance.ingest.html.boilerplate import Boilerplate, find_boilerplate
from compliance.ingest.html.depth import limit_depth
from compliance.ingest.html.elements import (
    find_furniture_kind,
    find_note_mark,
    find_word_level,
    inline_text,
    is_boxed,
    is_dropped,
    is_inline,
    join_names,
    split_paragraphs,
)
from compliance.ingest.html.tables import read_table
from compliance.ingest.html.xpaths import XPaths
from compliance.ingest.list_numbers import format_number
from compliance.ingest.numbers import read_int
from compliance.ingest.patterns import is_caption, read_list_marker
from compliance.ingest.source import SourceFile
from compliance.ingest.tables import TableSettings, build_table_blocks, find_table_title
from compliance.ingest.unread import warn_repaired
from compliance.records import BlockKind, Furniture, FurnitureKind, Page, RejectionReason
from compliance.text.normalise import join_lines

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FOOTNOTE_CLASS = re.compile(r"\bfootnotes?\b|\bfotnoter?\b|\bdoc-(?:endnotes?|footnote)\b", re.IGNORECASE)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(source: SourceFile, *, charset: str | None = None) -> Draft:
    """Return the page's content; `charset` is what the page's envelope says of it.

    Raises DocumentError (CORRUPT) where the parser gave up before it found any text.
    """
    declared = _CHARSET.search(source.content[:4096])
    decoded = decode(source.content, declared=declared[1].decode("ascii") if declared else charset) or Decoded("")
    root, is_cut = _parse(decoded.text)
    walk = Walk(boilerplate=find_boilerplate(root) if root is not None else {})
    main = _find_main(root) if root is not None else None
    if root is not None and main is not None:
        walk.visit(main, Place())
        walk.furniture.extend(_find_surroundings(main, walk.paths))
    blocks, contents = take_out_contents(walk.blocks)
    furniture = [*walk.furniture, *contents]
    if is_cut and not blocks:
        advice = "Nettsiden er skadet: elementene i den ligger tusenvis av nivåer inni hverandre. Lagre den på nytt."
        raise DocumentError(source.path, RejectionReason.CORRUPT, advice)
    warnings = (*decoded.warnings, *([warn_repaired()] if is_cut else []))
    return Draft(_find_title(root, blocks), (Page(1, 0, 0),), blocks, furniture, warnings=warnings)


def read_fragment(text: str) -> list[DraftBlock]:
    """Return the blocks of a piece of HTML within another file, in which their XPaths lead nowhere."""
    root, _ = _parse(text)
    walk = Walk()
    if root is not None:
        walk.visit(root, Place())
    return [replace(block, anchor=None) for block in walk.blocks]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the page an element stands."""

    depth: int = 0  # of lists
    marker: str | None = None  # of the list item whose first text comes next
    boxed: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    anchor: str | None = None  # XPath of the element whose text comes next


@dataclass(slots=True)
class Walk:
    """Walks through elements in document order and collects blocks and furniture."""

    blocks: list[DraftBlock] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    boilerplate: Boilerplate = field(default_factory=dict)
    paths: XPaths = field(default_factory=XPaths)

    def visit(self, element: Element, place: Place) -> None:
        """Collect what an element holds; loose text between its block children becomes paragraphs."""
        loose: list[str] = [element.text or ""]
        place = replace(place, anchor=self.paths.find(element))
        for child in element:
            if not isinstance(child.tag, str):
                loose.append(child.tail or "")
                continue
            if child not in self.boilerplate and is_inline(child):
                loose.append(inline_text(child))
            elif not is_dropped(child):
                place = self._flush(loose, place)
                self._enter(child, place)
                if place.marker and child.tag in {"p", "div"}:
                    place = replace(place, marker=None)
            loose.append(child.tail or "")
        self._flush(loose, place)

    def _enter(self, element: Element, place: Place) -> None:
        tag = element.tag
        place = replace(place, anchor=self.paths.find(element))
        if kind := self.boilerplate.get(element) or find_furniture_kind(element):
            self.furniture.extend(_as_furniture(element, kind, self.paths))
        elif mark := find_note_mark(element):
            self.visit(element, replace(place, kind=BlockKind.FOOTNOTE, marker=mark, level=None))
        elif (own := _find_place(element, place)) is not None:
            self._put(inline_text(element), own)
        elif tag in {"ul", "ol", "menu"}:
            self._enter_list(element, place)
        elif tag == "table":
            self._enter_table(element, place)
        else:
            self.visit(element, replace(place, boxed=place.boxed or is_boxed(element)))

    def _enter_list(self, element: Element, place: Place) -> None:
        notes = _FOOTNOTE_CLASS.search(join_names(element)) or _FOOTNOTE_CLASS.search(join_names(element.getparent()))
        kind = BlockKind.FOOTNOTE if notes else BlockKind.LIST_ITEM
        number = read_int(element.get("start"), default=1)
        form = _LIST_FORMS.get(element.get("type", ""), "decimal")
        inner = replace(place, depth=place.depth + 1, level=None if notes else place.depth + 1, kind=kind)
        self._put(element.text or "", replace(inner, marker=None))
        for item in element:
            if item.tag == "li":
                number = read_int(item.get("value"), default=number)
                marker = f"{format_number(number, form)}." if element.tag == "ol" else "•"
                self.visit(item, replace(inner, marker=marker.rstrip(".") if notes else marker))
                number += 1
            elif isinstance(item.tag, str) and not is_dropped(item):  # a list right in a list, as old editors write
                self._enter(item, place if is_inline(item) else inner)
            self._put(item.tail or "", replace(inner, marker=None))

    def _enter_table(self, element: Element, place: Place) -> None:
        table = read_table(element, _cell_text)
        if table.is_layout:
            for cell in table.cells:
                self.visit(cell, place)
            return
        if table.caption:
            self._put(table.caption, Place(kind=BlockKind.CAPTION, boxed=place.boxed, anchor=place.anchor))
        settings = TableSettings(table.header_rows, find_table_title(self.blocks), boxed=place.boxed)
        anchors = [self.paths.find(row) for row, cells in zip(table.rows, table.grid, strict=True) if any(cells)]
        rows = zip(build_table_blocks(table.grid, settings), anchors, strict=True)
        self.blocks.extend(replace(block, anchor=anchor) for block, anchor in rows)

    def _flush(self, loose: list[str], place: Place) -> Place:
        """Put the collected text down as a block and return the place after it."""
        text = "".join(loose)
        loose.clear()
        paragraphs = split_paragraphs(text)
        for paragraph in paragraphs:
            if len(paragraphs) > 1 and not place.marker and read_list_marker(paragraph.strip()):
                self._put(paragraph, replace(place, kind=BlockKind.LIST_ITEM, level=place.depth + 1))
                continue
            place = replace(place, marker=None) if self._put(paragraph, place) else place
        return place

    def _put(self, raw: str, place: Place) -> bool:
        text = join_lines(raw.split("\n"))
        if not text:
            return False
        kind = place.kind
        if kind is BlockKind.PARAGRAPH and is_caption(text):
            kind = BlockKind.CAPTION
        if kind is BlockKind.LIST_ITEM and not place.marker and (typed := read_list_marker(text)):
            text, place = f"{typed.marker} {text[typed.end :]}", replace(place, marker=typed.marker)
        elif place.marker:
            text = f"{place.marker} {text}"
        self.blocks.append(
            DraftBlock(kind, text, level=place.level, marker=place.marker, boxed=place.boxed, anchor=place.anchor)
        )
        return True


def _find_place(element: Element, place: Place) -> Place | None:
    """Return the place of an element whose text is one block; None for one that holds blocks."""
    if element.tag in _HEADINGS:
        return replace(place, kind=BlockKind.HEADING, level=_HEADINGS[element.tag], marker=None)
    if element.tag in {"figcaption", "caption"}:
        return replace(place, kind=BlockKind.CAPTION, level=None, marker=None)
    level = find_word_level(element)
    if level:
        return replace(place, kind=BlockKind.LIST_ITEM, level=level)
    return place if element.tag == "pre" else None


def _parse(text: str) -> tuple[Element | None, bool]:
    """Return the page's root, and whether the parser gave up before the page's end."""
    parser = lxml_html.HTMLParser(huge_tree=True)  # else libxml2 drops what stands below level 255
    try:
        root = lxml_html.document_fromstring(_XML_DECLARATION.sub("", text), parser=parser, ensure_head_body=True)
    except etree.ParserError:  # nothing but comments and white space
        return None, False
    limit_depth(root)
    return root, any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log)


def _find_main(root: Element) -> Element:
    """Return the element that holds the content: main, else the only article, else the body."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    mains = [element for element in elements if element.tag == "main" or element.get("role") == "main"]
    articles = [element for element in elements if element.tag == "article"]
    for found in (mains, articles):
        if len(found) == 1 and inline_text(found[0]).strip():
            return found[0]
    body = root.find("body")
    return body if body is not None else root


def _find_surroundings(main: Element, paths: XPaths) -> Iterator[Furniture]:
    """Yield as furniture what stands outside the main element."""
    within = {main, *main.iterancestors()}
    for ancestor in main.iterancestors():
        kind = FurnitureKind.HEADER
        for child in ancestor:
            if child in within:
                kind = FurnitureKind.FOOTER
            elif isinstance(child.tag, str) and not is_dropped(child):
                yield from _as_furniture(child, kind, paths)


def _as_furniture(element: Element, kind: FurnitureKind, paths: XPaths) -> Iterator[Furniture]:
    walk = Walk(paths=paths)
    walk.visit(element, Place())
    yield from (Furniture(kind, block.text) for block in walk.blocks)
    yield from walk.furniture


def _find_title(root: Element | None, blocks: list[DraftBlock]) -> str | None:
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), None)
    if heading or root is None:
        return heading
    return join_lines((root.findtext(".//title") or "").split("\n")) or None


def _cell_text(element: Element) -> str:
    return join_lines(inline_text(element).split("\n"))
