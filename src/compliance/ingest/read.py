"""A file becomes a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from compliance.config import IngestConfig
from compliance.errors import DocumentError, describe_os_error
from compliance.ingest.draft import Draft, Reader, build_document
from compliance.ingest.media import DOCX, HTML, MARKDOWN, PDF, TEXT
from compliance.ingest.sniff import sniff_media_type
from compliance.ingest.source import SourceFile
from compliance.records import Document, RejectionReason


def read_document(path: Path, *, config: IngestConfig) -> Document:
    """Read one file, whatever its format.

    Raises DocumentError with the reason and what to do about it; MissingToolError where a program must be installed.
    """
    source = load_source(path)
    draft = READERS[source.media_type](config).read(source)
    if not _has_words(draft):
        advice = "Det er ingen tekst i filen. Er innholdet bilder, så lag en søkbar PDF av dem."
        raise DocumentError(path, RejectionReason.NO_TEXT, advice)
    return build_document(draft, source)


def load_source(path: Path) -> SourceFile:
    """Load a file's bytes and tell what format they are. Raises DocumentError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        advice = f"Filen kan ikke åpnes ({describe_os_error(error)}). Sjekk at du har tilgang til den."
        raise DocumentError(path, RejectionReason.UNREADABLE, advice) from error
    return SourceFile(path, content, hashlib.sha256(content).hexdigest(), sniff_media_type(path, content))


def _has_words(draft: Draft) -> bool:
    return any(character.isalpha() for block in draft.blocks for character in block.text)


# The readers load their libraries when first used.
def _pdf(config: IngestConfig) -> Reader:
    from compliance.ingest.pdf.reader import PdfReader

    return PdfReader(config)


def _docx(_: IngestConfig) -> Reader:
    from compliance.ingest.docx import DocxReader

    return DocxReader()


def _html(_: IngestConfig) -> Reader:
    from compliance.ingest.html import HtmlReader

    return HtmlReader()


def _markdown(_: IngestConfig) -> Reader:
    from compliance.ingest.markdown import MarkdownReader

    return MarkdownReader()


def _plain(_: IngestConfig) -> Reader:
    from compliance.ingest.plain import PlainReader

    return PlainReader()


READERS: dict[str, Callable[[IngestConfig], Reader]] = {
    PDF: _pdf,
    DOCX: _docx,
    HTML: _html,
    MARKDOWN: _markdown,
    TEXT: _plain,
}
