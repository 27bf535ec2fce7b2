"""What a reader of one file format hands over, and how it becomes a Document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from compliance.ingest.source import SourceFile
from compliance.records import (
    Block,
    BlockKind,
    Box,
    Document,
    Furniture,
    Page,
    ReadingQuality,
    ReadingWarning,
    ReadingWarningCode,
    TableRow,
)

BLOCK_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block that does not yet have offsets; `text` is repaired and normalised, without line breaks."""

    kind: BlockKind
    text: str
    boxes: tuple[Box, ...] = ()
    level: int | None = None
    marker: str | None = None
    table: TableRow | None = None
    boxed: bool = False
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A file's content in reading order, with its furniture beside it."""

    title: str | None
    pages: tuple[Page, ...]
    blocks: Sequence[DraftBlock]
    furniture: Sequence[Furniture] = ()
    warnings: Sequence[ReadingWarning] = ()
    columns: int = 1  # the most columns of running text on a page


def build_document(draft: Draft, source: SourceFile) -> Document:
    """Lay the draft's blocks out in one text and give them their offsets."""
    blocks: list[Block] = []
    parts: list[str] = []
    position = 0
    for block in draft.blocks:
        if parts:
            position += len(BLOCK_SEPARATOR)
        end = position + len(block.text)
        blocks.append(
            Block(
                kind=block.kind,
                start=position,
                end=end,
                boxes=block.boxes,
                level=block.level,
                marker=block.marker,
                table=block.table,
                boxed=block.boxed,
                anchor=block.anchor,
            )
        )
        parts.append(block.text)
        position = end
    return Document(
        id=make_document_id(source.name, source.sha256),
        name=source.name,
        sha256=source.sha256,
        media_type=source.media_type,
        title=draft.title,
        text=BLOCK_SEPARATOR.join(parts),
        pages=draft.pages,
        blocks=tuple(blocks),
        furniture=tuple(draft.furniture),
        quality=measure_quality(draft),
    )


def measure_quality(draft: Draft) -> ReadingQuality:
    """Return how well the draft was read; a table is a run of table rows."""
    cipher = {warning.page for warning in draft.warnings if warning.code is ReadingWarningCode.CIPHER}
    lost = cipher | {warning.page for warning in draft.warnings if warning.code is ReadingWarningCode.MISSING_PART}
    unread = {page.number for page in draft.pages if page.unread or page.number in lost}
    rows = [block.kind is BlockKind.TABLE_ROW for block in draft.blocks]
    return ReadingQuality(
        read_share=1 - len(unread) / max(1, len(draft.pages)),
        ocr_pages=sum(page.ocr for page in draft.pages),
        tables=sum(row and not before for before, row in pairwise([False, *rows])),
        cipher_pages=tuple(page.number for page in draft.pages if page.number in cipher),
        columns=draft.columns,
        warnings=tuple(draft.warnings),
    )


def make_document_id(name: str, sha256: str) -> str:
    """Return a readable id that changes when the file's content does: "horing-samfunnsdel-1f2e3d4c"."""
    folded = name.rsplit(".", 1)[0].casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:48] or "dokument"
    return f"{slug}-{sha256[:8]}"
