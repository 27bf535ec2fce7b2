"""Pages that a document has and a reading lacks: told of, so that nobody takes the rest for the whole."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.records import Document, ReadingWarning, ReadingWarningCode, Rejected, RejectionReason, Stage

ADVICE = (
    "Sidene er skannet og kunne ikke leses; resten av dokumentet er analysert. "
    "Installer Tesseract med norsk språkpakke (tesseract-ocr og tesseract-ocr-nor), og kjør på nytt."
)


def warn_unread(page: int) -> ReadingWarning:
    """Return the warning for a scanned page whose text nothing here could recognise."""
    detail = "Siden er skannet, og teksten på den er ikke lest."
    return ReadingWarning(ReadingWarningCode.UNREAD_PAGE, page, detail)


def warn_damaged(page: int) -> ReadingWarning:
    """Return the warning for a page whose content is missing from the file or cannot be unpacked."""
    detail = "Innholdet på siden er skadet i filen og er ikke lest."
    return ReadingWarning(ReadingWarningCode.MISSING_PART, page, detail)


def reject_unread_pages(document: Document) -> Iterator[Rejected]:
    """Yield one rejection for all scanned pages of a document that nothing here could read; none where all were."""
    unread = [str(page.number) for page in document.pages if page.unread]
    if unread:
        yield Rejected(f"{document.name}, s. {', '.join(unread)}", Stage.INGEST, RejectionReason.NEEDS_OCR, ADVICE)
