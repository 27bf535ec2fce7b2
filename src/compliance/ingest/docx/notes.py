"""What stands beside the body in a Word file: notes, comments, page headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.ingest.docx.inline import FieldState, read_runs
from compliance.ingest.docx.package import find_parts
from compliance.ingest.patterns import is_page_number
from compliance.records import Furniture, FurnitureKind
from compliance.text.normalise import join_lines

_PARTS = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_UNNUMBERED = re.compile(r"side(?:\s+av)?", re.IGNORECASE)  # the number itself is a field that was never filled in
_EDGES = ((RELATIONSHIP_TYPE.HEADER, FurnitureKind.HEADER), (RELATIONSHIP_TYPE.FOOTER, FurnitureKind.FOOTER))


def read_notes(document: WordDocument) -> dict[tuple[str, str], str]:
    """Return the text of each footnote and endnote, by its kind and id; separators are left out."""
    notes: dict[tuple[str, str], str] = {}
    for kind, relationship in _PARTS.items():
        for root in find_parts(document, relationship):
            for note in root.findall(qn(f"w:{kind}")):
                if note.get(qn("w:type"), "normal") == "normal":
                    notes[kind, note.get(qn("w:id"), "")] = " ".join(_read_lines(note))
    return notes


def read_margins(document: WordDocument) -> list[Furniture]:
    """Return the page headers and footers, each text once, and the comments with their authors."""
    furniture: dict[Furniture, None] = {}
    for relationship, kind in _EDGES:
        for root in find_parts(document, relationship):
            for line in _read_lines(root):
                is_number = is_page_number(line) or _UNNUMBERED.fullmatch(line)
                furniture[Furniture(FurnitureKind.PAGE_NUMBER if is_number else kind, line)] = None
    for root in find_parts(document, RELATIONSHIP_TYPE.COMMENTS):
        for comment in root.findall(qn("w:comment")):
            author = comment.get(qn("w:author"), "").strip() or "Ukjent"
            furniture[Furniture(FurnitureKind.COMMENT, f"{author}: {' '.join(_read_lines(comment))}")] = None
    return list(furniture)


def _read_lines(root: Element) -> Iterator[str]:
    fields = FieldState()
    for paragraph in root.iter(qn("w:p")):
        if line := join_lines(read_runs(paragraph, fields).text.split("\n")):
            yield line
