"""Drop caps: a large first letter that stands beside the lines it opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from compliance.ingest.pdf.lines import ABOVE, Line

LARGER = 1.7  # times the text's type size: smaller initials stand on the first line's own baseline
MIN_LINES = 2  # that a letter stands beside; beside one only, it is part of that line
REACH = 1.5  # of the text's type size: the room between the letter and the text
CAP_HEIGHT = 0.75  # of the letter's type size, above its baseline
_CAP = re.compile(r"[«\"“]?[A-ZÆØÅ]")
_WORDS = frozenset("IÅ")  # letters that are words as well
# Words that begin with «Å», without it: else it is the mark of an infinitive.
_WORDS_IN_AA = re.compile(r"pen|pn|r(?:et|ene|lig|leg|s|ing|gang|a\b)|lesund|lgård|sane|snes|seral|sgård|mot|fjord|tte")
# What follows «I» as a word of its own, at the start of a Norwegian text.
_AFTER_I = re.compile(
    r"(?:dag|løpet|tillegg|tråd|dette|denne|den|det|de|en|ei|et|eit|vår|våre|årene|åra|fremtiden|framtida|være|vere"
    r"|skape|leve|bo|bygge|få|gi|ta|arbeide|norge|noreg|kommunen|forbindelse|samarbeid|perioden|planperioden|\d+)\b",
    re.IGNORECASE,
)


def join_drop_caps(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the page's lines with each drop cap made the first letter of the line it opens.

    The lines beside it then begin where the letter does, as they are read.
    """
    caps = [line for line in lines if len(line.text) <= 3 and line.upright and _CAP.fullmatch(line.text.strip())]
    joined = list(lines)
    for cap in caps:
        beside = sorted(_find_beside(cap, joined), key=lambda index: joined[index].y0)
        if len(beside) < MIN_LINES or not _fits(cap, joined[beside[0]]):
            continue
        for order, index in enumerate(beside):
            text = _open_word(cap.text.strip(), joined[index].text) if order == 0 else joined[index].text
            joined[index] = replace(joined[index], text=text, x0=cap.x0)
        joined.remove(cap)
    return tuple(joined)


def _find_beside(cap: Line, lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the lines right of the letter, between its top and its baseline."""
    base = cap.y0 + ABOVE * cap.size
    top = base - CAP_HEIGHT * cap.size
    return [
        index
        for index, line in enumerate(lines)
        if line.upright
        and cap.size >= LARGER * line.size
        and top - 0.5 * line.size <= line.middle <= base + 0.3 * line.size
        and -0.1 * cap.size <= line.x0 - cap.x1 <= REACH * line.size
    ]


def _fits(cap: Line, first: Line) -> bool:
    """Whether the first line goes on in small letters, or in capitals as the first words of a chapter do."""
    opening = re.sub(r"\W", "", first.text)[:3]
    return opening[:1].islower() or opening.isupper() or cap.text.strip()[-1] in _WORDS


def _open_word(letter: str, text: str) -> str:
    apart = letter[-1] in _WORDS and text[:1] == " "
    apart = apart or (letter[-1] == "I" and _AFTER_I.match(text) is not None)
    apart = apart or (letter[-1] == "Å" and _WORDS_IN_AA.match(text) is None)
    return f"{letter} {text.lstrip()}" if apart else letter + text
