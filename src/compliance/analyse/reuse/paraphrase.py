"""Sentences that say what another text says, in other words.

A weaker sign than shared wording, and kept apart from it. Two sentences count as one reworked from the other when
they share content words and lie much nearer each other in meaning than sentences of plans usually do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.encoder import Encoder, Prefix
from compliance.text.word_lists import ReferenceSentences, load_words

# Logistic regression on 157 reworked and 160 other pairs (docs/reuse.md, "Reworked"): 0.5 is as likely as not.
INTERCEPT, MEANING_WEIGHT, OVERLAP_WEIGHT = -10.8, 1.07, 9.5
MIN_SIMILARITY = 0.85  # above every pair of unrelated sentences that we read; a wrong accusation hurts more than a miss
MEANING_TOP = 6.0  # standard deviations above the background that count as a meaning score of 1
_MIN_SPREAD = 1e-4  # cosines; keeps the scale finite where a test's encoder gives equal vectors


def measure_standings(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> NDArray[np.float64]:
    """Return how near the two texts of each pair are, in standard deviations above ordinary sentences of plans.

    Each text is embedded once, all in one batch. Each side is read against its own cosines to the background; the mean
    of both is returned.
    """
    distinct = {text: number for number, text in enumerate(dict.fromkeys(text for pair in pairs for text in pair))}
    vectors = encoder.encode(list(distinct), prefix=Prefix.PASSAGE)
    background = vectors @ encoder.encode(load_words(ReferenceSentences).sentences, prefix=Prefix.PASSAGE).T
    centre, spread = background.mean(axis=1), np.maximum(background.std(axis=1), _MIN_SPREAD)
    first = np.array([distinct[one] for one, _ in pairs])
    second = np.array([distinct[other] for _, other in pairs])
    cosines = np.einsum("ij,ij->i", vectors[first], vectors[second])
    sides = [(cosines - centre[side]) / spread[side] for side in (first, second)]
    return np.asarray(sum(sides) / 2, dtype=np.float64)


def rate_meaning(standing: float) -> float:
    """Return how near in meaning two texts of this standing are: 0 as any two sentences, 1 as the same sentence."""
    return round(min(1.0, max(0.0, standing / MEANING_TOP)), 2)


def combine(standing: float, overlap: float) -> float:
    """Return the similarity, 0 to 1, of a pair with this standing in meaning and this overlap of content words."""
    raised = INTERCEPT + MEANING_WEIGHT * standing + OVERLAP_WEIGHT * overlap
    return float(1 / (1 + np.exp(-raised)))
