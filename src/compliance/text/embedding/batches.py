"""Which texts are computed together: of like length, in few shapes, with little padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BATCH_TOKENS = 512  # 256 to 2,048 are equally fast a token; a larger batch only keeps more in memory
FINE, COARSE, LONG = (
    8,
    16,
    64,
)  # lengths are rounded up to 8 up to 64 tokens, then to 16: 5 % padding (docs/embedding.md)


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts, by index, that are laid side by side in rows of `length` places."""

    texts: list[int]
    length: int


def plan_batches(lengths: Sequence[int], *, max_texts: int, max_tokens: int = BATCH_TOKENS) -> Iterator[Batch]:
    """Yield batches that hold every text once, longest first, within `max_tokens` places unless one text has more.

    The first use of a shape costs as much as some hundred tokens. So lengths are rounded up, and the number of texts
    is a power of two: the same few shapes come back in every document.
    """
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    start = 0
    while start < len(order):
        length = round_length(lengths[order[start]])
        fit = max(1, min(max_texts, max_tokens // length, len(order) - start))
        size = 1 << (fit.bit_length() - 1)
        yield Batch(order[start : start + size], length)
        start += size


def round_length(tokens: int) -> int:
    """Return the number of places that a text of so many tokens is given."""
    step = FINE if tokens <= LONG else COARSE
    return -(-tokens // step) * step
