"""From the probabilities of the steps upwards to one level."""

from __future__ import annotations

import numpy as np

from compliance.analyse.classification.heads import Array
from compliance.records import Level

_LEVELS = tuple(Level)


def class_probabilities(steps: Array) -> Array:
    """Return the probability of each level from those of the steps upwards, which are made to fall first."""
    falling = np.minimum.accumulate(steps, axis=1)
    above = np.hstack((np.ones((len(steps), 1)), falling))
    below = np.hstack((falling, np.zeros((len(steps), 1))))
    shares: Array = above - below
    return shares


def median_class(steps: Array) -> list[Level]:
    """Return each passage's median level: half of the probability lies at or below it."""
    return [_LEVELS[int(np.argmax(row.cumsum() >= 0.5))] for row in class_probabilities(steps)]
