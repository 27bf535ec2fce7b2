"""A text's characters, each as what it is to a reader: noise of files and of typesetting is taken out here.

Works on raw text, whole arrays at a time, and keeps for every character where it stands in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

PART, LETTER, DIGIT, INVISIBLE, MARK, EXPANDS, SOFT, HYPHEN, SPACE = range(9)  # kinds; PART: what parts words
LAST = 0xFFFF  # beyond the basic plane there are no letters of ours: all of it parts words

_SPECIAL = {
    **dict.fromkeys("-‐‑‒–—−", HYPHEN),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", INVISIBLE),
    "\xad": SOFT,
}
_SUSPENDED = frozenset({"og", "eller", "samt", "and", "or"})  # «helse- og omsorg»: two words

# A web address is one word: sharing one is a reference, not shared wording.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# «1. », «a) », «(iv) », «o »: what numbers an item is no word of it. «12. mai» is a date wherever its line begins.
_LIST_MARKER = re.compile(
    r"(?:\n|\A)[ \t]*(?:\(?(?:\d{1,2}|[A-Za-zæøåÆØÅ]|[ivx]{1,4})[.)]|o)[ \t]+"
    r"(?!(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des))"
)


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """The characters that count, as arrays of equal length: what they are folded, whether they are part of a word.

    `starts` and `stops` say which characters of the raw text each stands for; a composed letter stands for several.
    """

    folded: NDArray[np.uint32]
    in_word: NDArray[np.bool_]
    starts: NDArray[np.uint32]
    stops: NDArray[np.uint32]


def fold_characters(text: str) -> Characters:
    """Fold case and take the noise out of a text.

    Letters with combining marks are composed; ligatures spelt out; invisible characters and list markers dropped; so
    are hyphens within a word, soft or hard, with or without a line break after them: «IKT-strategi», «IKT-\\nstrategi»
    and «IKTstrategi» are the same word, and nobody needs to know which hyphens belong there.
    """
    folding, kind_of = _tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), LAST)
    kinds = kind_of[codes]
    starts = np.arange(len(codes), dtype=np.uint32)
    stops = starts + np.uint32(1)
    _take_addresses(text, kinds)
    for match in _LIST_MARKER.finditer(text):
        kinds[match.start() : match.end()] = SPACE
    noise = np.bincount(kinds, minlength=SPACE + 1)
    if noise[MARK]:
        codes, kinds = _compose(codes, kinds, stops)
    if noise[EXPANDS]:
        codes, kinds, starts, stops = _expand(codes, kinds, starts, stops)
    if noise[MARK] or noise[INVISIBLE]:
        kept = (kinds != MARK) & (kinds != INVISIBLE)
        codes, kinds, starts, stops = codes[kept], kinds[kept], starts[kept], stops[kept]
    if noise[SOFT] or noise[HYPHEN]:
        kept = _find_kept(codes, kinds)
        codes, kinds, starts, stops = codes[kept], kinds[kept], starts[kept], stops[kept]
    return Characters(folding[codes], (kinds == LETTER) | (kinds == DIGIT), starts, stops)


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return, for each character of the basic plane, its folded form and its kind."""
    folding = np.arange(LAST + 1, dtype=np.uint32)
    kinds = np.zeros(LAST + 1, dtype=np.uint8)
    for code in range(LAST):
        character = chr(code)
        folded = character.casefold()
        if len(folded) == 1:
            folding[code] = min(ord(folded), LAST)
        kinds[code] = _kind_of(character, folded)
    return folding, kinds


def _kind_of(character: str, folded: str) -> int:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isalnum():
        alone = LETTER if character.isalpha() else DIGIT
        return EXPANDS if len(folded) > 1 else alone
    if unicodedata.combining(character):
        return MARK
    return SPACE if character.isspace() else PART


def _take_addresses(text: str, kinds: NDArray[np.uint8]) -> None:
    if "www." in text or "http" in text:
        for match in _ADDRESS.finditer(text):
            kinds[match.start() : match.end()] = DIGIT


def _compose(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], stops: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Put each combining mark's letter before it together with it; `stops` is changed to take the mark in."""
    codes = codes.copy()
    for at in np.flatnonzero(kinds == MARK).tolist():
        base = at - 1
        while base >= 0 and kinds[base] == MARK:
            base -= 1
        if base >= 0:
            composed = unicodedata.normalize("NFC", chr(codes[base]) + chr(codes[at]))
            codes[base] = ord(composed) if len(composed) == 1 else codes[base]
            stops[base] = at + 1
    return codes, kinds


def _expand(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint8], starts: NDArray[np.uint32], stops: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint32]]:
    """Spell out «ﬁ», «ß» and their like; each letter of it stands for the whole character."""
    at = np.flatnonzero(kinds == EXPANDS)
    spelt = [chr(code).casefold() for code in codes[at].tolist()]
    counts = np.ones(len(codes), dtype=np.int64)
    counts[at] = [len(letters) for letters in spelt]
    first = (np.cumsum(counts) - counts)[at]
    codes, kinds = np.repeat(codes, counts), np.repeat(kinds, counts)
    for place, letters in zip(first.tolist(), spelt, strict=True):
        codes[place : place + len(letters)] = [ord(letter) for letter in letters]
        kinds[place : place + len(letters)] = LETTER
    return codes, kinds, np.repeat(starts, counts), np.repeat(stops, counts)


def _find_kept(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell the characters to keep: all but hyphens within a word, and the space after one that a line break made."""
    kept = np.ones(len(kinds), dtype=bool)
    at = np.flatnonzero((kinds[1:-1] == HYPHEN) | (kinds[1:-1] == SOFT)) + 1
    at = at[kinds[at - 1] == LETTER]
    after = kinds[at + 1]
    kept[at[after == LETTER]] = False
    for place in at[after == SPACE].tolist():
        end = place + 1
        while end < len(kinds) and kinds[end] == SPACE:
            end += 1
        if _goes_on(codes, kinds, place, end):
            kept[place:end] = False
    return kept


def _goes_on(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], hyphen: int, start: int) -> bool:
    """Tell whether the word hyphenated at `hyphen` goes on at `start`, behind a line break or what was one."""
    word = ""
    for code, kind in zip(codes[start : start + 6].tolist(), kinds[start : start + 6].tolist(), strict=True):
        if kind != LETTER:
            break
        word += chr(code)
    if not word or word.casefold() in _SUSPENDED:
        return False
    broken = not {0x0A, 0x0D}.isdisjoint(codes[hyphen + 1 : start].tolist())
    # A dash with a space on one side only is rare, and before a capital begins a name: «Oslo- Bergen».
    return codes[hyphen] in {0x2D, 0xAD, 0x2010, 0x2011} and (broken or word[0].islower())
