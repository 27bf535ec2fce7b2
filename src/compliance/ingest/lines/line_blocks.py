"""Lines become blocks: headings, paragraphs, list items, captions and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.lines.headings import MAX_HEADING, find_headings, is_underline, reads_on
from compliance.ingest.lines.line_break_repair import split_glued_headings, split_inline_list
from compliance.ingest.lines.paged_text import Layout, Line, PagedText, measure_layout
from compliance.ingest.lines.running_lines import page_box, split_furniture
from compliance.ingest.list_depth import ListDepth
from compliance.ingest.patterns import is_caption, read_list_marker
from compliance.ingest.tables import TableSettings, build_table_blocks
from compliance.records import BlockKind, Page
from compliance.text.normalise import join_lines, normalise_text

_SENTENCE_END = (".", "!", "?", ":", ";")
_SHORT_LINE = 0.75  # of the width; a shorter line that ends a sentence ends its paragraph
_COLUMNS = re.compile(r"\t+|\s{3,}|\s*\|\s*")
_MIN_TABLE_ROWS = 2
_MIN_COLUMNS = 3
_NUMBER_ROW = re.compile(r"[^\W\d_]*\d*(?:\s+[-–]?\d[\d.,]*%?){3,}")  # "2019 116 230 1650"


def read_prose(text: PagedText, *, title: str | None = None) -> Draft:
    """Return the draft of a text that has nothing but lines and, perhaps, pages.

    Where pages are known, each block has an empty box on every page it stands on: the places are lost, the page is not.
    """
    placed = len(text.pages) > 1
    content = split_furniture(text.lines, placed=placed)
    layout = measure_layout(content.lines)
    lines = content.lines if layout.wrapped else split_glued_headings(content.lines, content.contents)
    levels = find_headings(lines, layout, content.contents)
    blocks: list[DraftBlock] = []
    depth = ListDepth()
    for group in _group_lines(lines, levels, layout):
        members = [lines[index] for index in group]
        boxes = tuple(page_box(page) for page in dict.fromkeys(line.page for line in members))
        made = _build_blocks(members, level=levels.get(group[0]), layout=layout, depth=depth)
        blocks.extend(replace(block, boxes=boxes if placed else ()) for block in made)
    pages = tuple(Page(number, 0, 0) for number in text.pages)
    return Draft(title or _find_title(blocks), pages, blocks, content.furniture)


def _find_title(blocks: Sequence[DraftBlock]) -> str | None:
    """Return the heading or short line that the text opens with."""
    first = blocks[0] if blocks else None
    if first is None or first.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
        return None
    named = first.kind is BlockKind.HEADING or (len(first.text) <= MAX_HEADING and first.text[-1:].isalnum())
    return first.text if named else None


def _group_lines(lines: Sequence[Line], levels: dict[int, int], layout: Layout) -> Iterator[list[int]]:
    """Yield the indices of the lines that belong together."""
    group: list[int] = []
    for index, line in enumerate(lines):
        if group and group[-1] in levels and not line.gap and is_underline(line.text):
            continue
        apart = not group or index in levels or group[-1] in levels
        if not apart and _belongs(lines[group[-1]], line, layout):
            group.append(index)
            continue
        if group:
            yield group
        group = [index]
    if group:
        yield group


def _belongs(before: Line, line: Line, layout: Layout) -> bool:
    if _is_row(line) or _is_row(before):
        widths = {len(split_columns(line.text)), len(split_columns(before.text))}
        spaced = line.gap > 1 or (line.gap == 1 and len(widths) > 1)
        return min(widths) >= _MIN_COLUMNS and not spaced
    return _continues(before, line, layout)


def _is_row(line: Line) -> bool:
    """Tell whether the line looks like a row of at least three columns."""
    return len(split_columns(line.text)) >= _MIN_COLUMNS


def split_columns(text: str) -> list[str]:
    """Return the line's cells: by tabs, bars or wide gaps; else by spaces where nearly all of them are numbers."""
    cells = [cell.strip() for cell in _COLUMNS.split(text.strip("| \t"))]
    if len(cells) == 1 and _NUMBER_ROW.fullmatch(text):
        return text.split()
    return cells


def _continues(before: Line, line: Line, layout: Layout) -> bool:
    """Tell whether a line goes on with the paragraph or list item that the line before it belongs to."""
    if reads_on(before, line, layout):
        return True
    if read_list_marker(line.text) or is_caption(line.text):
        return False
    open_end = not before.text.endswith(_SENTENCE_END)
    if open_end and (line.text[0].islower() or before.text.endswith("\xad")):
        return True
    if line.gap or line.first or not layout.wrapped:
        return False
    short = len(before.text) < layout.width * _SHORT_LINE
    if short and line.text[0].isupper() and read_list_marker(before.text) and line.indent <= before.indent:
        return False  # a list's last item, and the paragraph below it
    ended = not open_end and short
    return not ended or line.text[0].islower()


def _build_blocks(lines: list[Line], *, level: int | None, layout: Layout, depth: ListDepth) -> list[DraftBlock]:
    text = join_lines([line.text for line in lines])
    if level is not None:
        depth.close()
        return [DraftBlock(BlockKind.HEADING, text, level=level)]
    if len(lines) >= _MIN_TABLE_ROWS and all(map(_is_row, lines)):
        depth.close()
        return _build_rows(lines)
    pieces = [text] if layout.wrapped else split_inline_list(text)
    return [_build_block(piece, indent=lines[0].indent, depth=depth) for piece in pieces]


def _build_rows(lines: Sequence[Line]) -> list[DraftBlock]:
    grid = [[normalise_text(cell) for cell in split_columns(line.text)] for line in lines]
    return build_table_blocks([row for row in grid if any(map(_has_word, row))], TableSettings())


def _has_word(cell: str) -> bool:
    return any(map(str.isalnum, cell))


def _build_block(text: str, *, indent: int, depth: ListDepth) -> DraftBlock:
    if marker := read_list_marker(text):
        return DraftBlock(BlockKind.LIST_ITEM, text, level=depth.place(marker, indent=indent), marker=marker.marker)
    depth.close()
    if is_caption(text):
        return DraftBlock(BlockKind.CAPTION, text)
    return DraftBlock(BlockKind.PARAGRAPH, text)
