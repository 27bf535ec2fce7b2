"""Text as pages of lines, for formats that have nothing but lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

# How texts taken from a PDF mark its pages: "<!-- side 3 -->", "--- page 3 of 10 ---".
_PAGE_MARK = re.compile(
    r"^[ \t]*(?:<!--\s*(?:side|page)\s+(\d{1,4})\s*-->|[-=–—]{2,}\s*(?:side|page)\s+(\d{1,4})"
    r"(?:\s*(?:av|of|/)\s*\d{1,4})?\s*[-=–—]{2,})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
TAB_WIDTH = 4
_UNWRAPPED_LENGTH = 130  # characters; longer lines are wrapped only where their breaks say so
_TEXT_LINE = 40  # characters of a line that is text rather than a heading or an item
_MIN_PARAGRAPHS = 3  # lines of text, before their ends say anything
_ENDED_SHARE = 0.8  # of the lines of text; of wrapped lines one in five ends a sentence
_ENDS = (".", "!", "?", ":")
_MIN_BREAKS = 3  # within sentences, before where they stand says anything
_FULL_SHARE = 0.9  # of the breaks within sentences; a line cut by hand or by a PDF's layout is often shorter


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it; `gap` counts the blank lines above."""

    text: str
    page: int
    indent: int = 0
    gap: int = 0
    first: bool = False  # on its page


@dataclass(frozen=True, slots=True)
class PagedText:
    """A text's lines with the numbers of its pages, and what stands before the first page mark."""

    lines: list[Line]
    pages: tuple[int, ...]
    preamble: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text uses its lines: hard-wrapped at about `width` characters, or a line a paragraph."""

    wrapped: bool
    width: int


def has_page_marks(text: str) -> bool:
    """Tell whether the text marks the pages it was taken from."""
    return _PAGE_MARK.search(text) is not None


def split_pages(text: str) -> PagedText:
    """Return the text's lines, page by page: by page marks, else by form feeds, else all on page 1."""
    pages: list[tuple[int, str]] = []
    preamble = ""
    if has_page_marks(text):
        parts = _PAGE_MARK.split(text)
        preamble = parts[0]
        pages = [(int(one or two), body) for one, two, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)]
    else:
        bodies = text.rstrip("\f\r\n ").split("\f")
        pages = list(enumerate(bodies, start=1))
    lines = [line for number, body in pages for line in _read_lines(body, number)]
    return PagedText(_close_double_spacing(lines), tuple(dict.fromkeys(number for number, _ in pages)), preamble)


def measure_layout(lines: Sequence[Line]) -> Layout:
    """Return how the text is wrapped, judged by the length that nine of ten lines stay within."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    if width <= _UNWRAPPED_LENGTH:
        return Layout(wrapped=not _is_line_a_paragraph(lines), width=width)
    wrapped_at = _find_wrap_width(lines)
    return Layout(wrapped=wrapped_at is not None, width=wrapped_at or width)


def _find_wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the width of lines that break within sentences only where the next word had no room; else None."""
    breaks = [
        (before, line)
        for before, line in pairwise(lines)
        if not (line.gap or line.first) and not before.text.endswith(_ENDS) and line.text[0].islower()
    ]
    if len(breaks) < _MIN_BREAKS:
        return None
    width = max(len(before.text) for before, _ in breaks)
    full = sum(len(before.text) + 1 + len(line.text.split()[0]) > width for before, line in breaks)
    return width if full >= _FULL_SHARE * len(breaks) else None


def _is_line_a_paragraph(lines: Sequence[Line]) -> bool:
    """Tell whether nearly every line of text ends its sentence and hardly any begins in one: nobody wraps so."""
    text = [line.text for line in lines if len(line.text) >= _TEXT_LINE]
    ended = sum(line.endswith(_ENDS) for line in text)
    open_starts = sum(line[0].islower() for line in text)
    return len(text) >= _MIN_PARAGRAPHS and ended >= _ENDED_SHARE * len(text) and open_starts <= 0.1 * len(text)


def _read_lines(body: str, page: int) -> Iterator[Line]:
    gap, first = 0, True
    for raw in body.splitlines():
        text = raw.strip()
        if not text.strip("\ufeff\u200b"):
            gap += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip())]
        yield Line(text, page, len(lead.expandtabs(TAB_WIDTH)), gap, first)
        gap, first = 0, False


def _close_double_spacing(lines: list[Line]) -> list[Line]:
    """Remove the blank line between every two lines, where a text is set that way.

    It is where single blank lines are the rule and often stand within a sentence.
    """
    inner = [line for line in lines if not line.first]
    spaced = [line for line in inner if line.gap == 1]
    within = sum(1 for line in spaced if line.text[0].islower())
    if len(spaced) < 0.6 * len(inner) or within < 0.25 * max(1, len(spaced)):
        return lines
    return [line if line.first else replace(line, gap=max(0, line.gap - 1)) for line in lines]
