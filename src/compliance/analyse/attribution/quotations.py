"""Words between quotation marks, of every style that Norwegian plans use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Opening and closing marks of every style in use, straight quotes and the wrong way round included. Short ones are
# matched too, or what stands between two quoted terms would be taken for a quotation the wrong way round.
_QUOTATION = re.compile(
    r"«[^»]+»|[“”„‟\"][^“”„\"]+[“”\"]|‘‘[^‘’]+’’|(?<!\w)[‘’‚'](?=\w)[^‘’'\n]+[’'](?!\w)|››[^‹]+‹‹"
    r"|»[^«»]+«|<<[^<>]+>>|‹[^›]+›"
)
MIN_CHARACTERS = 14  # marks included; shorter ones are terms
# A quotation of several paragraphs opens in one and closes in another.
_OPENED = re.compile(r"^\W{0,3}[«“„][^»”]{25,}$")
_CLOSED = re.compile(r"^[^«“„]{25,}[»”][.,;]?\d{0,2}\s*$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, marks included, with its offsets in the text."""

    text: str
    start: int
    end: int


def find_quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations of at least a dozen characters, in order; a paragraph of a longer one is one itself."""
    partly = _OPENED.match(text) or _CLOSED.match(text)
    for match in [partly] if partly else _QUOTATION.finditer(text):
        if len(match.group()) >= MIN_CHARACTERS:
            yield Quotation(match.group(), match.start(), match.end())
