"""Text into sentences."""

from __future__ import annotations

from itertools import pairwise

from compliance.text.boundaries import find_boundaries


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences' (start, end) offsets, in order, without overlap, covering all but white space.

    Empty lines, list items and bullets begin a sentence of their own; colons and semicolons end none. Bokmål and
    nynorsk have the same rules.
    """
    spans = []
    for begin, stop in pairwise([0, *find_boundaries(text), len(text)]):
        raw = text[begin:stop]
        start, end = begin + len(raw) - len(raw.lstrip()), begin + len(raw.rstrip())
        if start < end:
            spans.append((start, end))
    return spans
