"""The unit of analysis, and a document with all its passages (stage 2)."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.records.document import BlockKind, Box, Document, TableRow
from compliance.records.profile import Profile
from compliance.records.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of analysis: `document.text[start:end] == passage.text` always holds."""

    id: str  # "<document id>:<index, four digits>"
    document_id: str
    index: int  # position in reading order, from 0
    kind: BlockKind
    text: str
    start: int
    end: int
    pages: tuple[int, ...]
    boxes: tuple[Box, ...] = ()
    section: tuple[str, ...] = ()  # headings above, outermost first; for a heading, those above it
    level: int | None = None
    marker: str | None = None
    table: TableRow | None = None
    boxed: bool = False
    lead_in: str | None = None  # list items: id of the passage that introduces the list
    sentences: tuple[Span, ...] = ()  # document offsets, in order, covering all but white space


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with everything the first two stages say of it: the input of every analyser."""

    document: Document
    profile: Profile
    passages: tuple[Passage, ...]
