"""The same words in the same surroundings are judged one way, in whichever document they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from compliance.config import hash_parts
from compliance.records import Attribution, Reading, ReuseSpan

MILDER: Final = (Attribution.UNATTRIBUTED, Attribution.UNCERTAIN, Attribution.QUOTED)

_WORD = re.compile(r"\w+")


def hash_alike(span: ReuseSpan, reading: Reading, number: int) -> str:
    """Return a hash of the wording with what stands around it: its passage, the one before it, the heading above.

    `number` is that of the document's passage.
    """
    passage = reading.passages[number]
    before = reading.passages[number - 1].text if number else ""
    return hash_parts(*map(_fold, (passage.text, before, "".join(passage.section[-1:]), span.source_text)))


def settle_alike(spans: Iterable[tuple[ReuseSpan, str]]) -> list[ReuseSpan]:
    """Return the spans, those with an equal hash of `hash_alike` with the mildest attribution that any of them has.

    Where a file's layout hides a lead-in or a quotation mark's other end, the other file of the same text shows it.
    """
    held = list(spans)
    mildest: dict[str, Attribution] = {}
    for span, alike in held:
        mildest[alike] = max(mildest.get(alike, span.attribution), span.attribution, key=MILDER.index)
    return [replace(span, attribution=mildest[alike]) for span, alike in held]


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
