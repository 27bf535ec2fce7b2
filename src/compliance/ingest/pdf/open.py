"""Open a PDF, or say in words a planner understands why it cannot be read."""

from __future__ import annotations

import re
import zlib
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from compliance.errors import DocumentError
from compliance.extras import hide_modules
from compliance.ingest.source import SourceFile
from compliance.records import RejectionReason

if TYPE_CHECKING:
    import pymupdf

HEAD = 1024  # bytes within which a PDF says that it is one
TAIL = 4096  # bytes searched for the end-of-file mark: some writers leave padding after it

ADVICE = {
    RejectionReason.EMPTY: "Filen er tom. Last den ned på nytt.",
    RejectionReason.ENCRYPTED: "Filen er låst med passord. Lagre en kopi uten passord, og prøv igjen.",
    RejectionReason.CORRUPT: "Filen er skadet og kan ikke åpnes som PDF. Last den ned på nytt fra kilden.",
    RejectionReason.TRUNCATED: "Filen er avkortet: slutten mangler. Last den ned på nytt fra kilden.",
    RejectionReason.NO_PAGES: "Filen har ingen sider. Lag PDF-en på nytt fra originalen.",
    RejectionReason.NO_TEXT: "Filen har ingen tekst å lese. Bruk en utgave med tekst.",
}

STUB_PAGES = 2  # a portfolio or form with more pages has content of its own
PORTFOLIO_ADVICE = (
    "Filen er en PDF-portefølje med {count} dokumenter inni, som ikke leses herfra. Åpne den i Adobe Reader, lagre "
    "dokumentene hver for seg, og velg dem."
)
FORM_ADVICE = (
    "Filen er et dynamisk skjema (XFA), som bare Adobe Reader kan vise. Åpne det der, skriv det ut til PDF, og velg "
    "den nye filen."
)
_WAITS = re.compile(r"please wait|vennligst vent|vent litt|not eventually replaced", re.IGNORECASE)
MAX_PAGES = 5000  # the longest municipal plans with all appendices have 1,500; a damaged file may claim millions
# A text for those who cannot see, of something that is not there, takes none of the words on the page away.
_HARMLESS = re.compile(r"\bfont|glyph|cmap|\bicc\b|colou?r|annot|bogus|ActualText|repeated \d+ times", re.IGNORECASE)
_PAGE_OBJECT = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def reject(source: SourceFile, reason: RejectionReason) -> DocumentError:
    """Return the error that tells the user what to do with the file."""
    return DocumentError(source.path, reason, ADVICE[reason])


@cache
def load_pymupdf() -> ModuleType:
    """Return PyMuPDF with its messages silenced: it would write them to the terminal itself.

    Importing it also loads its layout model and what that runs on, six times the import's own time; that is put off
    until someone asks for the model.
    """
    with hide_modules("pymupdf.layout", "pymupdf4llm"):
        import pymupdf as module

    silent = False
    module.TOOLS.mupdf_display_errors(silent)  # type: ignore[no-untyped-call]
    module.TOOLS.mupdf_display_warnings(silent)  # type: ignore[no-untyped-call]
    return module


def open_pdf(source: SourceFile) -> pymupdf.Document:
    """Open the file's content.

    Raises DocumentError: EMPTY, CORRUPT, TRUNCATED, ENCRYPTED, NO_PAGES or TOO_LARGE. A file that lacks its end is
    TRUNCATED even where MuPDF could mend it, for then pages may be missing that nobody would miss.
    """
    if not source.content.strip(b"\0 \r\n\t"):
        raise reject(source, RejectionReason.EMPTY)
    if b"%PDF-" not in source.content[:HEAD]:
        raise reject(source, RejectionReason.CORRUPT)
    cut = is_cut_off(source.content)
    module = load_pymupdf()
    module.TOOLS.reset_mupdf_warnings()
    try:
        document: pymupdf.Document = module.open(stream=source.content, filetype="pdf")
        pages = document.page_count
    except list_damage_errors() as error:
        raise reject(source, RejectionReason.TRUNCATED if cut else RejectionReason.CORRUPT) from error
    if document.needs_pass:
        raise reject(source, RejectionReason.ENCRYPTED)
    if cut and document.is_repaired:
        raise reject(source, RejectionReason.TRUNCATED)
    _check_page_count(pages, source)
    if stub := _find_stub(document):
        raise DocumentError(source.path, RejectionReason.UNSUPPORTED, stub)
    return document


def list_damage_errors() -> tuple[type[Exception], ...]:
    """Return what PyMuPDF raises of a damaged file.

    MuPDF's own errors are mostly RuntimeErrors; a name that is not UTF-8 comes out of its C code as a SystemError.
    """
    return RuntimeError, ValueError, IndexError, SystemError, load_pymupdf().mupdf.FzErrorBase


def _check_page_count(pages: int, source: SourceFile) -> None:
    if pages == 0:
        whole = b"/Catalog" in source.content and not _PAGE_OBJECT.search(source.content)
        raise reject(source, RejectionReason.NO_PAGES if whole else RejectionReason.CORRUPT)
    if pages > MAX_PAGES:
        advice = f"Filen har {pages} sider, og mer enn {MAX_PAGES} kan ikke leses. Del den opp."
        raise DocumentError(source.path, RejectionReason.TOO_LARGE, advice)


def _find_stub(document: pymupdf.Document) -> str | None:
    """Return what to do where the file's pages are only a cover: of a portfolio, or of a form that Adobe fills in."""
    if document.page_count > STUB_PAGES:
        return None
    catalog = document.pdf_catalog()  # type: ignore[no-untyped-call]
    collected, form = (
        document.xref_get_key(catalog, key)[0] != "null"  # type: ignore[no-untyped-call]
        for key in ("Collection", "AcroForm/XFA")
    )
    if collected and document.embfile_count():
        return PORTFOLIO_ADVICE.format(count=document.embfile_count())
    if form:
        text = " ".join(document[number].get_text() for number in range(document.page_count))  # type: ignore[no-untyped-call]
        return FORM_ADVICE if _WAITS.search(text) else None
    return None


def may_lack_text(document: pymupdf.Document) -> bool:
    """Whether MuPDF had to repair the file, or has since complained of more than fonts, colours and alternative texts.

    Of 905 damaged PDFs that could be opened, 87 had lost more than a tenth of their words; MuPDF had complained of 85
    of them, and of none of 21 healthy ones. Asks for all that was read since `open_pdf`.
    """
    complaints = str(load_pymupdf().TOOLS.mupdf_warnings()).splitlines()
    return bool(document.is_repaired) or any(not _HARMLESS.search(line) for line in complaints)


def is_cut_off(content: bytes) -> bool:
    """Tell whether a file that holds PDF objects lacks the mark that ends every PDF."""
    return b" obj" in content and b"%%EOF" not in content.rstrip(b"\0 \r\n\t")[-TAIL:]


def is_broken(page: pymupdf.Page) -> bool:
    """Tell whether the page's content is named in the file but missing, or cannot be unpacked."""
    document = page.parent
    for xref in page.get_contents():  # type: ignore[no-untyped-call]
        if not document.xref_is_stream(xref):
            return True
        raw = document.xref_stream_raw(xref)
        if raw and not document.xref_stream(xref) and not _packs_nothing(raw):
            return True
    return False


def _packs_nothing(raw: bytes) -> bool:
    """Whether a compressed stream is whole and empty, as InDesign writes a blank page's content."""
    unpacker = zlib.decompressobj()
    try:
        return not unpacker.decompress(raw, 1) and unpacker.eof
    except zlib.error:
        return False
