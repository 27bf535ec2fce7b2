"""Lines that lost the breaks within them, taken apart: headings glued to their text, lists run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from compliance.ingest.lines.paged_text import Line
from compliance.ingest.patterns import BULLETS, fold_title, read_heading_number

_MAX_TITLE_WORDS = 12
_INLINE_BULLET = re.compile(rf"\s+(?=[{re.escape(BULLETS)}]\s+\S)")
_INLINE_DASHES = {dash: re.compile(rf"\s+(?={dash}\s+[A-ZÆØÅ«\d])") for dash in "-–"}
_INLINE_NUMBER = re.compile(r"\s+(?=(\d{1,2})\.\s+[A-ZÆØÅ«])")
_MIN_ITEMS = 3  # fewer dashes within a line are just dashes
# A title does not end in one of these, so a capital after them is a name.
_LINKING = frozenset(
    ("og", "eller", "i", "på", "med", "for", "av", "til", "som", "den", "det", "de", "en", "ei", "eit", "et", "ein")
) | frozenset(("fra", "frå", "om", "hos", "ved", "mot", "sin", "sitt", "si", "vår", "–", "-"))


def split_glued_headings(lines: Sequence[Line], contents: Mapping[str, int | None]) -> list[Line]:
    """Return the lines with headings that open a longer line on a line of their own.

    A title of the table of contents is taken off where a line opens with its number and words. A number of at least
    two steps is enough where its title plainly ends: "3.2.1 Trygg skuleveg Trygg skuleveg er …".
    """
    return [part for line in lines for part in _split_heading(line, contents)]


def split_inline_list(text: str) -> list[str]:
    """Return what a list that lost its line breaks was made of: "Vi skal: • øke … • styrke …"."""
    pieces = _INLINE_BULLET.split(text)
    if len(pieces) == 1:
        pieces = _split_dashes(text)
    return [item for piece in pieces for item in _split_numbered(piece)]


def _split_dashes(text: str) -> list[str]:
    """Split at one kind of dash, where the text opens with it or it follows a colon."""
    for dash, pattern in _INLINE_DASHES.items():
        pieces = pattern.split(text)
        if len(pieces) >= _MIN_ITEMS and (pieces[0].startswith(f"{dash} ") or pieces[0].endswith(":")):
            return pieces
    return [text]


def _split_heading(line: Line, contents: Mapping[str, int | None]) -> Iterator[Line]:
    number = read_heading_number(line.text)
    cut = _find_title_end(line.text, number.end, number.level, contents) if number else 0
    if not cut:
        yield line
        return
    yield replace(line, text=line.text[:cut])
    yield from _split_heading(replace(line, text=line.text[cut:].lstrip(), gap=0, first=False), contents)


def _find_title_end(text: str, start: int, level: int, contents: Mapping[str, int | None]) -> int:
    """Return where the title ends that begins at `start`, 0 where the whole text is title or nothing tells."""
    words = list(re.finditer(r"\S+", text[start:]))[: _MAX_TITLE_WORDS + 1]
    for word, following in reversed(list(pairwise(words))):
        if following[0][0].isalnum() and fold_title(text[: start + word.end()]) in contents:
            return start + word.end()
    if level < 2 or len(text) <= start + 60:
        return 0
    for word, following in pairwise(words):
        if not word[0][-1].isalnum() or word[0] in _LINKING:
            continue
        if following[0][0].isupper() and not word[0].isupper():
            return start + word.end()
    return 0


def _split_numbered(text: str) -> list[str]:
    """Split "1. … 2. … 3. …" where the numbers run on from 1."""
    if not text.startswith("1. "):
        return [text]
    pieces, expected, start = [], 2, 0
    for match in _INLINE_NUMBER.finditer(text):
        if int(match[1]) == expected:
            pieces.append(text[start : match.start()])
            start, expected = match.end(), expected + 1
    return [*pieces, text[start:]]
