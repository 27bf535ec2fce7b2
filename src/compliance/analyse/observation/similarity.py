"""How near each passage is to each goal in meaning, on a scale that does not depend on the embedding model.

Raw cosines of e5 models lie between 0.8 and 0.92 whatever the texts say. Each is therefore compared with two things:
how near ordinary municipal sentences come to the same goal, and how near the same passage comes to all goals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from compliance.guidelines.sets import Goal
from compliance.records import Language
from compliance.text.embedding.encoder import Encoder, Prefix
from compliance.text.word_lists import ReferenceSentences, load_words

Matrix = NDArray[np.float32]
_MIN_SPREAD = 1e-4  # cosines; keeps the scale finite where a test's encoder gives equal vectors


class GoalMeaning:
    """The goals' statements and examples as vectors, and the background they are read against."""

    def __init__(self, goals: Sequence[Goal], encoder: Encoder) -> None:
        self._goals = tuple(goals)
        self._encoder = encoder

    def measure(self, texts: Sequence[str], *, language: Language) -> Matrix:
        """Return standard deviations above the background: one row per text, one column per goal.

        0 is as near as an ordinary sentence of a plan; above 2 is nearer than nearly all of them.
        """
        if not texts:
            return np.zeros((0, len(self._goals)), dtype=np.float32)
        nearness = self._compare(self._encoder.encode(texts, prefix=Prefix.PASSAGE), language)
        centre, spread = self._background[language]
        standing: Matrix = ((nearness - centre) / spread).astype(np.float32)
        return standing

    def _compare(self, vectors: Matrix, language: Language) -> Matrix:
        """Return for each goal the cosine to its statement or its nearest example, whichever is higher."""
        anchors, owners = self._anchors[language]
        cosines = vectors.astype(np.float64) @ anchors.T.astype(np.float64)  # the same on any number of threads
        nearness = np.full((len(vectors), len(self._goals)), -1.0, dtype=np.float32)
        for column, owner in enumerate(owners):
            np.maximum(nearness[:, owner], cosines[:, column], out=nearness[:, owner])
        return nearness

    @cached_property
    def _anchors(self) -> dict[Language, tuple[Matrix, tuple[int, ...]]]:
        texts: dict[Language, list[str]] = {Language.NB: [], Language.NN: []}
        owners: list[int] = []
        for owner, goal in enumerate(self._goals):
            for language, written in texts.items():
                written.append(f"{goal.title.in_language(language)}. {goal.statement.in_language(language)}")
                written += [example.in_language(language) for example in goal.examples]
            owners += [owner] * (1 + len(goal.examples))
        vectors = {
            language: (self._encoder.encode(written, prefix=Prefix.QUERY), tuple(owners))
            for language, written in texts.items()
        }
        return {**vectors, Language.OTHER: vectors[Language.NB]}

    @cached_property
    def _background(self) -> dict[Language, tuple[Matrix, Matrix]]:
        vectors = self._encoder.encode(load_words(ReferenceSentences).sentences, prefix=Prefix.PASSAGE)
        norms = {}
        for language in Language:
            nearness = self._compare(vectors, language)
            norms[language] = (nearness.mean(axis=0), np.maximum(nearness.std(axis=0), _MIN_SPREAD))
        return norms
