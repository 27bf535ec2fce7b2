"""A range of characters."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` up to, and without, `end` of a text; `text[start:end]` is what it covers.

    A tuple rather than a dataclass, so that `for start, end in spans` and comparison with plain pairs work.
    """

    start: int
    end: int
