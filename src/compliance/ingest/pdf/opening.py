"""Open a PDF, or say in words a planner understands why it cannot be read."""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from compliance.errors import DocumentError
from compliance.ingest.source import SourceFile
from compliance.records import RejectionReason

if TYPE_CHECKING:
    import pymupdf

TAIL = 4096  # bytes searched for the end-of-file mark: some writers leave padding after it

ADVICE = {
    RejectionReason.EMPTY: "Filen er tom. Last den ned på nytt.",
    RejectionReason.ENCRYPTED: "Filen er låst med passord. Lagre en kopi uten passord, og prøv igjen.",
    RejectionReason.CORRUPT: "Filen er skadet og kan ikke åpnes som PDF. Last den ned på nytt fra kilden.",
    RejectionReason.TRUNCATED: "Filen er avkortet: slutten mangler. Last den ned på nytt fra kilden.",
    RejectionReason.NO_PAGES: "Filen har ingen sider. Lag PDF-en på nytt fra originalen.",
    RejectionReason.NO_TEXT: "Filen har ingen tekst å lese. Bruk en utgave med tekst.",
}

_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_PAGE_OBJECT = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def reject(source: SourceFile, reason: RejectionReason) -> DocumentError:
    """Return the error that tells the user what to do with the file."""
    return DocumentError(source.path, reason, ADVICE[reason])


@cache
def load_pymupdf() -> ModuleType:
    """Return PyMuPDF with its messages silenced: it would write them to the terminal itself."""
    import pymupdf as module

    silent = False
    module.TOOLS.mupdf_display_errors(silent)  # type: ignore[no-untyped-call]
    module.TOOLS.mupdf_display_warnings(silent)  # type: ignore[no-untyped-call]
    return module


def open_pdf(source: SourceFile) -> pymupdf.Document:
    """Open the file's content.

    Raises DocumentError: EMPTY, CORRUPT, TRUNCATED, ENCRYPTED or NO_PAGES. A file that lacks its end is
    TRUNCATED even where MuPDF could mend it, for then pages may be missing that nobody would miss.
    """
    if not source.content.strip(b"\0 \r\n\t"):
        raise reject(source, RejectionReason.EMPTY)
    cut = is_cut_off(source.content)
    module = load_pymupdf()
    try:
        document: pymupdf.Document = module.open(stream=source.content, filetype="pdf")
        pages = document.page_count
    except (RuntimeError, ValueError) as error:  # MuPDF's own errors are RuntimeErrors
        raise reject(source, RejectionReason.TRUNCATED if cut else RejectionReason.CORRUPT) from error
    if document.needs_pass:
        raise reject(source, RejectionReason.ENCRYPTED)
    if cut and document.is_repaired:
        raise reject(source, RejectionReason.TRUNCATED)
    if pages == 0:
        damaged = document.is_repaired
        raise reject(source, RejectionReason.CORRUPT if damaged else RejectionReason.NO_PAGES)
    return document


def is_cut_off(content: bytes) -> bool:
    """Tell whether a file that begins as a PDF lacks the mark that ends every PDF."""
    if b"%PDF-" not in content[:1024]:
        return False
    tail = content[-TAIL:].rstrip(b"\0 \r\n\t")
    return b"%%EOF" not in tail and not tail.endswith((b"%%EO", b"%%E"))
