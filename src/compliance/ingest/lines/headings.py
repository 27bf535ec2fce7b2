"""Which lines are headings, where a format has nothing but lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from compliance.ingest.lines.paged_text import Layout, Line
from compliance.ingest.list_headings import find_list_headings
from compliance.ingest.patterns import (
    HeadingNumber,
    continues_sentence,
    expects_more,
    fold_title,
    is_caption,
    read_heading_number,
    read_list_marker,
)

MAX_HEADING = 120  # characters
_MAX_WORDS = 12  # of a heading without a number
_FULL_LINE = 0.6  # of the width; what follows a heading is at least as long
_PARAGRAPH_LENGTH = 100  # characters; where every paragraph is a line, what follows a heading is at least as long
_MAX_INDENT = 3  # characters; a number set further in belongs to a list
# What comes before a chapter number that is only referred to.
_REFERS = re.compile(
    r"(?:\b(?:kap(?:it(?:tel|el))?|pkt|punkt|avsnitt|del|jf|jfr|se|sjå|i|og|til|av)\.?|[(§,])$", re.IGNORECASE
)
_ENDS_SENTENCE = re.compile(r"[.,;:-]\d{0,2}$")  # also with the mark of a footnote
_CLOSED = re.compile(r"[.!?:][»”\")]?$|^\D{1,60}$")  # a sentence that has ended, or a short line of words
_UNDERLINE = re.compile(r"[=]{3,}|[-]{3,}")


def find_headings(lines: Sequence[Line], layout: Layout, contents: Mapping[str, int | None]) -> dict[int, int]:
    """Return the heading level of each line that is a heading, by its index.

    A line is a heading when the table of contents names it, when it is underlined, when it has a chapter number and
    stands alone, or when it is short, without a full stop, and followed by running text. Headings without a number lie
    one level below the last one that has.
    """
    levels: dict[int, int] = {}
    listed = _find_list_headings(lines)
    numbered = base = 0
    for index in range(len(lines)):
        if index in listed:
            levels[index] = base + listed[index]
            continue
        level = _judge_line(lines, index, layout, contents)
        if level is None:
            continue
        if level:
            numbered = level
        levels[index] = base = level or numbered + 1
    return levels


def _find_list_headings(lines: Sequence[Line]) -> dict[int, int]:
    """Return the depth of the headings over measures; a line after an open one is none."""
    openings = [line.text for line in lines]
    if not any(text.startswith(("a. ", "a) ")) for text in openings):
        return {}
    closed = [True, *(bool(_CLOSED.search(line.text)) for line in lines[:-1])]
    heads = [
        line.text if line.gap or line.first or ended or index in (0, 1) else ""
        for index, (line, ended) in enumerate(zip(lines, closed, strict=False))
    ]
    return find_list_headings(heads, openings)


def is_underline(text: str) -> bool:
    """Tell whether a line is only the underlining of the heading above it."""
    return bool(_UNDERLINE.fullmatch(text))


def reads_on(before: Line, line: Line, layout: Layout) -> bool:
    """Tell whether a line of wrapped text is within a sentence, although it opens like a heading or a list item."""
    if not layout.wrapped or line.gap or not continues_sentence(before.text, line.text):
        return False
    return expects_more(before.text) or len(before.text) >= layout.width * _FULL_LINE


def _judge_line(lines: Sequence[Line], index: int, layout: Layout, contents: Mapping[str, int | None]) -> int | None:
    """Return the line's level as a heading: 0 where nothing tells how deep, None where it is none."""
    line = lines[index]
    text = line.text
    after = lines[index + 1] if index + 1 < len(lines) else None
    if not _could_be_heading(text) or (index and reads_on(lines[index - 1], line, layout)):
        return None
    if after and not after.gap and is_underline(after.text):
        return 1 if after.text.startswith("=") else 2
    number = read_heading_number(text)
    named = contents.get(fold_title(text), -1)
    if named != -1:
        return (number.level if number else named) or 1
    if number:
        return number.level if _stands_as_chapter(lines, index, number, layout) else None
    return 0 if after and _stands_as_title(lines, index, after, layout) else None


def _could_be_heading(text: str) -> bool:
    if len(text) > MAX_HEADING or _ENDS_SENTENCE.search(text) or text.endswith("\xad") or is_caption(text):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and letters > len(text) * 0.35 and not _opens_lower(text) and "\t" not in text


def _opens_lower(text: str) -> bool:
    first = next((character for character in text if character.isalpha()), "")
    return first.islower() and not text[0].isdigit()


def _stands_as_chapter(lines: Sequence[Line], index: int, number: HeadingNumber, layout: Layout) -> bool:
    """Tell a numbered heading from an item of a numbered list and from a line of running text."""
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after and not after.gap and after.text[0].islower():
        return False
    if number.level > 1:
        return not index or not _REFERS.search(lines[index - 1].text)
    if after and after.text.startswith(f"{number.number}.1"):
        return True
    if not _starts_afresh(lines, index, layout):
        return False
    for other in (index - 1, index + 1):
        if 0 <= other < len(lines):
            near = read_heading_number(lines[other].text)
            if near and near.level == 1 and near.number.isdigit() and number.number.isdigit():
                return False
    return line.indent <= _MAX_INDENT or line.gap > 0


def _stands_as_title(lines: Sequence[Line], index: int, after: Line, layout: Layout) -> bool:
    line = lines[index]
    if len(line.text.split()) > _MAX_WORDS or read_list_marker(line.text) or not _starts_afresh(lines, index, layout):
        return False
    if after.text[0].islower() or (after.page != line.page and not line.first):
        return False
    listed = read_list_marker(after.text) is not None
    if layout.wrapped:
        short = len(line.text) <= max(layout.width * 0.75, 40)
        alone = line.gap > 0 or line.first or index == 0
        return short and alone and (listed or len(after.text) >= layout.width * _FULL_LINE)
    return listed or len(after.text) >= min(_PARAGRAPH_LENGTH, _FULL_LINE * layout.width)


def _starts_afresh(lines: Sequence[Line], index: int, layout: Layout) -> bool:
    """Tell whether the line does not continue the line above it."""
    line = lines[index]
    if not index or line.gap or line.first:
        return True
    before = lines[index - 1].text
    if before.endswith((".", "!", "?", ":", "»", ")", '"')) or (not layout.wrapped and read_list_marker(before)):
        return True
    return len(before) < layout.width * _FULL_LINE if layout.wrapped else len(before) <= MAX_HEADING
