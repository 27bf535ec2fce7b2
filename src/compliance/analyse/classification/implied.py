"""Goals that bring another with them: who speaks for fast networks (KS4.8) speaks for what they are part of (DA2).

Which do is learnt from the readers' labels alone. The other goal is then at least as likely as the one that brings it,
times how often it does: a law of probability, so that nothing is given to a passage that had no goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.classification.heads import Array

Columns = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Implied:
    """A goal that readers give with another."""

    goal: str
    brings: str
    share: float  # of the passages with the goal that have the other too


@dataclass(frozen=True, slots=True)
class Raised:
    """Probabilities of goals, each with where it comes from; both of the shape (passages, goals)."""

    predicted: Array
    sources: Columns  # the column whose probability it rests on: its own, or that of the goal that brings it


def raise_implied(predicted: Array, goals: Sequence[str], implied: Sequence[Implied]) -> Raised:
    """Return the probabilities, none below what another goal brings; only what a goal has by itself brings others."""
    raised, sources = predicted.copy(), np.broadcast_to(np.arange(len(goals)), predicted.shape).copy()
    for each in implied:
        source, target = goals.index(each.goal), goals.index(each.brings)
        brought = each.share * predicted[:, source]
        higher = brought > raised[:, target]
        raised[higher, target], sources[higher, target] = brought[higher], source
    return Raised(raised, sources)
