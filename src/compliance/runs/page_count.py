"""How long a document is, in pages: what the time it may take is measured by."""

from __future__ import annotations

from pathlib import Path

from compliance.ingest.pdf.open import load_pymupdf
from compliance.records import Document

CHARACTERS_A_PAGE = 3000  # of running text on a full A4 page, for formats without pages
BYTES_A_PAGE = 500  # no page of a PDF takes fewer; a damaged file may claim more pages than it has bytes
MAX_PAGES = 2000  # counted at most: a damaged file may claim millions, and would get years


def count_pages(document: Document) -> int:
    """Return the pages of a document that was read; at least what its text would fill."""
    return max(len(document.pages), len(document.text) // CHARACTERS_A_PAGE)


def count_file_pages(path: Path) -> int:
    """Return the pages that a file says it has, before it is read; 0 for formats without pages.

    Only pages take long to read, where their text has to be recognised. A file that cannot be opened has none; what is
    wrong with it is found when it is read.
    """
    if path.suffix.lower() != ".pdf":
        return 0
    try:
        most = min(MAX_PAGES, path.stat().st_size // BYTES_A_PAGE)
    except OSError:
        return 0
    return min(most, _count_pdf_pages(path)) if most else 0


def _count_pdf_pages(path: Path) -> int:
    module = load_pymupdf()
    try:
        with module.open(path) as document:
            return int(document.page_count)
    except (RuntimeError, ValueError, module.mupdf.FzErrorBase):
        return 0
