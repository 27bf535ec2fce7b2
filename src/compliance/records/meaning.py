"""What a passage means, as far as the scores read it (stage 3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """The encoder's vector of a passage, along the directions in which passages differ most (docs/scoring.md).

    A passage that no encoder read has none.
    """

    document_id: str
    passage_id: str
    numbers: tuple[float, ...]  # in the order of `score.meaning.Directions`
