"""The body of a Word document, paragraph by paragraph and table by table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.ingest.docx.grid import WordTable, read_grid
from compliance.ingest.docx.inline import ALTERNATIVES, FieldState, RunText, is_prompt, read_runs
from compliance.ingest.docx.numbering import BULLET, Numbering
from compliance.ingest.docx.parts import RelatedParts
from compliance.ingest.docx.styles import ParagraphStyle, Styles
from compliance.ingest.draft import DraftBlock
from compliance.ingest.list_depth import ListDepth
from compliance.ingest.patterns import is_caption, read_heading_number, read_list_marker
from compliance.ingest.tables import TableSettings, build_table_blocks, find_table_title
from compliance.records import BlockKind, Furniture, FurnitureKind, ReadingWarning, ReadingWarningCode
from compliance.text.normalise import join_lines

_MAX_BOLD_HEADING = 100  # characters
_MIN_ITALIC = 40  # characters; a shorter italic paragraph is an emphasis, not a quotation
_MAX_LAYOUT_CELLS = 6  # a larger table with headings in it is still a table
_PROMPTS = "Ledetekst fra malen som ingen har fylt ut, er holdt utenfor."
_FIGURE = "En figur (SmartArt) i dokumentet kunne ikke leses."
_CHUNK = "Et dokument som er satt inn i dokumentet, kunne ikke leses. Lagre en ny kopi i Word, og prøv igjen."
_CONTENTS_ENTRY = re.compile(r"[\t.…]\s*\d{1,3}\s*$")  # typed by hand under a contents heading
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:moveTo", "w:smartTag")))


@dataclass(slots=True)
class Walk:
    """Walks through the body in order and collects blocks, furniture and the title."""

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], str]
    related: RelatedParts
    paragraphs: Mapping[Element, int]  # index of each paragraph in the main part, in document order
    blocks: list[DraftBlock] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    endnotes: list[DraftBlock] = field(default_factory=list)
    title: str | None = None
    warnings: dict[ReadingWarning, None] = field(default_factory=dict)  # each once, in order
    _marks: Counter[str] = field(default_factory=Counter)  # notes so far
    _in_cell: bool = False
    fields: FieldState = field(default_factory=FieldState)
    _boxed: bool = False
    _heading_level: int = 0
    _typed_lists: ListDepth = field(default_factory=ListDepth)
    _in_contents: bool = False  # the last paragraph belonged to a table of contents
    _carried: str = ""  # text of a paragraph whose end a tracked change deletes: it runs into the next

    def visit(self, container: Element, *, contents: bool = False) -> None:
        """Collect what a container's paragraphs and tables say."""
        for child in container:
            if child.tag == qn("w:p"):
                self._visit_paragraph(child, contents=contents)
            elif child.tag == qn("w:tbl"):
                self._visit_table(child)
            elif is_prompt(child):
                self._warn(ReadingWarningCode.TEMPLATE_TEXT, _PROMPTS)
            elif child.tag == qn("w:altChunk"):
                self._put_chunk(child.get(qn("r:id"), ""))
            elif (inner := _find_inner(child)) is not None:
                self.visit(inner, contents=contents or _is_contents_control(child))

    def _visit_paragraph(self, paragraph: Element, *, contents: bool) -> None:
        style = self.styles.resolve(paragraph)
        if style.hidden:
            return
        runs = read_runs(paragraph, self.fields)
        text = join_lines([*filter(None, [self._carried]), *runs.text.split("\n")])
        self._carried = text if _loses_its_end(paragraph) else ""
        if not text and style.numbering:
            self._number_empty(style)
        elif text and not self._carried:
            typed = self._in_contents and _CONTENTS_ENTRY.search(runs.text)
            self._in_contents = bool(contents or style.contents or runs.in_contents or typed)
            if self._in_contents:
                self.furniture.append(Furniture(FurnitureKind.CONTENTS, text))
            else:
                self.blocks.append(replace(self._build_block(text, style, runs), anchor=self._find_anchor(paragraph)))
        self._put_drawings(runs)
        self._put_notes(runs, anchor=self._find_anchor(paragraph))

    def _put_drawings(self, runs: RunText) -> None:
        """Collect what text boxes, figures and WordArt say."""
        for box in runs.text_boxes:
            self._visit_boxed(box)
        self.blocks += [DraftBlock(BlockKind.PARAGRAPH, text) for text in map(_fold, runs.word_art) if text]
        for identity in runs.diagrams:
            texts = self.related.diagrams.get(identity, ())
            self.blocks += [DraftBlock(BlockKind.LIST_ITEM, text, level=1) for text in texts]
            if not texts:
                self._warn(ReadingWarningCode.MISSING_PART, _FIGURE)
        if runs.prompts:
            self._warn(ReadingWarningCode.TEMPLATE_TEXT, _PROMPTS)

    def _put_chunk(self, identity: str) -> None:
        blocks = self.related.chunks.get(identity)
        if blocks is None:
            self._warn(ReadingWarningCode.MISSING_PART, _CHUNK)
        self.blocks += blocks or ()

    def _warn(self, code: ReadingWarningCode, detail: str) -> None:
        self.warnings[ReadingWarning(code, None, detail)] = None

    def _number_empty(self, style: ParagraphStyle) -> None:
        """Count a numbered paragraph without words; in a cell its number is all that the cell says."""
        marker = self.numbering.advance(*style.numbering) if style.numbering else None
        if self._in_cell and marker and marker != BULLET:
            self.blocks.append(DraftBlock(BlockKind.PARAGRAPH, marker))

    def _build_block(self, text: str, style: ParagraphStyle, runs: RunText) -> DraftBlock:
        marker = self.numbering.advance(*style.numbering) if style.numbering else None
        level = _find_heading_level(text, style, runs, below=self._heading_level)
        boxed = self._boxed or style.boxed
        if level and not self._boxed:
            self._heading_level = level if style.heading or style.title else self._heading_level
            self.title = self.title or (text if style.title else None)
            numbered = f"{marker} {text}" if marker and any(map(str.isalnum, marker)) else text
            return DraftBlock(BlockKind.HEADING, numbered, level=level)
        italic = style.italic or _is_wholly(runs.italic, runs)
        if style.caption or is_caption(text) or (runs.pictures and italic):
            return DraftBlock(BlockKind.CAPTION, text, boxed=boxed)
        if style.numbering:
            text = f"{marker} {text}" if marker else text
            depth = max(style.numbering[1] + 1, style.list_depth)
            return DraftBlock(BlockKind.LIST_ITEM, text, level=depth, marker=marker, boxed=boxed)
        if typed := read_list_marker(text):
            depth = self._typed_lists.place(typed, indent=0)
            return DraftBlock(BlockKind.LIST_ITEM, text, level=depth, marker=typed.marker, boxed=boxed)
        self._typed_lists.close()
        return DraftBlock(BlockKind.PARAGRAPH, text, boxed=boxed or (italic and len(text) >= _MIN_ITALIC))

    def _visit_boxed(self, container: Element) -> None:
        outer, self._boxed = self._boxed, True
        self.visit(container)
        self._boxed = outer

    def _find_anchor(self, element: Element) -> str | None:
        """Return the index of the first paragraph that the element is or contains."""
        first = next(element.iter(qn("w:p")), None)
        return str(self.paragraphs[first]) if first is not None and first in self.paragraphs else None

    def _put_notes(self, runs: RunText, *, anchor: str | None) -> None:
        for kind, identity in runs.notes:
            text = self.notes.pop((kind, identity), "")
            if text:
                self._marks["note"] += 1
                mark = str(self._marks["note"])
                block = DraftBlock(BlockKind.FOOTNOTE, f"{mark} {text}", marker=mark, anchor=anchor)
                (self.endnotes if kind == "endnote" else self.blocks).append(block)

    def _visit_table(self, element: Element) -> None:
        table = read_grid(element)
        if self._is_layout(table):
            for cell in table.cells:
                if len(table.cells) == 1:
                    self._visit_boxed(cell)
                else:
                    self.visit(cell)
            return
        read = {cell: self._read_cell(cell) for cell in table.cells}
        grid = [[read[cell][0] if cell is not None else "" for cell in row] for row in table.rows]
        settings = TableSettings(table.header_rows, find_table_title(self.blocks), boxed=self._boxed)
        anchors = [self._anchor_row(row) for row, cells in zip(table.rows, grid, strict=True) if any(cells)]
        rows = zip(build_table_blocks(grid, settings), anchors, strict=True)
        self.blocks.extend(replace(block, anchor=anchor) for block, anchor in rows)
        self.blocks.extend(note for _, notes in read.values() for note in notes)

    def _anchor_row(self, row: Sequence[Element | None]) -> str | None:
        return next((self._find_anchor(cell) for cell in row if cell is not None), None)

    def _is_layout(self, table: WordTable) -> bool:
        """Tell whether a table only places text: one column, or a few cells with headings in them."""
        if max(map(len, table.rows), default=0) <= 1 or len(table.cells) <= 1:
            return True
        if len(table.cells) > _MAX_LAYOUT_CELLS:
            return False
        return any(self.styles.resolve(paragraph).heading for cell in table.cells for paragraph in cell.iter(qn("w:p")))

    def _read_cell(self, cell: Element) -> tuple[str, list[DraftBlock]]:
        """Return a cell's text, a nested table's row by row, and the footnotes to it."""
        inner = replace(self, blocks=[], furniture=[], endnotes=[], _in_cell=True)
        inner.visit(cell)
        self.endnotes.extend(inner.endnotes)
        notes = [block for block in inner.blocks if block.kind is BlockKind.FOOTNOTE]
        words = [block.text for block in inner.blocks if block.kind is not BlockKind.FOOTNOTE]
        return " ".join(" ".join(text.split()) for text in words), notes


def _find_heading_level(text: str, style: ParagraphStyle, runs: RunText, *, below: int) -> int | None:
    """Return a paragraph's level as a heading: by its style, else where it is a short line set bold throughout."""
    if style.title:
        return 1
    if style.heading:
        return style.heading
    bold = (style.bold or _is_wholly(runs.bold, runs)) and not style.caption and not style.numbering
    if not bold or len(text) > _MAX_BOLD_HEADING or text.endswith((".", ":", ",", ";")) or is_caption(text):
        return None
    number = read_heading_number(text)
    return number.level if number else below + 1


def _find_inner(element: Element) -> Element | None:
    """Return what holds the paragraphs of an element that only wraps them."""
    if element.tag == ALTERNATIVES:
        return next(iter(element), None)
    return element if element.tag in _WRAPPERS else None


def _fold(text: str) -> str:
    return join_lines(text.split("\n"))


def _is_wholly(letters: int, runs: RunText) -> bool:
    return 0 < runs.letters == letters


def _loses_its_end(paragraph: Element) -> bool:
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}")
    return mark is not None


def _is_contents_control(control: Element) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"
