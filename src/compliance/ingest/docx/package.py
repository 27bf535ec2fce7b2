"""Opens a Word file's package, also where a picture or another part it points to is missing."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from lxml import etree
from lxml.etree import _Element as Element

from compliance.errors import DocumentError
from compliance.files import ARCHIVE_FAULTS
from compliance.ingest.docx.strict import make_transitional
from compliance.ingest.source import SourceFile
from compliance.records import RejectionReason

MAX_BYTES = 500_000_000  # of all parts, pictures too; 14 MB of zip can hold 3 GB of zeros
MAX_MARKUP_BYTES = 64_000_000  # of one part of XML, which takes ten times that in memory; 1,000 pages take 25 MB
# What zipfile and lxml raise for damaged packages; ValueError for a name or a place in the archive that cannot be.
_DAMAGED = (*ARCHIVE_FAULTS, ValueError, etree.XMLSyntaxError)
# What python-docx raises beside these: it checks little, so that what a part lacks comes out as an error of Python's.
_UNCHECKED = (OpcError, TypeError, AttributeError)


def open_package(source: SourceFile) -> WordDocument:
    """Return the opened document.

    Raises DocumentError: CORRUPT, TOO_LARGE by what the package says that it unpacks to, or UNSUPPORTED for templates
    and macros.
    """
    try:
        _check_sizes(source)
        content = make_transitional(source.content)
        document = _load(content, source) or _load(drop_dangling(content), source)
    except _DAMAGED as error:
        raise reject_damaged(source) from error
    if document is None:
        raise reject_damaged(source)
    return document


def _load(content: bytes, source: SourceFile) -> WordDocument | None:
    """Return the document that python-docx opens; None where a part that is pointed to is not there."""
    try:
        return docx.Document(io.BytesIO(content))
    except KeyError:
        return None
    except _UNCHECKED as error:
        raise reject_damaged(source) from error
    except ValueError as error:
        if "not a Word file" not in str(error):
            raise
        advice = "Filen er en Word-mal eller har makroer. Lagre som vanlig Word-dokument (DOCX), og prøv igjen."
        raise DocumentError(source.path, RejectionReason.UNSUPPORTED, advice) from error


def _check_sizes(source: SourceFile) -> None:
    """Raise DocumentError (TOO_LARGE) before anything is unpacked; zipfile never unpacks more than is said here."""
    with zipfile.ZipFile(io.BytesIO(source.content)) as package:
        parts = package.infolist()
    markup = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if sum(part.file_size for part in parts) > MAX_BYTES or markup > MAX_MARKUP_BYTES:
        advice = (
            "Word-dokumentet er for stort til å leses når det pakkes ut. Del det opp, eller åpne det i Word og lagre "
            "en ny kopi."
        )
        raise DocumentError(source.path, RejectionReason.TOO_LARGE, advice)


def reject_damaged(source: SourceFile) -> DocumentError:
    """Return the error for a package whose text cannot be got out."""
    advice = "Word-dokumentet er skadet og kan ikke leses. Åpne det i Word, lagre en ny kopi, og prøv igjen."
    return DocumentError(source.path, RejectionReason.CORRUPT, advice)


def find_parts(document: WordDocument, relationship: str) -> Iterator[Element]:
    """Yield the root elements of the parts that the document is related to in this way."""
    for _, root in find_related(document, relationship):
        yield root


def find_related(document: WordDocument, relationship: str) -> Iterator[tuple[str, Element]]:
    """Yield the relationship id and the root element of each part that the document is related to in this way."""
    for key, one in document.part.rels.items():
        if one.reltype == relationship and not one.is_external:
            yield key, _parse(one.target_part.blob)


def drop_dangling(content: bytes) -> bytes:
    """Return the package without relationships to parts that are not in it, as lost pictures leave behind."""
    repaired = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(repaired, "w") as new:
        names = set(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _keep_existing(part, name, names) if name.endswith(".rels") else part)
    return repaired.getvalue()


def _keep_existing(part: bytes, name: str, names: set[str]) -> bytes:
    root = _parse(part)
    folder = posixpath.dirname(posixpath.dirname(name))
    for relationship in list(root.iterchildren("{*}*")):  # comments, which have no attributes, stay
        target = relationship.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if relationship.get("TargetMode") != "External" and path not in names:
            root.remove(relationship)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parse(part: bytes) -> Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
