"""A file becomes a Document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from compliance.config import IngestConfig
from compliance.errors import DocumentError, describe_os_error
from compliance.ingest.draft import Draft, build_document
from compliance.ingest.media import DOCX, HTML, MARKDOWN, MHTML, PDF
from compliance.ingest.sniff import sniff_media_type
from compliance.ingest.source import SourceFile
from compliance.records import Document, RejectionReason


def read_document(path: Path, *, config: IngestConfig) -> Document:
    """Read one file, whatever its format.

    Raises DocumentError with the reason and what to do about it; MissingToolError where a program must be installed.
    """
    source = load_source(path)
    draft = read_draft(source, config=config)
    if not _has_words(draft):
        advice = "Det er ingen tekst i filen. Er innholdet bilder, så lag en søkbar PDF av dem."
        raise DocumentError(path, RejectionReason.NO_TEXT, advice)
    return build_document(draft, source)


def load_source(path: Path) -> SourceFile:
    """Load a file's bytes and tell what format they are. Raises DocumentError."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device: reading may never end
            raise DocumentError(path, RejectionReason.UNREADABLE, "Dette er ikke en vanlig fil. Velg en fil.")
        content = path.read_bytes()
    except OSError as error:
        advice = f"Filen kan ikke åpnes ({describe_os_error(error)}). Sjekk at du har tilgang til den."
        raise DocumentError(path, RejectionReason.UNREADABLE, advice) from error
    return SourceFile(path, content, hashlib.sha256(content).hexdigest(), sniff_media_type(path, content))


def _has_words(draft: Draft) -> bool:
    return any(character.isalpha() for block in draft.blocks for character in block.text)


def read_draft(source: SourceFile, *, config: IngestConfig) -> Draft:
    """Return what the reader of the file's format reads; each is imported, with its libraries, at its first file."""
    if source.media_type == PDF:
        from compliance.ingest.pdf import read_pdf

        return read_pdf(source, config=config)
    if source.media_type == DOCX:
        from compliance.ingest.docx import read_docx

        return read_docx(source)
    if source.media_type == HTML:
        from compliance.ingest.html import read_html

        return read_html(source)
    if source.media_type == MHTML:
        from compliance.ingest.html.web_archive import read_web_archive

        return read_web_archive(source)
    if source.media_type == MARKDOWN:
        from compliance.ingest.lines.markdown import read_markdown

        return read_markdown(source)
    from compliance.ingest.lines.plain import read_plain_text

    return read_plain_text(source)
