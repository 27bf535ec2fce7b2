"""Blocks become passages: the unit that is analysed, scored and shown."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.config import SegmentConfig
from compliance.records import Block, BlockKind, Document, Passage, Span
from compliance.segment.introductions import Introductions
from compliance.segment.sections import HeadingStack
from compliance.text.sentences import split_sentences

# A heading or a table row is one statement, whatever full stops it holds («1. Mål», «kr 1,5 mill.»).
_UNDIVIDED = frozenset({BlockKind.HEADING, BlockKind.TABLE_ROW})


def segment_document(document: Document, *, config: SegmentConfig) -> tuple[Passage, ...]:
    """Return the document's passages in reading order, one a block.

    Blocks longer than `config.max_chars` are divided between sentences into parts of about equal length; a sentence
    longer than that stays whole. The parts share the block's boxes; only the first has the list marker. Passages
    never join blocks, so none crosses a heading. Blank blocks make no passage.
    """
    passages: list[Passage] = []
    headings, introductions = HeadingStack(), Introductions()
    for block in document.blocks:
        sentences = find_sentences(document, block)
        if not sentences:
            continue
        depth = block.level or 1
        section = headings.path
        if block.kind is BlockKind.HEADING:
            section = headings.enter(" ".join(document.text[block.start : block.end].split()), level=depth)
        lead_in = introductions.find(depth) if block.kind is BlockKind.LIST_ITEM else None
        for part in divide_sentences(sentences, max_chars=config.max_chars):
            passage = _make_passage(document, block, part, index=len(passages), section=section, lead_in=lead_in)
            passages.append(passage)
            introductions.note(block.kind, passage.id, depth=depth)
    return tuple(passages)


def find_sentences(document: Document, block: Block) -> list[Span]:
    """Return the offsets of the block's sentences in the document's text; none where the block is blank."""
    text = document.text[block.start : block.end]
    stripped = text.strip()
    if not stripped:
        return []
    if block.kind in _UNDIVIDED:
        start = block.start + text.index(stripped)
        return [Span(start, start + len(stripped))]
    return [Span(block.start + start, block.start + end) for start, end in split_sentences(text)]


def divide_sentences(sentences: Sequence[Span], *, max_chars: int) -> list[list[Span]]:
    """Group neighbouring sentences into as few parts of at most `max_chars` as their lengths allow.

    The parts are of about equal length, so that no scrap is left at the end.
    """
    length = sentences[-1][1] - sentences[0][0]
    if length <= max_chars:
        return [list(sentences)]
    target = length / (-(-length // max_chars))
    parts: list[list[Span]] = [[]]
    for sentence in sentences:
        part = parts[-1]
        if part and (sentence[1] - part[0][0] > max_chars or part[-1][1] - part[0][0] >= target):
            part = []
            parts.append(part)
        part.append(sentence)
    return parts


def _make_passage(
    document: Document,
    block: Block,
    sentences: Sequence[Span],
    *,
    index: int,
    section: tuple[str, ...],
    lead_in: str | None,
) -> Passage:
    """Return the passage that these sentences of the block make."""
    start, end = sentences[0][0], sentences[-1][1]
    opens_block = not document.text[block.start : start].strip()
    return Passage(
        id=f"{document.id}:{index:04d}",
        document_id=document.id,
        index=index,
        kind=block.kind,
        text=document.text[start:end],
        start=start,
        end=end,
        pages=_find_pages(document, block),
        boxes=block.boxes,
        section=section,
        level=block.level,
        marker=block.marker if opens_block else None,
        table=block.table,
        boxed=block.boxed,
        lead_in=lead_in,
        sentences=tuple(sentences),
    )


def _find_pages(document: Document, block: Block) -> tuple[int, ...]:
    """Return the pages the block stands on; the document's first where the format knows no places."""
    if block.boxes:
        return tuple(sorted({box.page for box in block.boxes}))
    return (document.pages[0].number if document.pages else 1,)
