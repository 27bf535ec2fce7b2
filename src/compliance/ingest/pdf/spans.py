"""From PyMuPDF's spans to the text of a line: letters as printed, note marks left out, hidden text told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Raw = dict[str, Any]

BOLD, ITALIC, RAISED = 16, 2, 1  # PyMuPDF's span flags
MARK_SIZE = 0.8  # of the line's type size: a note's mark is set smaller
MARK_RISE = 0.15  # of the line's type size that its baseline is lifted at least
TINY = 1.5  # points: nobody can read smaller type
_HEAVY = ("bold", "black", "heavy", "semibold", "demi")
_SLANTED = ("italic", "oblique")
_MARK = re.compile(r"\s*(?:\d{1,3}\)?(?:\s*,\s*\d{1,3})*|\*{1,3}|[†‡§])\s*")
_MEASURE = re.compile(r"(?:\b|\d)[kcdm]?m$")  # «km» before a raised 2 or 3 is a unit
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What Calibri's ligatures are mapped to in PDFs that Word makes. The first four are letters of no language that plans
# are written in; the last two are, so that they are believed only in Calibri itself or beside one of the others.
_LIGATURES = {"Ɵ": "ti", "Ʃ": "tt", "ƞ": "tf", "ƫ": "tti"}
_AMBIGUOUS = {"Ō": "ft", "ĩ": "fj"}
_ANY_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_FROM_LIGATURE = str.maketrans(_LIGATURES | _AMBIGUOUS)
_DIVIDED = re.compile("\xad+[-\u2010]$|[-\u2010]\xad+$|\xad\xad+$")  # one is where to divide, one is what is printed
_INNER_SOFT_HYPHEN = re.compile("\xad(?=.)", re.DOTALL)
# Where a word may be divided, and is not: InDesign keeps the place. Else a hyphen is printed: «2025-2028», «e-helse».
_DIVISION = re.compile("(?<=[a-zæøåé]{2})\xad(?=[a-zæøåé])|(?<=[A-ZÆØÅ]{5})\xad(?=[A-ZÆØÅ]{2})")


def is_bold(span: Raw) -> bool:
    """Whether the span is set in a heavy face."""
    return _has(span, BOLD, _HEAVY)


def is_italic(span: Raw) -> bool:
    """Whether the span is set in a slanted face."""
    return _has(span, ITALIC, _SLANTED)


def is_raised(span: Raw, main: Raw) -> bool:
    """Whether the span is set small above the line's baseline."""
    smaller = span["size"] < MARK_SIZE * main["size"]
    lifted = main["origin"][1] - span["origin"][1] >= MARK_RISE * main["size"]
    return bool(span["flags"] & RAISED) or (smaller and lifted)


def read_line_text(spans: Sequence[Raw], main: Raw) -> str:
    """Return the words of a line whose type is that of `main`; marks of notes within it are left out.

    A mark that opens the line is kept: it is a note's own.
    """
    if len(spans) == 1:
        return _read_span(main)
    parts: list[str] = []
    for span in spans:
        text = _read_span(span)
        if span is not main and _MARK.fullmatch(text) and is_raised(span, main) and "".join(parts).strip():
            before = "".join(parts)
            text = text.strip().translate(_POWERS) if _MEASURE.search(before) and text.strip() in "23" else ""
        parts.append(text)
    return "".join(parts)


def has_ligature(text: str) -> bool:
    """Whether the text surely holds a ligature of Calibri's under a wrong name."""
    return _ANY_LIGATURE.search(text) is not None


def spell_ligatures(text: str) -> str:
    """Return the text with Calibri's ligatures spelt out."""
    return text.translate(_FROM_LIGATURE)


def maps_hyphens(texts: Sequence[str]) -> bool:
    """Whether a page's font maps its hyphens to U+00AD: most of those within a line cannot be places to divide."""
    inner = sum(len(_INNER_SOFT_HYPHEN.findall(text)) for text in texts)
    return inner > 2 * sum(len(_DIVISION.findall(text)) for text in texts)


def print_hyphens(text: str, *, always: bool) -> str:
    """Return the text with the soft hyphens that are printed within a line as hyphens, without those that are not.

    At the end of a line one divides a word, unless the page's font maps every hyphen to it (`always`).
    """
    text = _DIVIDED.sub("\xad", text) if "\xad" in text[-2:] else text
    return text.replace("\xad", "-") if always else _INNER_SOFT_HYPHEN.sub("-", _DIVISION.sub("", text))


def _read_span(span: Raw) -> str:
    """Return the span's text, a lone sign of a symbol font made the bullet it looks like."""
    text: str = span["text"]
    sign = text.strip()
    if len(sign) == 1 and ("\uf000" <= sign <= "\uf0ff" or span["font"].startswith(("Symbol", "Wingding"))):
        return text.replace(sign, "–" if sign in "−-–\uf02d" else "•")
    return text


def _has(span: Raw, flag: int, names: tuple[str, ...]) -> bool:
    font = span["font"].lower()
    return bool(span["flags"] & flag) or any(name in font for name in names)
