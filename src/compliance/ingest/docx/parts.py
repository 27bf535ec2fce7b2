"""Parts of a Word file that the body only points to: SmartArt figures, and whole documents set in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.ingest.docx.inline import DIAGRAM
from compliance.ingest.docx.package import find_related
from compliance.ingest.draft import DraftBlock
from compliance.ingest.encoding import decode_text
from compliance.ingest.html import read_fragment
from compliance.text.normalise import join_lines

_DIAGRAM_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
_NO_TEXT = frozenset(("doc", "parTrans", "sibTrans", "pres"))  # points of a figure that hold no words of it
_HTML = ("html", "xhtml")

DiagramTexts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedParts:
    """By relationship id: a figure's texts in order, and the blocks of a document set in; None where it is not read."""

    diagrams: Mapping[str, DiagramTexts] = field(default_factory=dict)
    chunks: Mapping[str, tuple[DraftBlock, ...] | None] = field(default_factory=dict)


def read_related_parts(document: WordDocument) -> RelatedParts:
    """Return what the body's figures and set-in documents say."""
    return RelatedParts(
        {key: _read_diagram(root) for key, root in find_related(document, _DIAGRAM_DATA)},
        {
            key: _read_chunk(one.target_part)
            for key, one in document.part.rels.items()
            if one.reltype == RELATIONSHIP_TYPE.A_F_CHUNK and not one.is_external
        },
    )


def _read_diagram(root: Element) -> DiagramTexts:
    points = [point for point in root.iter(f"{DIAGRAM}pt") if point.get("type", "node") not in _NO_TEXT]
    texts = [
        join_lines(["".join(piece.text or "" for piece in line.iter(qn("a:t"))) for line in point.iter(qn("a:p"))])
        for point in points
    ]
    return tuple(filter(None, texts))


def _read_chunk(part: Part) -> tuple[DraftBlock, ...] | None:
    if not any(kind in part.content_type or str(part.partname).endswith(kind) for kind in _HTML):
        return None
    return tuple(read_fragment(decode_text(part.blob) or ""))
