"""What a document has and a reading lacks: told of, so that nobody takes the rest for the whole."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.records import Document, ReadingWarning, ReadingWarningCode, Rejected, RejectionReason, Stage

ADVICE = (
    "Sidene er skannet og kunne ikke leses; resten av dokumentet er analysert. "
    "Installer Tesseract med norsk språkpakke (tesseract-ocr og tesseract-ocr-nor), og kjør på nytt."
)


REPAIRED_ADVICE = (
    "Filen er skadet og er reparert under lesingen; tekst kan mangle. Det som kunne leses, er analysert. "
    "Hent filen på nytt fra kilden, eller lagre den på nytt, og kjør igjen."
)


def warn_unread(page: int) -> ReadingWarning:
    """Return the warning for a scanned page whose text nothing here could recognise."""
    detail = "Siden er skannet, og teksten på den er ikke lest."
    return ReadingWarning(ReadingWarningCode.UNREAD_PAGE, page, detail)


def warn_damaged(page: int) -> ReadingWarning:
    """Return the warning for a page whose content is missing from the file or cannot be unpacked."""
    detail = "Innholdet på siden er skadet i filen og er ikke lest."
    return ReadingWarning(ReadingWarningCode.MISSING_PART, page, detail)


def warn_repaired() -> ReadingWarning:
    """Return the warning for a file whose structure is damaged, so that parts of it may not have been found."""
    detail = "Filen er skadet og er reparert under lesingen; tekst kan mangle."
    return ReadingWarning(ReadingWarningCode.REPAIRED_FILE, None, detail)


def reject_missing_text(document: Document) -> Iterator[Rejected]:
    """Yield a rejection for all scanned pages that nothing here could read, and one for what damage may have hidden."""
    unread = [str(page.number) for page in document.pages if page.unread]
    if unread:
        yield Rejected(f"{document.name}, s. {', '.join(unread)}", Stage.INGEST, RejectionReason.NEEDS_OCR, ADVICE)
    warnings = document.quality.warnings if document.quality else ()
    if any(warning.code is ReadingWarningCode.REPAIRED_FILE for warning in warnings):
        yield Rejected(document.name, Stage.INGEST, RejectionReason.REPAIRED, REPAIRED_ADVICE)
