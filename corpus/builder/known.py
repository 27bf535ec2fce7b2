"""What is known of the corpus beside the documents: the manifest, and the check of the known copies."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pymupdf

from builder.source import Source

COLUMNS = (
    "file",
    "municipality",
    "county",
    "title",
    "type",
    "language",
    "period",
    "adopted",
    "pages",
    "format",
    "source",
    "note",
)


def make_manifest(sources: Sequence[Source], built: dict[str, bytes]) -> str:
    """Return manifest.csv; `pages` is empty for DOCX, whose pages depend on the program that shows it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for source in sources:
        pages = pymupdf.open("pdf", built[source.file_name]).page_count if source.format == "pdf" else ""
        writer.writerow(
            (
                f"documents/{source.file_name}",
                source.municipality,
                source.county,
                source.title,
                source.type,
                source.language,
                source.period,
                source.adopted,
                pages,
                source.format,
                f"sources/{source.path.parent.name}/{source.path.name}",
                source.note,
            )
        )
    return buffer.getvalue()


def find_missing_copies(copies: Path, sources: Sequence[Source]) -> Iterator[str]:
    """Yield one line for each known copy whose wording does not stand in the document it names."""
    texts = {f"documents/{source.file_name}": source.text for source in sources}
    for path in copies.parent.glob("national/*.md"):
        texts[f"national/{path.name}"] = path.read_text(encoding="utf-8")
    for number, line in enumerate(copies.read_text(encoding="utf-8").splitlines(), start=1):
        copy = json.loads(line)
        if copy["text"] not in texts[copy["document"]]:
            yield f"{copies.name}:{number}: not in {copy['document']}: {copy['text']}"
        if copy["source_text"] not in texts[copy["source"]]:
            yield f"{copies.name}:{number}: not in {copy['source']}: {copy['source_text']}"
