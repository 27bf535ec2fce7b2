"""Reads a text as a file and shows its blocks in a line each."""

from __future__ import annotations

import hashlib
from pathlib import Path

from compliance.config import IngestConfig
from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.read import read_draft as read_file_draft
from compliance.ingest.sniff import sniff_media_type
from compliance.ingest.source import SourceFile
from compliance.records import BlockKind

SIGNS = {
    BlockKind.PARAGRAPH: "p",
    BlockKind.CAPTION: "caption",
    BlockKind.FOOTNOTE: "note",
    BlockKind.TABLE_ROW: "row",
}


def read_draft(name: str, content: str | bytes) -> Draft:
    data = content.encode() if isinstance(content, str) else content
    path = Path(name)
    source = SourceFile(path, data, hashlib.sha256(data).hexdigest(), sniff_media_type(path, data))
    return read_file_draft(source, config=IngestConfig())


def outline(draft: Draft) -> list[str]:
    """Return each block as "sign text": h1, li2, p, row …; a boxed block in brackets."""
    return [_show(block) for block in draft.blocks]


def _show(block: DraftBlock) -> str:
    sign = SIGNS.get(block.kind) or ("h" if block.kind is BlockKind.HEADING else "li") + str(block.level)
    return f"{f'[{sign}]' if block.boxed else sign} {block.text}".replace("\t", " | ")
