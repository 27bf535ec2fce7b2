"""Text into words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’.,:/](?=\d)(?<=\d[-\u2010\u2011'’.,:/])\d+|[-\u2010\u2011'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets: `text[start:end] == word.text`."""

    text: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Return the words and numbers of a text, in order.

    Inner hyphens and apostrophes stay («e-helse», «IKT-strategi», «ka'kje»), a number keeps its decimals and date
    parts («1,5», «31.12.2025», «10/22»); a hanging hyphen («helse- og») and all other punctuation is left out.
    """
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
