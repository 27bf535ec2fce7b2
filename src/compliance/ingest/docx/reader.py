"""Puts the parts of a Word file together."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from compliance.ingest.contents import take_out_contents
from compliance.ingest.docx.inline import FieldState
from compliance.ingest.docx.notes import read_margins, read_notes
from compliance.ingest.docx.numbering import Numbering
from compliance.ingest.docx.package import find_parts, open_package, reject_damaged
from compliance.ingest.docx.parts import read_related_parts
from compliance.ingest.docx.styles import Styles
from compliance.ingest.docx.walk import Walk
from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.source import SourceFile
from compliance.records import BlockKind, Page

_TITLE_BLOCKS = 5  # a document's title stands among its first blocks


def read_docx(source: SourceFile) -> Draft:
    """Return the document's content; raises DocumentError where the package is damaged."""
    document = open_package(source)
    try:
        styles = Styles(next(find_parts(document, RELATIONSHIP_TYPE.STYLES), None))
        walk = Walk(
            styles,
            Numbering(next(find_parts(document, RELATIONSHIP_TYPE.NUMBERING), None)),
            read_notes(document),
            read_related_parts(document),
            {paragraph: index for index, paragraph in enumerate(document.part.element.iter(qn("w:p")))},
            fields=FieldState(styles.hidden),
        )
        margins = read_margins(document)
    except etree.XMLSyntaxError as error:
        raise reject_damaged(source) from error
    body = document.part.element.find("{*}body")
    if body is None:
        raise reject_damaged(source)
    walk.visit(body)
    blocks, contents = take_out_contents([*walk.blocks, *walk.endnotes])
    title = walk.title or _find_title(blocks, document)
    furniture = [*margins, *walk.furniture, *contents]
    return Draft(title, (Page(1, 0, 0),), blocks, furniture, warnings=tuple(walk.warnings))


def _find_title(blocks: list[DraftBlock], document: WordDocument) -> str | None:
    """Return the outermost heading at the top, else what the file's properties say, else the first heading."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    at_top = [block.text for block in blocks[:_TITLE_BLOCKS] if block.kind is BlockKind.HEADING and block.level == 1]
    stated = " ".join((document.core_properties.title or "").split())
    return next(iter([*at_top, *filter(None, [stated]), *(block.text for block in headings)]), None)
