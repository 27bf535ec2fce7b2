"""Letter-spaced words: «D I G I T A L» is one word, told by how far its letters stand apart."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

MIN_LETTERS = 4  # fewer letters apart are initials or the heads of columns
MAX_SPACING = 0.8  # of the type size: letters further apart are the heads of columns
WORD_GAP = 0.18  # of the type size beyond the usual gap: there a word ends
SPARSE = 3  # characters a blank: with fewer blanks, most tokens have several letters
SINGLE = 0.7  # share of a line's tokens that are single letters

Raw = dict[str, Any]


def may_be_tracked(line: Raw) -> bool:
    """Tell whether a line of PyMuPDF's "dict" may be letter-spaced: most of its tokens are single letters."""
    text = "".join(span["text"] for span in line["spans"])
    if text.count(" ") * SPARSE < len(text):
        return False
    tokens = text.split()
    single = sum(len(token) == 1 and token.isalpha() for token in tokens)
    return single >= max(MIN_LETTERS, SINGLE * len(tokens))


def close_tracking(line: Raw) -> Raw:
    """Return a line of "rawdict" with its letters joined to words, as "dict" gives it.

    The last letter's spacing is counted as part of it, so that the next word of the title is near enough.
    """
    letters = [(span, char) for span in line["spans"] for char in span["chars"] if char["c"].strip()]
    gaps = [after[1]["bbox"][0] - before[1]["bbox"][2] for before, after in pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    main = letters[0][0]
    text = letters[0][1]["c"]
    closed = 0 < usual <= MAX_SPACING * main["size"]
    for gap, (_, char) in zip(gaps, letters[1:], strict=True):
        apart = gap > usual + WORD_GAP * main["size"] if closed else gap > 0
        text += f" {char['c']}" if apart else char["c"]
    x0, y0, x1, y1 = line["bbox"]
    bbox = (x0, y0, x1 + (usual if closed else 0.0), y1)
    plain = {key: value for key, value in main.items() if key != "chars"}
    return {**line, "bbox": bbox, "spans": [{**plain, "text": text, "bbox": bbox, "origin": letters[0][1]["origin"]}]}
