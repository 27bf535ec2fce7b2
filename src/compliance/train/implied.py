"""Finds in the readers' labels which goals bring another with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compliance.analyse.classification.implied import Implied
from compliance.train.examples import Targets

LEAST_SHARE = 0.95  # of the passages with the goal that have the other too: what readers do nearly always
LEAST = 20  # passages with the goal, below which that may be chance


def find_implied(targets: Targets, goals: Sequence[str]) -> tuple[Implied, ...]:
    """Return the goals that bring another, from the targets of shape (passages, goals); the surest first."""
    counts = targets.sum(axis=0)
    shares = (targets.T @ targets) / np.maximum(counts, 1)[:, None]
    found = [
        Implied(goals[goal], goals[other], round(float(shares[goal, other]), 4))
        for goal, other in np.argwhere((shares >= LEAST_SHARE) & (counts >= LEAST)[:, None]).tolist()
        if goal != other
    ]
    return tuple(sorted(found, key=lambda each: -each.share))
