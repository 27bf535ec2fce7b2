"""The document's title: its metadata where that was written by a person, else the largest words in front."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compliance.ingest.draft import DraftBlock
from compliance.records import BlockKind
from compliance.text.normalise import normalise_text

FRONT_PAGES = 2
_SENSELESS = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|\.(?:docx?|pdf|indd|pptx?|xlsx?|rtf|odt|html?)\s*$"
    r"|^(?:untitled|uten (?:navn|tittel)|dokument|document|presentasjon|presentation|lysbilde|slide|mal|skanna?|scan)"
    r"[\s_-]*\d*$|^\W*$|^[\w-]*_[\w-]*$|^about:blank|https?:",
    re.IGNORECASE,
)


def choose_title(metadata: str | None, blocks: Sequence[DraftBlock]) -> str | None:
    """Return the title; None where neither metadata nor a heading in front gives one."""
    named = " ".join(normalise_text(metadata or "").split())
    sensible = 4 <= len(named) <= 200 and not _SENSELESS.search(named)
    if sensible and " " in named:
        return named
    front = [block for block in blocks if block.boxes and block.boxes[0].page <= FRONT_PAGES]
    headings = [block for block in front if block.kind is BlockKind.HEADING]
    if headings:
        return max(headings, key=_line_height).text
    return named if sensible else None


def _line_height(block: DraftBlock) -> tuple[int, float]:
    """Rank a heading: those on the first page first, then by type size, of which the box's height is the nearest."""
    box = block.boxes[0]
    return -box.page, -(block.level or 9)
