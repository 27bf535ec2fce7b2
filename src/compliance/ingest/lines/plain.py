"""Plain text: what stands between blank lines, and what its lines look like."""

from __future__ import annotations

from dataclasses import replace

from compliance.ingest.draft import Draft
from compliance.ingest.encoding import Decoded, decode
from compliance.ingest.lines.line_blocks import read_prose
from compliance.ingest.lines.paged_text import split_pages
from compliance.ingest.source import SourceFile


def read_plain_text(source: SourceFile) -> Draft:
    """Return the text's content; running lines, page numbers and contents lines as furniture."""
    decoded = decode(source.content) or Decoded("")
    return replace(read_prose(split_pages(decoded.text)), warnings=decoded.warnings)
