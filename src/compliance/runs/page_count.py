"""How long a document is, in pages: what the time it may take is measured by."""

from __future__ import annotations

from pathlib import Path

from compliance.ingest.pdf.open import load_pymupdf
from compliance.records import Document

CHARACTERS_A_PAGE = 3000  # of running text on a full A4 page, for formats without pages
BYTES_A_PAGE = 2000  # no page of a real PDF is smaller, and a text file of so many bytes fills one
MAX_PAGES = 2000  # counted at most: a damaged file may claim millions, and would get years


def count_pages(document: Document) -> int:
    """Return the pages of a document that was read; at least what its text would fill."""
    return max(len(document.pages), len(document.text) // CHARACTERS_A_PAGE)


def count_file_pages(path: Path) -> int:
    """Return how many pages a file may have, before it is read: a PDF's own count, else what its bytes would fill.

    A file that cannot be opened has none; what is wrong with it is found when it is read.
    """
    try:
        most = min(MAX_PAGES, path.stat().st_size // BYTES_A_PAGE)
    except OSError:
        return 0
    return min(most, _count_pdf_pages(path)) if path.suffix.lower() == ".pdf" else most


def _count_pdf_pages(path: Path) -> int:
    module = load_pymupdf()
    try:
        with module.open(path) as document:
            return int(document.page_count)
    except (RuntimeError, ValueError, module.mupdf.FzErrorBase):
        return 0
