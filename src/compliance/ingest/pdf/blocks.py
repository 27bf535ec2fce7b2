"""From groups of lines to the blocks of the draft: what each is, and which belong together over a break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from compliance.ingest.draft import DraftBlock
from compliance.ingest.list_headings import find_list_headings
from compliance.ingest.patterns import is_caption, read_list_marker
from compliance.ingest.pdf.headings import Outline, Style, find_level, is_heading, rank_levels
from compliance.ingest.pdf.lines import Line, bound_boxes
from compliance.ingest.pdf.paragraphs import Group, ends_short, read_note_mark
from compliance.ingest.pdf.table_blocks import continue_table, finishes_row, join_row, make_rows, repeat_header
from compliance.ingest.pdf.tables import Table
from compliance.records import BlockKind, Furniture
from compliance.text.normalise import join_lines

MAX_TITLE = 140  # characters of a line that names a table
ASIDE = 15.0  # points that a quote is set in from the column's left edge
FULL_LINE = 0.03  # of the column's width: a line that ends nearer the edge is taken to be full
LOOK_BACK = 14  # blocks that may stand between the halves of a paragraph: boxes, captions, notes
INNER_BULLET = "o"
DEPTH_STEP = 6.0  # points between the markers of two list depths
_SOURCE = re.compile(r"(?:kilde|kjelde|kilder|kjelder)\s*:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;][»”\")]?(?:\s?\d{1,2})?$")  # also with a note's number after the full stop
_OPEN_END = re.compile(r"(?:,|-|–| (?:og|eller|i|av|for|til|på|med|om|som|at|er|en|et|ein|eit|å))$")
_NOTE_IN_TEXT = re.compile(r"(?P<mark>\d{1,2})\s+(?=[A-ZÆØÅ])")
_GLUED_MARK = re.compile(  # «bygd opp.1», «begreper3»; not «kap.7», «m2»
    r"(?:(?<=[a-zæøå]{2})(?<!\bkap)(?<!\bpkt)(?<!\bnr)(?<!\bjf)(?<!\bart)(?<!\bfig)(?<!\btab)(?<!\bvol)(?<!km)|(?<=[»”)]))"
    r"[.,:;]?(?P<mark>\d{1,2})(?![\w.,])"
)
_QUOTES = '«“"”„'


@dataclass(frozen=True, slots=True)
class Piece:
    """A group with what it is."""

    group: Group
    kind: BlockKind
    text: str
    level: int | None = None
    marker: str | None = None


def classify_groups(groups: Sequence[Group], outline: Outline) -> list[Piece]:
    """Return what each group is, in order."""
    followed = zip_longest(groups, groups[1:])
    headings = [
        group for group, following in followed if not group.table and is_heading(group, outline, following=following)
    ]
    listed, noted = _find_list_headings(groups), _find_notes_in_text(groups)
    headings = [group for group in headings if id(group) not in listed and id(group) not in noted]
    chosen = {id(group) for group in headings}
    ranks = rank_levels(headings, outline)
    pieces: list[Piece] = []
    base = 0
    for group in _join_figures(groups):
        if id(group) in listed:
            pieces.append(Piece(group, BlockKind.HEADING, group.first.text.strip(), level=base + listed[id(group)]))
        elif group.table:
            pieces.append(Piece(group, BlockKind.TABLE_ROW, ""))
        elif id(group) in chosen:
            pieces.append(_make_heading(group, outline, ranks))
            base = pieces[-1].level or 0
        else:
            pieces.append(_classify_text(group, outline, pieces[-1] if pieces else None))
    return _set_depths(pieces)


def _find_list_headings(groups: Sequence[Group]) -> dict[int, int]:
    """Return the depth of the headings of measures, by the group's identity."""
    openings = ["" if group.table else group.first.text.strip() for group in groups]
    alone = (len(group.lines) == 1 and not group.note for group in groups)
    heads = [text if single else "" for text, single in zip(openings, alone, strict=True)]
    return {id(groups[index]): depth for index, depth in find_list_headings(heads, openings).items()}


def _find_notes_in_text(groups: Sequence[Group]) -> set[int]:
    """Return the groups that are notes set as text, by identity: their number is glued to a word above on their page.

    A file that has been through another program may have lost the notes' smaller type: «… er bygd opp.1», and under it
    «1 Opplegget følger …», which reads as a numbered heading.
    """
    found: set[int] = set()
    marks: dict[int, set[str]] = {}
    for group in groups:
        text = "" if group.table else join_lines([line.text for line in group.lines])
        opening = _NOTE_IN_TEXT.match(text)
        if opening and opening["mark"] in marks.get(group.page, ()):
            found.add(id(group))
        marks.setdefault(group.page, set()).update(match["mark"] for match in _GLUED_MARK.finditer(text))
    return found


def _join_figures(groups: Sequence[Group]) -> list[Group]:
    """Return the groups with neighbours that hold no words made one: the numbers of a diagram."""
    joined: list[Group] = []
    for group in groups:
        last = joined[-1] if joined else None
        if last and _is_wordless(last) and _is_wordless(group) and last.page == group.page:
            joined[-1] = replace(last, lines=last.lines + group.lines)
        else:
            joined.append(group)
    return joined


def _is_wordless(group: Group) -> bool:
    return not group.table and not any(character.isalpha() for line in group.lines for character in line.text)


def _make_heading(group: Group, outline: Outline, ranks: dict[Style, int]) -> Piece:
    text = join_lines([line.text for line in group.lines])
    return Piece(group, BlockKind.HEADING, text, level=find_level(group, outline, ranks))


def _classify_text(group: Group, outline: Outline, before: Piece | None) -> Piece:
    text = join_lines([line.text for line in group.lines])
    if group.note:
        return Piece(group, BlockKind.FOOTNOTE, text, marker=read_note_mark(text))
    beside = before is not None and before.kind in (BlockKind.CAPTION, BlockKind.TABLE_ROW)
    small = group.first.size <= outline.body_size - 0.5 or group.first.italic
    if is_caption(text) or group.role == "caption" or (_SOURCE.match(text) and (small or beside)):
        return Piece(group, BlockKind.CAPTION, text)
    if marker := read_list_marker(text):
        return Piece(group, BlockKind.LIST_ITEM, text, level=1, marker=marker.marker)
    return Piece(group, BlockKind.PARAGRAPH, text)


def _set_depths(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with the depth of list items, by how far in their markers stand in one list."""
    done: list[Piece] = []
    stack: list[tuple[float, str | None]] = []
    for piece in pieces:
        if piece.kind is BlockKind.LIST_ITEM:
            indent = piece.group.first.x0 - piece.group.left
            if piece.marker == INNER_BULLET and stack:
                indent = max(indent, stack[-1][0] + (0 if stack[-1][1] == INNER_BULLET else DEPTH_STEP + 1))
            while stack and (indent < stack[-1][0] - DEPTH_STEP or _closes_inner(stack[-1][1], piece.marker)):
                stack.pop()
            if not stack or indent > stack[-1][0] + DEPTH_STEP:
                stack.append((indent, piece.marker))
            done.append(replace(piece, level=len(stack)))
        else:
            stack = stack if piece.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION) else []
            done.append(piece)
    return done


def _closes_inner(open_marker: str | None, marker: str | None) -> bool:
    """Whether a bullet ends the items under another: Word's «o» is the second level wherever it stands."""
    return open_marker == INNER_BULLET != marker


def join_breaks(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with paragraphs made whole that a page, a column, a table or a note broke.

    What stood between the halves comes after the whole.
    """
    done: list[Piece] = []
    for piece in pieces:
        index = _find_open(done, piece)
        if index is None:
            done.append(piece)
            continue
        whole = done[index]
        lines = whole.group.lines + piece.group.lines
        text = join_lines([line.text for line in lines])
        done[index] = replace(whole, text=text, group=replace(whole.group, lines=lines, right=piece.group.right))
    return done


def _find_open(done: Sequence[Piece], piece: Piece) -> int | None:
    """Return the index of the piece that `piece` goes on from, looking back over what may stand between."""
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE):
        return None
    for index in range(len(done) - 1, max(-1, len(done) - LOOK_BACK), -1):
        before = done[index]
        listed = piece.kind is BlockKind.PARAGRAPH and before.kind is BlockKind.LIST_ITEM
        if before.group.boxed == piece.group.boxed and (before.kind is piece.kind or listed):
            return index if _goes_on(before, piece) else None
        passable = before.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.TABLE_ROW)
        if not passable and before.group.boxed == piece.group.boxed and piece.kind is not BlockKind.FOOTNOTE:
            return None
    return None


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Tell whether `piece` is the rest of `before`, broken by a page or column."""
    last, first = before.group.lines[-1], piece.group.first
    if not _crosses_break(last, first) or not _alike(before.group, piece.group):
        return False
    if last.text.rstrip().endswith(("\xad", "\u2010")):
        return True
    if ends_short(last, first, before.group) or _SENTENCE_END.search(before.text):
        return False
    if piece.kind is BlockKind.FOOTNOTE:
        return not read_note_mark(piece.text)
    if piece.text[:1].islower() or _OPEN_END.search(before.text):
        return True
    width = before.group.right - before.group.left
    full = last.x1 >= before.group.right - FULL_LINE * width
    return full and len(before.group.lines) > 1 and before.kind is not BlockKind.LIST_ITEM


def _alike(before: Group, after: Group) -> bool:
    """Tell whether two groups are set alike enough to be one paragraph."""
    last, first = before.lines[-1], after.first
    same_type = abs(last.size - first.size) <= 0.7 and last.bold == first.bold and first.upright
    return same_type and before.boxed == after.boxed


def _crosses_break(last: Line, first: Line) -> bool:
    """Tell whether the second line stands where the text goes on: the next page, the next column, right below."""
    if first.page != last.page:
        return first.page == last.page + 1
    below = abs(first.x0 - last.x0) <= 3 and 0 < first.y0 - last.y0 <= 2 * last.size
    return below or first.y0 < last.y0


def make_blocks(pieces: Sequence[Piece]) -> tuple[list[DraftBlock], list[Furniture]]:
    """Return the draft's blocks, and the headers that tables repeat on later pages."""
    blocks: list[DraftBlock] = []
    repeated: list[Furniture] = []
    running: Table | None = None
    named: str | None = None
    for index, piece in enumerate(pieces):
        table = piece.group.table
        if table is None:
            blocks.append(_make_block(piece))
            running = running if piece.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION) else None
            continue
        continued = continue_table(running, table)
        named = _find_title(pieces, index) or (named if continued else None)
        start = table.header_rows if continued and running and table.header == running.header else 0
        repeated += [repeat_header(row, table.page) for row in table.rows[:start]]
        running = continued or replace(table)
        rows = list(make_rows(table, running, title=named, start=start))
        last = _find_last_row(blocks) if continued else None
        if last is not None and rows and finishes_row(blocks[last], rows[0]):
            blocks[last] = join_row(blocks[last], rows.pop(0))
        blocks += rows
    return blocks, repeated


def _find_last_row(blocks: Sequence[DraftBlock]) -> int | None:
    """Return the index of the last table row, looking back over notes and captions."""
    passed = (BlockKind.FOOTNOTE, BlockKind.CAPTION)
    index = next((index for index in range(len(blocks) - 1, -1, -1) if blocks[index].kind not in passed), None)
    return index if index is not None and blocks[index].kind is BlockKind.TABLE_ROW else None


def _find_title(pieces: Sequence[Piece], index: int) -> str | None:
    """Return the caption above or below the table, else the short line or heading right above it."""
    above = pieces[index - 1] if index else None
    below = pieces[index + 1] if index + 1 < len(pieces) else None
    for near in (above, below):
        if near and near.kind is BlockKind.CAPTION and near.text.lower().startswith("tabell"):
            return near.text
    if above and above.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION) and above.group.lines:
        table = pieces[index].group.table
        gap = table.area.y0 - above.group.lines[-1].y1 if table else 0.0
        same_page = table is not None and above.group.lines[-1].page == table.page
        if same_page and len(above.text) <= MAX_TITLE and not above.text.endswith(".") and gap <= 40:
            return above.text
    return None


def _make_block(piece: Piece) -> DraftBlock:
    boxed = piece.group.boxed or (piece.kind is BlockKind.PARAGRAPH and _is_aside(piece))
    return DraftBlock(
        piece.kind, piece.text, bound_boxes(piece.group.lines), level=piece.level, marker=piece.marker, boxed=boxed
    )


def _is_aside(piece: Piece) -> bool:
    """Tell whether a paragraph is set apart: all in italics, or a quote set in from the column's edge."""
    lines = piece.group.lines
    if all(line.italic for line in lines) and len(piece.text) >= 40:
        return True
    set_in = min(line.x0 for line in lines) >= piece.group.left + ASIDE
    return set_in and piece.text[:1] in _QUOTES and len(lines) >= 2
