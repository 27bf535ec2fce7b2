"""Headings and their levels: the file's bookmarks over numbering over type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.ingest.patterns import is_caption, read_heading_number, read_list_marker
from compliance.ingest.pdf.paragraphs import Group
from compliance.text.normalise import join_lines, normalise_text

MAX_CHARS = 160
MAX_LINES = 4
LARGER = 1.07  # of the body's type size: what is set larger may be a heading
MAX_LEVEL = 6
MAX_RANK = 4  # levels told by type alone: finer differences are decoration
SAME_RANK = 0.9  # of the larger size: sizes nearer than this are one level

Style = tuple[float, bool]  # type size to half a point, bold

_LETTERS = re.compile(r"[^\W\d_]")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's outline."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document's headings are recognised by."""

    body_size: float
    body_bold: bool
    bookmarks: dict[str, tuple[Bookmark, ...]]

    def find(self, text: str, page: int) -> Bookmark | None:
        """Return the bookmark of this wording on this page or beside it."""
        entries = self.bookmarks.get(fold_title(text), ())
        return min(
            (entry for entry in entries if abs(entry.page - page) <= 1),
            key=lambda entry: abs(entry.page - page),
            default=None,
        )


def fold_title(text: str) -> str:
    """Return the heading's letters and digits, for comparing; the chapter number left out."""
    number = read_heading_number(text)
    title = normalise_text(text[number.end :] if number else text)
    return _NOT_LETTERS.sub("", title).casefold()


def make_outline(groups: Sequence[Group], bookmarks: Sequence[Bookmark], *, body_size: float) -> Outline:
    """Return what the document's headings are recognised by."""
    lines = [line for group in groups for line in group.lines if abs(line.size - body_size) <= 0.5]
    bold = sum(len(line.text) for line in lines if line.bold)
    titles: dict[str, list[Bookmark]] = defaultdict(list)
    for bookmark in bookmarks:
        titles[fold_title(bookmark.title)].append(bookmark)
    titles.pop("", None)
    return Outline(
        body_size,
        body_bold=2 * bold > sum(len(line.text) for line in lines),
        bookmarks={title: tuple(entries) for title, entries in titles.items()},
    )


def style_of(group: Group) -> Style:
    """Return the style a heading is set in."""
    return round(group.first.size * 2) / 2, group.first.bold


def is_heading(group: Group, outline: Outline, *, following: Group | None) -> bool:
    """Tell whether the group is a heading; `following` is the group after it in reading order."""
    text = join_lines([line.text for line in group.lines])
    if group.note or not (1 <= len(group.lines) <= MAX_LINES) or len(text) > MAX_CHARS:
        return False
    if len(_LETTERS.findall(text)) < 2 or not group.first.upright:
        return False
    if outline.find(text, group.page):
        return True
    if _reads_as_text(text, group, outline):
        return False
    larger = group.first.size >= LARGER * outline.body_size
    bold = all(line.bold for line in group.lines) and not outline.body_bold
    if larger or bold or group.role in ("section-header", "title"):
        return _stands_over(group, following)
    number = read_heading_number(text)
    deep = number is not None and number.level >= 2 and len(group.lines) == 1 and len(text) <= 80
    return deep and not text.endswith((".", ",", ";", ":")) and group.first.size >= outline.body_size - 0.5


def _reads_as_text(text: str, group: Group, outline: Outline) -> bool:
    """Tell whether the words are a sentence, a list item or a caption rather than a heading."""
    number = read_heading_number(text)
    if is_caption(text) or (read_list_marker(text) and not number):
        return True
    much_larger = group.first.size >= 1.25 * outline.body_size
    if text.endswith((",", ";")) or text[:1] in '«“"' or text[:1].islower():
        return not much_larger
    if text.endswith("."):
        return not (number and len(text) <= 80) and not much_larger
    return text.endswith(":") and not (much_larger or all(line.bold for line in group.lines))


def _stands_over(group: Group, following: Group | None) -> bool:
    """Tell whether something stands under the heading: not the end of the document, and no continuation."""
    return following is not None or len(group.lines) <= 2


def rank_levels(headings: Sequence[Group], outline: Outline) -> dict[Style, int]:
    """Return the level of each heading style, for headings that neither bookmark nor number gives one.

    Styles that numbered or bookmarked headings share take their level; the others go by size between them, styles
    of nearly one size together.
    """
    known: dict[Style, Counter[int]] = defaultdict(Counter)
    for group in headings:
        level = _told_level(group, outline)
        if level:
            known[style_of(group)][level] += 1
    levels: dict[Style, int] = {}
    last: Style | None = None
    for style in sorted({style_of(group) for group in headings}, reverse=True):
        above = levels[last] if last else 0
        step = last is None or style[0] < SAME_RANK * last[0] or style[1] != last[1]
        if style in known:
            told = known[style].most_common(1)[0][0]
            levels[style] = told if told >= above or _is_bookmarked(style, headings, outline) else above + step
        else:
            levels[style] = max(above, min(above + step, MAX_RANK))
        last = style
    return levels


def _is_bookmarked(style: Style, headings: Sequence[Group], outline: Outline) -> bool:
    """Tell whether the levels of a style come from bookmarks rather than from numbers alone."""
    texts = ((join_lines([line.text for line in group.lines]), group) for group in headings if style_of(group) == style)
    return any(outline.find(text, group.page) for text, group in texts)


def find_level(group: Group, outline: Outline, ranks: dict[Style, int]) -> int:
    """Return the heading's level, 1 for the outermost.

    A number in much smaller type than its level asks for is that of a step or an item: there type counts.
    """
    text = join_lines([line.text for line in group.lines])
    rank = ranks[style_of(group)]
    if bookmark := outline.find(text, group.page):
        return min(bookmark.level, MAX_LEVEL)
    number = read_heading_number(text)
    level = number.level if number and rank <= number.level + 1 else rank
    return min(level, MAX_LEVEL)


def _told_level(group: Group, outline: Outline) -> int | None:
    """Return the level that a bookmark or the number gives."""
    text = join_lines([line.text for line in group.lines])
    if bookmark := outline.find(text, group.page):
        return bookmark.level
    number = read_heading_number(text)
    return number.level if number else None
