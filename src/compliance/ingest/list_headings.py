"""Group headings of an action programme: «2. Prosjekter» over its measures a, b and c, set in the type of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from compliance.ingest.patterns import expects_more, is_caption

MAX_HEAD = 80  # characters of a group's heading; longer ones are measures themselves
MAX_BLOCK = 60  # characters of the heading over several groups
MIN_GROUPS = 2  # that follow each other by number: one alone is an item with a list of its own
_GROUP = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?=[^\W\d_a-zæøå])")
_FIRST_MEASURE = re.compile(r"a[.)]\s+\S")
_LEAD_IN = re.compile(r"\b(?:skal|vil|må|bør|kan|er|ønsker|ønskjer)$", re.IGNORECASE)  # it goes on in the list


def find_list_headings(heads: Sequence[str], openings: Sequence[str]) -> dict[int, int]:
    """Return the depth of each piece of text that heads measures or groups of them, by its index, from 1.

    `openings` are the first lines of all pieces in order; `heads` the same where a piece is a line of its own that can
    stand over others, else empty.
    """
    numbers = {
        index: int(match["number"])
        for index, (head, following) in enumerate(pairwise([*zip(heads, openings, strict=True)]))
        if (match := _GROUP.match(head[0])) and _is_short(head[0], MAX_HEAD) and _FIRST_MEASURE.match(following[1])
    }
    ordered = list(numbers.items())
    groups = {index for (index, number), (_, after) in pairwise(ordered) if after == number + 1}
    groups |= {index for (_, before), (index, number) in pairwise(ordered) if before == number - 1}
    if len(groups) < MIN_GROUPS:
        return {}
    blocks = {index - 1 for index in groups if index and _is_block(heads[index - 1])}
    return dict.fromkeys(groups, 2 if blocks else 1) | dict.fromkeys(blocks, 1)


def _is_short(text: str, limit: int) -> bool:
    return 0 < len(text) <= limit and not text.endswith((".", ":", ",", ";", "?", "!"))


def _is_block(text: str) -> bool:
    sentence = expects_more(text) or _LEAD_IN.search(text) or is_caption(text)
    return _is_short(text, MAX_BLOCK) and text[:1].isupper() and not sentence
