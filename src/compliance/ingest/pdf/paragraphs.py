"""Paragraphs: which lines of a flow belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from compliance.ingest.patterns import (
    DASHES,
    continues_sentence,
    expects_more,
    is_caption,
    read_heading_number,
    read_list_marker,
)
from compliance.ingest.pdf.columns import Flow
from compliance.ingest.pdf.lines import Line, merge_beside, share_baseline
from compliance.ingest.pdf.tables import Table

USUAL_PITCH = 1.22  # of the type size, from baseline to baseline, where a document has too few lines to measure
LOOSE = 1.22  # of the usual pitch: lines further apart are two paragraphs
SAME_SIZE = 0.7  # points
INDENT = 5.0  # points: a line that begins further in opens a paragraph
MIN_OPENINGS = 2  # first lines set in, in one flow, before it is taken for a habit
MAX_INDENT = 45.0  # points: set in further, it is centred or a quote
ENDS = re.compile(r"[.!?:;»”\")]\s*(?:\d{1,2})?$")  # also with a note's number after the full stop
_SENTENCE_END = re.compile(r"[.!?:][»”\")]?\s*(?:\d{1,2})?$")
_ITEM_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")
_SOURCE = re.compile(r"(?:kilde|kjelde|kilder|kjelder)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one paragraph, or one table, with the edges of the column it stands in."""

    lines: tuple[Line, ...]
    left: float
    right: float
    boxed: bool = False
    table: Table | None = None
    note: bool = False  # stands among the notes at the foot of its page
    role: str | None = None  # the layout model's name for it

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.table.page if self.table else self.lines[0].page

    @property
    def first(self) -> Line:
        """The first line; only of a group that is no table."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Pitch:
    """The usual distance between baselines in a document, by type size to half a point."""

    by_size: dict[float, float]

    def usual(self, size: float) -> float:
        """Return the usual distance for lines of this size, in points."""
        return self.by_size.get(round(size * 2) / 2, USUAL_PITCH * size)


def measure_pitch(flows: Iterable[Flow]) -> Pitch:
    """Return the distances between lines that surely belong together: the second goes on in small letters."""
    seen: dict[float, Counter[float]] = {}
    for flow in flows:
        for above, below in pairwise(flow.items):
            if isinstance(above, Line) and isinstance(below, Line) and _surely_goes_on(above, below):
                size = round(above.size * 2) / 2
                seen.setdefault(size, Counter())[round((below.y1 - above.y1) * 2) / 2] += 1
    return Pitch({size: max(counts, key=lambda pitch: (counts[pitch], -pitch)) for size, counts in seen.items()})


def _surely_goes_on(above: Line, below: Line) -> bool:
    pitch = below.y1 - above.y1
    same = abs(above.size - below.size) < SAME_SIZE and abs(above.start - below.x0) <= 2
    return same and below.text[:1].islower() and 0.9 * above.size <= pitch <= 2.2 * above.size


def group_lines(flow: Flow, *, pitch: Pitch) -> list[Group]:
    """Return the flow's paragraphs and tables in order."""
    groups: list[Group] = []
    current: list[Line] = []
    items = _join_rows(flow.items)
    opening = _find_opening(items)
    for item in items:
        if isinstance(item, Table):
            groups += _close(current, flow)
            current = []
            groups.append(Group((), flow.left, flow.right, flow.boxed, table=item, role=flow.role))
        elif current and (
            _opens_by_indent(current, item, opening) or not _goes_on(current, item, flow=flow, pitch=pitch)
        ):
            groups += _close(current, flow)
            current = [item]
        else:
            current.append(item)
    return groups + _close(current, flow)


def _join_rows(items: Sequence[Line | Table]) -> list[Line | Table]:
    """Return the items with lines that stand on one baseline made one."""
    joined: list[Line | Table] = []
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(last, Line) and isinstance(item, Line) and last.upright and share_baseline(last, item):
            joined[-1] = merge_beside(last, item)
        else:
            joined.append(item)
    return joined


def _find_opening(items: Sequence[Line | Table]) -> float | None:
    """Return where first lines begin in a flow that opens its paragraphs by setting in their first line."""
    lines = [item for item in items if isinstance(item, Line)]
    starts = Counter(round(line.x0) for line in lines)
    left = starts.most_common(1)[0][0] if starts else 0
    right = max((line.x1 for line in lines), default=0.0)
    full = right - 0.08 * (right - left)
    opened = Counter(
        round(above.x0)
        for above, below in pairwise(lines)
        if INDENT < above.x0 - left < MAX_INDENT
        and abs(below.x0 - left) <= 1
        and above.x1 >= full
        and below.y1 - above.y1 <= 1.6 * above.size
        and not read_list_marker(above.text)
    )
    place, times = opened.most_common(1)[0] if opened else (0, 0)
    return float(place) if times >= MIN_OPENINGS else None


def _opens_by_indent(lines: Sequence[Line], line: Line, opening: float | None) -> bool:
    """Tell whether the line is set in as first lines are, after one that may be a last line."""
    if opening is None or abs(line.x0 - opening) > 1.5 or read_list_marker(lines[0].text):
        return False
    return abs(lines[-1].x0 - opening) > 1.5 or _SENTENCE_END.search(lines[-1].text) is not None or len(lines) == 1


def _close(lines: list[Line], flow: Flow) -> list[Group]:
    return [Group(tuple(lines), flow.left, flow.right, flow.boxed, role=flow.role)] if lines else []


def _goes_on(lines: Sequence[Line], line: Line, *, flow: Flow, pitch: Pitch) -> bool:
    """Tell whether `line` belongs to the paragraph that `lines` began."""
    last = lines[-1]
    if abs(last.size - line.size) > SAME_SIZE or last.upright != line.upright or not last.upright:
        return False
    distance = line.y1 - last.y1
    if distance > LOOSE * pitch.usual(last.size) or distance < 0:
        return False
    if line.bold == last.bold and not _next_in_list(lines, line) and continues_sentence(last.text, line.text):
        return line.x0 <= lines[0].start + 3 * INDENT
    if _opens(line, lines, flow=flow):
        return False
    if last.bold != line.bold and not _mid_sentence(last, line, flow):
        return False
    return _same_shape(lines, line, flow=flow)


def _next_in_list(lines: Sequence[Line], line: Line) -> bool:
    """Whether the line's number follows that of the item or heading which `lines` began."""
    first, second = (_ITEM_NUMBER.match(one.text) for one in (lines[0], line))
    return first is not None and second is not None and int(second[1]) == int(first[1]) + 1


def _opens(line: Line, lines: Sequence[Line], *, flow: Flow) -> bool:
    """Tell whether the line opens something by its first words: a list item, a caption, a note, a heading."""
    if marker := read_list_marker(line.text):
        if not marker.numbered and marker.marker not in DASHES:
            return True  # nothing but a list has a bullet
        if marker.numbered and line.text[marker.end :][:1].islower() and _is_full(lines[-1], line, flow):
            return False  # a date or an ordinal: "innen | 1. juni"
        aligned = line.start > line.x0 or not _mid_sentence(lines[-1], line, flow)
        return aligned or _SENTENCE_END.search(lines[-1].text) is not None
    if _SOURCE.match(line.text) or (line.raised and line.size < 10):
        return True
    if is_caption(line.text) or (read_heading_number(line.text) and line.text[:1].isdigit()):
        return not _is_full(lines[-1], line, flow)
    return False


def _same_shape(lines: Sequence[Line], line: Line, *, flow: Flow) -> bool:
    """Tell whether the line's edges fit those of the paragraph so far."""
    first, last = lines[0], lines[-1]
    marker = read_list_marker(first.text)
    if marker and first.start > first.x0:
        if line.x0 < first.x0 - 2 or (line.x0 < first.start - INDENT and ends_short(last, line, flow)):
            return False
        return line.x0 <= first.start + 3 * INDENT and not (ends_short(last, line, flow) and _ends(last))
    if len(lines) > 1 and line.x0 > last.x0 + INDENT and (_ends(last) or ends_short(last, line, flow)):
        return _is_centred(last, line)
    if len(lines) > 1 and line.x0 < last.x0 - INDENT and not _is_centred(last, line):
        return False
    return not ends_short(last, line, flow) or _is_centred(last, line) or not _starts_anew(last, line)


def _starts_anew(last: Line, line: Line) -> bool:
    return _ends(last) or not (line.text[:1].islower() or expects_more(last.text))


def _ends(line: Line) -> bool:
    return ENDS.search(line.text) is not None


def ends_short(last: Line, line: Line, flow: Flow | Group) -> bool:
    """Tell whether the next line's first word would have had room on the last one, with a good margin."""
    word = line.text[(line.text.find(" ") + 1 if line.start > line.x0 else 0) :].split(" ", 1)[0]
    width = (line.x1 - line.x0) * (len(word) + 1) / max(len(line.text), 1)
    return last.x1 + width + 0.06 * (flow.right - flow.left) < flow.right


def _is_full(last: Line, line: Line, flow: Flow) -> bool:
    return not ends_short(last, line, flow) and not _SENTENCE_END.search(last.text)


def _mid_sentence(last: Line, line: Line, flow: Flow) -> bool:
    """Tell whether a change of weight between two lines is inside a sentence."""
    return _is_full(last, line, flow) and (line.text[:1].islower() or last.text.endswith(("-", ",", "\xad")))


def _is_centred(last: Line, line: Line) -> bool:
    middle = abs((last.x0 + last.x1) - (line.x0 + line.x1)) / 2
    return middle <= 3 and abs(last.x0 - line.x0) > 3


def mark_notes(groups: Sequence[Group], *, body_size: float, heights: dict[int, float]) -> list[Group]:
    """Return the groups with those marked that stand among the notes at the foot of their page.

    Notes are set smaller than the body, open with a raised mark or a number, and have nothing but notes under them.
    """
    marked = list(groups)
    by_page: dict[int, list[int]] = {}
    for index, group in enumerate(groups):
        by_page.setdefault(group.page, []).append(index)
    for page, indexes in by_page.items():
        small = [index for index in indexes if _can_be_note(groups[index], body_size, heights[page])]
        body = [index for index in indexes if index not in small and not groups[index].table]
        floor = max((groups[index].lines[-1].y1 for index in body if groups[index].page == page), default=0.0)
        notes = [index for index in small if groups[index].first.y0 >= floor - 2 or groups[index].first.raised]
        opened = False
        for index in sorted(notes, key=lambda index: (groups[index].left, groups[index].first.y0)):
            opened = opened or opens_note(groups[index].first)
            marked[index] = replace(groups[index], note=opened)
    return marked


_NOTE_MARK = re.compile(r"(?P<mark>\d{1,3}(?![\d.,-])|\*{1,3}|[†‡§¹²³⁴⁵⁶⁷⁸⁹]+|[a-z](?=[\s.)]))[.):]?\s*(?=\S)")


def opens_note(line: Line) -> bool:
    """Tell whether the line opens with a note's mark: a raised one, or a number and a space."""
    match = _NOTE_MARK.match(line.text)
    return match is not None and (line.raised or match["mark"].isdigit() or not match["mark"].isalpha())


def read_note_mark(text: str) -> str | None:
    """Return the mark that a note opens with."""
    match = _NOTE_MARK.match(text)
    return match["mark"] if match else None


def _can_be_note(group: Group, body_size: float, height: float) -> bool:
    return not group.table and not group.boxed and group.first.size <= body_size - 0.7 and group.first.y0 > 0.4 * height
