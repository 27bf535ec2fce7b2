"""Characters and line ends: what the eye sees becomes what the text says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LINE_BREAKS = dict.fromkeys(["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"], "\n")
_SPACES = dict.fromkeys(
    ["\t", "\x1f", "\xa0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u202f", "\u205f", "\u3000"], " "
)
_SYMBOL_FONT_BULLETS = dict.fromkeys(["\uf0b7", "\uf0a7", "\uf0d8", "\uf0be", "\uf076", "\uf0fc"], "•")
_INVISIBLE = dict.fromkeys(
    [
        *map(chr, range(0x09)),
        *map(chr, range(0x0E, 0x1C)),
        *map(chr, range(0x7F, 0x85)),
        *map(chr, range(0x86, 0xA0)),
        "\xad",  # soft hyphen
        *map(chr, range(0x200B, 0x2010)),  # zero width characters and direction marks
        *map(chr, range(0x202A, 0x202F)),
        *map(chr, range(0x2060, 0x2070)),
        "\ufeff",
    ],
    "",
)
_HYPHENS = {"\u2010": "-", "\u2011": "-"}
_CHARACTERS = str.maketrans({**_LIGATURES, **_LINE_BREAKS, **_SPACES, **_SYMBOL_FONT_BULLETS, **_INVISIBLE, **_HYPHENS})

# One character for one character, so that offsets stay: never add a longer or an empty value here.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟″‹›", '"'),
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("\u2010\u2011‒–—―−", "-"),
        **dict.fromkeys([*_SPACES, *_LINE_BREAKS, "\n", "\r"], " "),
    }
)

_USUAL = re.compile("[ -~æøåÆØÅéÉ«»–…§€½’“”•]*")  # what most lines are made of, and stays as it is
_SOFT_BREAK = re.compile(r"\xad[^\S\n]*\r?\n[^\S\n]*")
_LAST_TOKEN = re.compile(r"\S*\Z")
_FIRST_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_SUSPENDED = {"og", "eller", "and", "or"}  # «helse- og omsorg»; none of them is how a hyphenated syllable begins
_PREFIXES = {"ikke", "ikkje", "eks", "ex", "non"}  # written with a hyphen before a small letter
_RANGE_END = re.compile(r"\d[-–]\Z")
_MAX_WORD = 400  # characters; how far back a join looks. The longest addresses have 300
_ACRONYM_LENGTH = 3  # in a heading in capitals a longer fragment is half a word («PLAN-STRATEGI»), not an acronym


def normalise_text(raw: str) -> str:
    """Return the text in NFC with one character for what looks like one.

    Ligatures are spelt out, soft hyphens, zero-width and control characters removed, every kind of space becomes a
    space, every line separator a line feed, U+2010 and U+2011 a hyphen, bullets of symbol fonts «•». Quotes and
    dashes stay as printed; runs of spaces are not folded. Idempotent.
    """
    if _USUAL.fullmatch(raw):
        return raw
    text = _SOFT_BREAK.sub("", raw).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_CHARACTERS))


def join_lines(lines: Sequence[str]) -> str:
    """Return the lines of one paragraph as one line, words that were hyphenated at a line end made whole.

    Takes the lines as read, before normalise_text, which would remove the soft hyphens that say where to join.
    The result is normalised, without line breaks and with single spaces.
    """
    joined = ""
    for raw in lines:
        soft = raw.rstrip().endswith("\xad")
        line = " ".join(normalise_text(raw).split())
        if not line:
            continue
        joined += line
        joined += "\xad" if soft else "\n"
    return _resolve_line_ends(joined)


def fold_text(text: str) -> str:
    """Return the text for matching: case folded, one kind each of quote, apostrophe, dash and space.

    Keeps the length: character `i` of the result stands for character `i` of `text`, so offsets carry over.
    """
    folded = text.casefold()
    if len(folded) != len(text):  # casefold only ever lengthens, so an equal length means one to one
        folded = "".join(low if len(low := character.casefold()) == 1 else character for character in text)
    return folded.translate(_FOLDED)


def _resolve_line_ends(joined: str) -> str:
    """Replace each line feed (or soft hyphen) between lines by what belongs there."""
    parts = re.split(r"([\n\xad])", joined)
    done: list[str] = []  # what no join can change any more: a paragraph may have thousands of lines
    text = parts[0]
    for mark, line in zip(parts[1::2], parts[2::2], strict=True):
        if line:
            text = text + line if mark == "\xad" else _join_two(text, line)
        if len(text) > 2 * _MAX_WORD:
            done.append(text[:-_MAX_WORD])
            text = text[-_MAX_WORD:]
    return "".join([*done, text])


def _join_two(before: str, after: str) -> str:
    """Join two lines, deciding what a hyphen at the end of the first means."""
    if _RANGE_END.search(before) and after[0].isdigit():
        return before + after
    if before.endswith("/") and before[-2:-1].isalpha() and after[0].isalpha():
        return before + after
    if before.endswith("-") and before[-2:-1].isalnum():
        return _join_hyphenated(before, after)
    return f"{before} {after}"


def _join_hyphenated(before: str, after: str) -> str:
    """Join two lines of which the first ends in a hyphen that follows a letter or digit."""
    token = _LAST_TOKEN.search(before[:-1])
    word = _FIRST_WORD.match(after)
    if token is None or word is None:
        return before + after if after[0] == "/" else f"{before} {after}"
    if word[0].casefold() in _SUSPENDED:
        return f"{before} {after}"
    if _keeps_hyphen(token[0], word[0]):
        return before + after
    return before[:-1] + after


def _keeps_hyphen(token: str, word: str) -> bool:
    """Say whether the hyphen belongs to the word: «e-helse», «IKT-strategi», «Nord-Trøndelag», «covid-19»."""
    fragment = re.split(r"[^\w]", token)[-1]
    if _ADDRESS.search(token) or word[0].isdigit() or any(map(str.isdigit, fragment)):
        return True
    if len(fragment) == 1 or fragment.casefold() in _PREFIXES:
        return True
    if fragment.isupper():
        return not word.isupper() or len(fragment) <= _ACRONYM_LENGTH
    return word[0].isupper()
