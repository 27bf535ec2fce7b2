"""Lines that MuPDF read across the cells of a table, cut at the rules between them or at gaps too wide for a space."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

WIDE = 0.55  # of the type size: spaces are half as wide
CLEARLY = 1.5  # times the widest space within a cell: gaps of justified text are all about the same
MAX_TOKENS = 10  # words of a line: more are running text
MAX_WORDS_TO_AMOUNT = 4  # words of a line for each amount in it: "– Lån og tilskudd"

_AMOUNT = re.compile(r"[-–−(]?\d[\d.,]*[)%]?|[-–−]")

MAX_RULES = 400  # upright rules of a page: more are a drawing, and no table
MIN_RULE = 8.0  # points: shorter ones part no cells
MAX_WIDTH = 2.0  # points: wider ones are areas

Raw = dict[str, Any]


class Plumb(NamedTuple):
    """An upright rule, in the page's own points."""

    x: float
    y0: float
    y1: float


def list_plumbs(drawings: Sequence[Raw]) -> list[Plumb]:
    """Return the upright rules among what PyMuPDF's "cdrawings" gives; none where they are too many for a table."""
    found: list[Plumb] = []
    for items in (drawing["items"] for drawing in drawings):
        for kind, first, *rest in items:
            if kind == "re":
                x0, y0, x1, y1 = first
            elif kind == "l":
                (x0, y0), (x1, y1) = first, rest[0]
            else:
                continue
            if abs(x1 - x0) <= MAX_WIDTH and abs(y1 - y0) >= MIN_RULE:
                found.append(Plumb((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return found if len(found) <= MAX_RULES else []


def find_crossing(line: Raw, plumbs: Sequence[Plumb]) -> list[float]:
    """Return where rules stand through a line of PyMuPDF's "dict", from its top to its foot."""
    x0, y0, x1, y1 = line["bbox"]
    height = y1 - y0
    return [
        plumb.x for plumb in plumbs if x0 < plumb.x < x1 and plumb.y0 <= y0 + height / 4 and plumb.y1 >= y1 - height / 4
    ]


def split_at(line: Raw, rules: Sequence[float]) -> list[Raw]:
    """Return a line of PyMuPDF's "rawdict" as those that rules part, as "dict" gives them; a rule parts no word."""
    words = _collect_words(line)
    if line["dir"][0] < 0.99 or len(words) < 2:
        return [_join_words(line, words)]
    pieces = [[words[0]]]
    for before, word in pairwise(words):
        left, right = before[-1][1]["bbox"][2], word[0][1]["bbox"][0]
        if any(left <= x <= right for x in rules):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return [_join_words(line, piece) for piece in pieces]


def may_be_cells(line: Raw) -> bool:
    """Tell whether a line of PyMuPDF's "dict" may be several cells: few words, amounts among them."""
    tokens = "".join(span["text"] for span in line["spans"]).split()
    amounts = sum(bool(_AMOUNT.fullmatch(token)) for token in tokens)
    return amounts > 0 and len(tokens) <= min(MAX_TOKENS, MAX_WORDS_TO_AMOUNT * amounts)


def split_line(line: Raw) -> list[Raw]:
    """Return a line of PyMuPDF's "rawdict" as one or several lines as "dict" gives them.

    Only text that runs along the page's x-axis is cut, only where a piece is an amount, and only where the gaps
    are clearly wider than the other spaces of the line.
    """
    words = _collect_words(line)
    if line["dir"][0] < 0.99 or len(words) < 2:
        return [_join_words(line, words)]
    gaps = [after[0][1]["bbox"][0] - before[-1][1]["bbox"][2] for before, after in pairwise(words)]
    limit = WIDE * words[0][0][0]["size"]
    narrow = [gap for gap in gaps if gap <= limit]
    wide = [gap for gap in gaps if gap > limit]
    amounts = sum(bool(_AMOUNT.fullmatch("".join(letter["c"] for _, letter in word))) for word in words)
    even = min(wide, default=0.0) < CLEARLY * max(narrow) if narrow else len(words) > 3 and 2 * amounts < len(words)
    if not wide or not amounts or even:
        return [_join_words(line, words)]
    pieces = [[words[0]]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap > limit:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return [_join_words(line, piece) for piece in pieces]


Word = list[tuple[Raw, Raw]]  # letters, each with the span it belongs to


def _collect_words(line: Raw) -> list[Word]:
    words: list[Word] = []
    after_space = True
    for span in line["spans"]:
        for letter in span["chars"]:
            if not letter["c"].strip():
                after_space = True
                continue
            if after_space:
                words.append([])
            words[-1].append((span, letter))
            after_space = False
    return words


def _join_words(line: Raw, words: list[Word]) -> Raw:
    """Return a line of these words, its spans as they were printed, a space between words."""
    spans: list[Raw] = []
    for index, word in enumerate(words):
        for place, (span, letter) in enumerate(word):
            text = f" {letter['c']}" if index and place == 0 else letter["c"]
            last = spans[-1] if spans else None
            if last and last["source"] is span:
                last["text"] += text
                last["bbox"] = _unite(last["bbox"], letter["bbox"])
            else:
                spans.append({**span, "source": span, "text": text, "bbox": letter["bbox"], "origin": letter["origin"]})
    return {**line, "spans": spans}


def _unite(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
