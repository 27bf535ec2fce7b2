"""Plain text: what stands between blank lines, and what its lines look like."""

from __future__ import annotations

from compliance.ingest import media
from compliance.ingest.draft import Draft
from compliance.ingest.encoding import decode_text
from compliance.ingest.lines import split_pages
from compliance.ingest.prose import read_prose
from compliance.ingest.source import SourceFile


class PlainReader:
    """Reads plain text, hard-wrapped or with a line a paragraph; form feeds and page marks are pages."""

    media_types: tuple[str, ...] = (media.TEXT,)

    def read(self, source: SourceFile) -> Draft:
        """Return the text's content; running lines, page numbers and contents lines as furniture."""
        return read_prose(split_pages(decode_text(source.content) or ""))
