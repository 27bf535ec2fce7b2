"""Page furniture among lines: running headers and footers, page numbers, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from compliance.ingest.lines.paged_text import Line
from compliance.ingest.patterns import (
    LEADER_START,
    fold_running_line,
    fold_title,
    is_contents_heading,
    is_contents_line,
    is_page_number,
    read_heading_number,
)
from compliance.records import Box, Furniture, FurnitureKind

EDGE_LINES = 3  # running lines are looked for among the first and last lines of a page
_MIN_PAGES = 3  # a line repeated on fewer pages is a coincidence
_MIN_SHARE = 0.15  # of the pages; a chapter's own running header stands on that many
_MAX_RUNNING = 120  # characters
_LEADER_AND_NUMBER = re.compile(rf"{LEADER_START}(?:[.…_·]\s?){{2,}}+\s*(?:\d{{1,3}}(?!\d))?\s*")
_ENDS_IN_NUMBER = re.compile(r"(?P<title>\S.{1,120}?)\s+\d{1,3}")
_LOOK_AHEAD = 4
_NAMED_PAGE = re.compile(r"(?:side|page)\s+\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?|\d{1,3}\s*\|\s*s\s?i\s?d\s?e", re.I)
_ENDS_IN_PAGE = re.compile(r"(?:\||\bside)\s*\d{1,3}(?:\s*(?:av|/)\s*\d{1,3})?$", re.I)


@dataclass(frozen=True, slots=True)
class Content:
    """The lines that are content, the furniture taken out, and the headings the table of contents names."""

    lines: list[Line]
    furniture: list[Furniture]
    contents: dict[str, int | None]  # folded title without number: level by its number


def split_furniture(lines: Sequence[Line], *, placed: bool) -> Content:
    """Take running lines, page numbers and contents out of the lines; `placed`: pages are known, so give them."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    furniture: list[Furniture] = []

    def put(kind: FurnitureKind, line: Line) -> None:
        furniture.append(Furniture(kind, line.text, page_box(line.page) if placed else None))

    kept: list[Line] = []
    judged = _judge_pages(pages) if placed else _judge_unpaged(lines)
    for kind, line in judged:
        if kind is None:
            kept.append(line)
        else:
            put(kind, line)
    contents: dict[str, int | None] = {}
    content: list[Line] = []
    for is_content, line in _judge_contents(kept):
        if is_content:
            content.append(line)
        else:
            put(FurnitureKind.CONTENTS, line)
            contents.update(_read_entries(line.text))
    return Content(content, furniture, contents)


def page_box(page: int) -> Box:
    """Return a box that says only which page: the text has lost the places on it."""
    return Box(page, 0, 0, 0, 0)


def _find_running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Return the folded lines that repeat at the top or at the bottom of pages."""
    needed = max(_MIN_PAGES, _MIN_SHARE * len(pages))
    found: set[str] = set()
    for edge in (slice(0, EDGE_LINES), slice(-EDGE_LINES, None)):
        counts = Counter(key for page in pages for key in {_running_key(line.text) for line in page[edge]})
        found.update(key for key, count in counts.items() if key and count >= needed)
    return found


def _running_key(text: str) -> str:
    if len(text) > _MAX_RUNNING or is_page_number(text):
        return ""
    folded = fold_running_line(text)
    return folded if any(character.isalpha() for character in folded) else text


def _judge_pages(pages: Sequence[list[Line]]) -> Iterator[tuple[FurnitureKind | None, Line]]:
    """Yield every line with what it is; None for content."""
    running = _find_running(pages)
    for page in pages:
        yield from _judge_page(page, running)


def _judge_unpaged(lines: Sequence[Line]) -> Iterator[tuple[FurnitureKind | None, Line]]:
    """Yield every line of a text that has lost its page breaks with what it is; None for content.

    A running line is told by a page number in it that says so: "Side 7", "Samfunnsdel 2030 | 7".
    """
    keys = Counter(fold_running_line(line.text) for line in lines if len(line.text) <= _MAX_RUNNING)
    for line in lines:
        key = fold_running_line(line.text)
        if _NAMED_PAGE.fullmatch(line.text):
            yield FurnitureKind.PAGE_NUMBER, line
        elif keys[key] > _MIN_PAGES and _ENDS_IN_PAGE.search(line.text):
            yield FurnitureKind.FOOTER, line
        else:
            yield None, line


def _judge_page(page: list[Line], running: set[str]) -> Iterator[tuple[FurnitureKind | None, Line]]:
    """Yield each line with what it is; None for content."""
    for index, line in enumerate(page):
        at_edge = index < EDGE_LINES or index >= len(page) - EDGE_LINES
        key = _running_key(line.text)
        if at_edge and is_page_number(line.text) and not line.text.isalpha():
            yield FurnitureKind.PAGE_NUMBER, line
        elif at_edge and key in running:
            yield FurnitureKind.HEADER if index < len(page) / 2 else FurnitureKind.FOOTER, line
        elif index == 0 and (cut := _running_prefix(line.text, running)):
            yield FurnitureKind.HEADER, replace(line, text=line.text[:cut].rstrip())
            yield None, replace(line, text=line.text[cut:])
        else:
            yield None, line


def _running_prefix(text: str, running: set[str]) -> int:
    """Return where the content begins in a line that a running header was read together with, 0 where none was."""
    words = text.split(" ")
    for count in range(len(words) - 1, 1, -1):
        head = " ".join(words[:count])
        if _running_key(head) in running:
            return len(head) + 1
    return 0


def _judge_contents(lines: Sequence[Line]) -> Iterator[tuple[bool, Line]]:
    """Yield each line with whether it is content; the others belong to a table of contents."""
    within = False
    for index, line in enumerate(lines):
        following = [other.text for other in lines[index + 1 : index + 1 + _LOOK_AHEAD]]
        within = _is_contents(line.text, following, within=within)
        yield not within, line


def _is_contents(text: str, following: Sequence[str], *, within: bool) -> bool:
    if is_contents_line(text):
        return True
    if is_contents_heading(text):
        return any(is_contents_line(other) or _ENDS_IN_NUMBER.fullmatch(other) for other in following)
    if not within or text.endswith((".", "!", "?")):
        return False
    return bool(_ENDS_IN_NUMBER.fullmatch(text)) or any(is_contents_line(other) for other in following[:1])


def _read_entries(text: str) -> Iterator[tuple[str, int | None]]:
    parts = _LEADER_AND_NUMBER.split(text)
    if len(parts) == 1 and (match := _ENDS_IN_NUMBER.fullmatch(text)):
        parts = [match["title"]]
    for part in filter(None, map(str.strip, parts)):
        number = read_heading_number(part)
        if title := fold_title(part):
            yield title, number.level if number else None
