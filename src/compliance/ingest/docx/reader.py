"""Opens a Word file and puts its parts together."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from compliance.errors import DocumentError
from compliance.ingest import media
from compliance.ingest.contents import take_out_contents
from compliance.ingest.docx.notes import read_margins, read_notes
from compliance.ingest.docx.numbering import Numbering
from compliance.ingest.docx.styles import Styles
from compliance.ingest.docx.walk import Walk
from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.source import SourceFile
from compliance.records import BlockKind, Page, RejectionReason

_TITLE_BLOCKS = 5  # a document's title stands among its first blocks
_BROKEN = (OpcError, KeyError, zipfile.BadZipFile, zipfile.LargeZipFile, etree.XMLSyntaxError, EOFError, OSError)


class DocxReader:
    """Reads DOCX as its final text: tracked insertions are in, deletions out, comments beside the text."""

    media_types: tuple[str, ...] = (media.DOCX,)

    def read(self, source: SourceFile) -> Draft:
        """Return the document's content; raises DocumentError where the package is damaged."""
        document = _open(source)
        try:
            walk = Walk(
                Styles(_find_part(document, RELATIONSHIP_TYPE.STYLES)),
                Numbering(_find_part(document, RELATIONSHIP_TYPE.NUMBERING)),
                read_notes(document),
            )
            walk.visit(document.element.body)
            margins = read_margins(document)
        except _BROKEN as error:
            raise _reject_broken(source) from error
        blocks, contents = take_out_contents([*walk.blocks, *walk.endnotes])
        title = walk.title or _find_title(blocks, document)
        return Draft(title, (Page(1, 0, 0),), blocks, [*margins, *walk.furniture, *contents])


def _open(source: SourceFile) -> WordDocument:
    try:
        return docx.Document(io.BytesIO(source.content))
    except ValueError as error:  # a template, or a document with macros
        advice = "Filen er en Word-mal eller har makroer. Lagre som vanlig Word-dokument (DOCX), og prøv igjen."
        raise DocumentError(source.path, RejectionReason.UNSUPPORTED, advice) from error
    except _BROKEN as error:
        raise _reject_broken(source) from error


def _reject_broken(source: SourceFile) -> DocumentError:
    advice = "Word-dokumentet er skadet og kan ikke leses. Åpne det i Word, lagre en ny kopi, og prøv igjen."
    return DocumentError(source.path, RejectionReason.CORRUPT, advice)


def _find_part(document: WordDocument, relationship: str) -> etree._Element | None:
    for one in document.part.rels.values():
        if one.reltype == relationship and not one.is_external:
            return etree.fromstring(one.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    return None


def _find_title(blocks: list[DraftBlock], document: WordDocument) -> str | None:
    """Return the outermost heading at the top, else what the file's properties say, else the first heading."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    at_top = [block.text for block in blocks[:_TITLE_BLOCKS] if block.kind is BlockKind.HEADING and block.level == 1]
    stated = " ".join((document.core_properties.title or "").split())
    return next(iter([*at_top, *filter(None, [stated]), *(block.text for block in headings)]), None)
