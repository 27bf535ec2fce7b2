"""REFI-QDA 1.0 as XML: the parts of a project and a codebook, in the order that the schema asks for.

Every identifier is a uuid5 of what it names, so that the same run gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

from lxml import etree

from compliance.study.export.codes import Code, make_guid
from compliance.study.export.codings import CodedDocument, Selection

if TYPE_CHECKING:
    from lxml.etree import _Element

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
ORIGIN: Final = "norwegian-digital-compliance"
MACHINE: Final = make_guid("user", "machine")
# One character for one, so that offsets stay: XML has no sign for most control characters, readers fold line ends, and
# programs that count in UTF-16 count two for a character beyond the basic plane (emoji, some mathematical letters).
UNFIT: Final = re.compile("[^\t\n\u0020-\u0084\u0086-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")

Variables: TypeAlias = Mapping[str, str]  # of a source, by the variable's name


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The names that a source has in the project's folder `sources/`."""

    text: str
    pdf: str | None = None


def clean(text: str) -> str:
    """Return the text as it can be written, each character that cannot replaced by one that can."""
    return UNFIT.sub("\ufffd", text)


def name_files(coded: CodedDocument, *, has_pdf: bool) -> SourceFiles:
    """Return what the files of a source are called: their own identifiers, as the standard wants."""
    text = f"{make_guid('text', coded.document.id)}.txt"
    return SourceFiles(text, f"{make_guid('pdf', coded.document.id)}.pdf" if has_pdf else None)


def source_guid(document_id: str) -> UUID:
    """Return the identifier of a document as a source."""
    return make_guid("source", document_id)


def render_codebook(codes: Sequence[Code]) -> bytes:
    """Return a codebook file (.qdc)."""
    root = etree.fromstring(f'<CodeBook xmlns="{CODEBOOK}" origin="{ORIGIN}"/>')
    add_codes(_add(root, "Codes"), codes)
    return serialise(root)


def serialise(root: _Element) -> bytes:
    """Return an XML file without a byte order mark, with LF line ends."""
    etree.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"


def add_codes(parent: _Element, codes: Sequence[Code]) -> None:
    """Add the codes with all under them."""
    for code in codes:
        element = _add(
            parent, "Code", guid=code.guid, name=code.name, isCodable="true" if code.key is not None else "false"
        )
        if code.description:
            _add(element, "Description").text = clean(code.description)
        add_codes(element, code.children)


def add_variables(parent: _Element, names: Sequence[str]) -> None:
    """Add what is known of every source as variables of text."""
    for name in names:
        _add(parent, "Variable", guid=make_guid("variable", name), name=name, typeOfVariable="Text")


def render_source(coded: CodedDocument, files: SourceFiles, *, variables: Variables, made: str) -> _Element:
    """Return a source with its selections and codings.

    Text of a PDF is selected in its representation, as the standard says, and coded there only; a PDFSelection shows
    the same passage on the page.
    """
    audit = {"creatingUser": MACHINE, "creationDateTime": made}
    document = coded.document
    named = {"guid": source_guid(document.id), "name": document.name}
    if files.pdf is None:
        source = _make("TextSource", **named, plainTextPath=f"internal://{files.text}", **audit)
        _add_selections(source, coded, audit)
    else:
        source = _make("PDFSource", **named, path=f"internal://{files.pdf}", **audit)
        _add_regions(source, coded, audit)
        text = {"guid": make_guid("representation", document.id), "name": document.name}
        shown = _add(source, "Representation", **text, plainTextPath=f"internal://{files.text}", **audit)
        _add_selections(shown, coded, audit)
    for name, value in variables.items():
        held = _add(source, "VariableValue")
        _add(held, "VariableRef", targetGUID=make_guid("variable", name))
        _add(held, "TextValue").text = clean(value)
    return source


def render_cases(documents: Mapping[str, Sequence[str]]) -> Iterator[_Element]:
    """Yield a case for each municipality with its documents (ids by the municipality's name)."""
    for name, ids in documents.items():
        case = _make("Case", guid=make_guid("case", name), name=name)
        for document_id in ids:
            _add(case, "SourceRef", targetGUID=source_guid(document_id))
        yield case


def _add_selections(parent: _Element, coded: CodedDocument, audit: Mapping[str, object]) -> None:
    for selection in coded.selections:
        place = (coded.document.id, selection.start, selection.end)
        element = _add(
            parent,
            "PlainTextSelection",
            guid=make_guid("selection", *place),
            name=coded.document.text[selection.start : selection.end],
            startPosition=selection.start,
            endPosition=selection.end,
            **audit,
        )
        _describe(element, selection)
        for key in selection.codes:
            coding = _add(element, "Coding", guid=make_guid("coding", *place, key), **audit)
            _add(coding, "CodeRef", targetGUID=make_guid("code", key))


def _add_regions(parent: _Element, coded: CodedDocument, audit: Mapping[str, object]) -> None:
    """Add where each coded passage is on its pages: pages from 0, points from the lower left corner."""
    heights = {page.number: page.height for page in coded.document.pages}
    for selection in coded.selections:
        for box in selection.boxes:
            height = heights.get(box.page, 0)
            place = (coded.document.id, selection.start, box.page, box.x0, box.y0)
            element = _add(
                parent,
                "PDFSelection",
                guid=make_guid("region", *place),
                name=coded.document.text[selection.start : selection.end],
                page=box.page - 1,
                firstX=round(box.x0),
                firstY=round(height - box.y1),
                secondX=round(box.x1),
                secondY=round(height - box.y0),
                **audit,
            )
            _describe(element, selection)


def _describe(element: _Element, selection: Selection) -> None:
    if selection.notes:
        _add(element, "Description").text = clean(". ".join(selection.notes))


def _make(tag: str, **attributes: object) -> _Element:
    element = etree.Element(f"{{{PROJECT}}}{tag}")
    _set(element, attributes)
    return element


def _add(parent: _Element, tag: str, **attributes: object) -> _Element:
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    _set(element, attributes)
    return element


def _set(element: _Element, attributes: Mapping[str, object]) -> None:
    for name, value in attributes.items():
        element.set(name, clean(str(value)))
