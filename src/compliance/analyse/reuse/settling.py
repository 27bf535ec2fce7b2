"""The same words in the same surroundings are judged one way, in whichever document they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from compliance.records import Attribution, Reading, ReuseSpan

_MILDER = (Attribution.UNATTRIBUTED, Attribution.UNCERTAIN, Attribution.QUOTED)
_WORD = re.compile(r"\w+")

Surroundings = tuple[str, str, tuple[str, ...]]  # the passage, the one before it, and the heading above


def settle_alike(spans: Iterable[ReuseSpan], readings: Sequence[Reading]) -> list[ReuseSpan]:
    """Return the spans, those in equal passages below equal headings with the mildest attribution that any of them has.

    Where a file's layout hides a lead-in or a quotation mark's other end, the other file of the same text shows it.
    """
    around = {
        passage.id: (
            _fold(passage.text),
            _fold(reading.passages[number - 1].text) if number else "",
            tuple(map(_fold, passage.section[-1:])),
        )
        for reading in readings
        for number, passage in enumerate(reading.passages)
    }
    groups: dict[tuple[Surroundings, str], list[ReuseSpan]] = defaultdict(list)
    for span in spans:
        groups[around[span.passage_id], _fold(span.source_text)].append(span)
    return [
        replace(span, attribution=max((each.attribution for each in group), key=_MILDER.index))
        for group in groups.values()
        for span in group
    ]


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
