"""Cuts a document into windows: consecutive passages of a section that the encoder reads as one text.

So each passage is read after its lead-in and its predecessor and before the line that follows, and what stands above
is read once for all of them. Windows begin at headings: a change in one section leaves the vectors of the others alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.context import Place, strip_marker
from compliance.text.embedding.in_context import Window

_BULLET = "•"
MAX_CHARACTERS = 900  # of a window, some 220 tokens, unless one passage has more (docs/judgement.md)
MAX_CONTINUED = 1200  # where the next passage goes on with a small letter: it belongs to what it continues
MAX_PASSAGES = 24  # so that each has room for its beginning


def cut_windows(places: Sequence[Place], wanted: NDArray[np.bool_] | None = None) -> list[Window]:
    """Return the passages that are wanted, all where nothing is said, in order and each in one window.

    All bullets become one: which sign a document uses says nothing, and many are unknown to the encoder.
    """
    texts = [write_text(place) for place in places]
    found = []
    for rows in _group(places, texts, [True] * len(texts) if wanted is None else wanted.tolist()):
        above = _describe_above(places[rows[0]], texts[rows[0] - 1] if rows[0] else "")
        found.append(Window(above, tuple(texts[row] for row in rows)))
    return found


def write_text(place: Place) -> str:
    """Return the passage as the encoder reads it."""
    return f"{_BULLET} {strip_marker(place.passage.text)}" if place.item else place.passage.text


def _group(places: Sequence[Place], texts: Sequence[str], wanted: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the passages of each window: neighbours that are all wanted."""
    rows: list[int] = []
    size = 0
    for row, text in enumerate(texts):
        if rows and (not wanted[row] or _begins(places, row, passages=len(rows), characters=size + len(text))):
            yield rows
            rows, size = [], 0
        if wanted[row]:
            rows.append(row)
            size += len(text)
    if rows:
        yield rows


def _begins(places: Sequence[Place], row: int, *, passages: int, characters: int) -> bool:
    """Tell whether a window begins here, where the one before would else have so many passages and characters."""
    if places[row].heading and not places[row - 1].heading:
        return True
    continued = places[row].passage.text[:1].islower()
    return passages >= MAX_PASSAGES or characters > (MAX_CONTINUED if continued else MAX_CHARACTERS)


def _describe_above(place: Place, before: str) -> str:
    """Return heading, then lead-in or predecessor; a heading that begins a section needs no predecessor."""
    heading = place.headings[-1] if place.headings else ""
    opener = place.lead_in.text if place.lead_in else "" if place.heading else before
    return " / ".join(above for above in dict.fromkeys((heading, opener)) if above)
