"""Meaning is read against a background, so that its scale is the same for every model."""

from __future__ import annotations

import numpy as np

from analyse.fakes import WordEncoder
from compliance.analyse.observation.reference_sentences import BACKGROUND
from compliance.analyse.observation.similarity import GoalMeaning
from compliance.config import GuidelinesConfig
from compliance.guidelines.load import load_guidelines
from compliance.records import Language

GOALS = [goal for each in load_guidelines(GuidelinesConfig()) if each.id == "digital_agenda" for goal in each.goals]
MEANING = GoalMeaning(GOALS, WordEncoder())


def test_ordinary_sentences_stand_at_zero() -> None:
    standing = MEANING.measure(BACKGROUND, language=Language.NB)
    assert standing.shape == (len(BACKGROUND), len(GOALS))
    assert np.allclose(standing.mean(axis=0), 0, atol=1e-3)
    assert np.allclose(standing.std(axis=0), 1, atol=1e-3)


def test_a_goal_s_own_example_stands_highest_on_that_goal() -> None:
    for column, goal in enumerate(GOALS):
        standing = MEANING.measure([goal.examples[0].nb], language=Language.NB)
        assert standing[0].argmax() == column


def test_no_texts_give_no_rows() -> None:
    assert MEANING.measure([], language=Language.NN).shape == (0, len(GOALS))


class SqueezedEncoder(WordEncoder):
    """Gives all vectors one large part in common, so that every cosine lies above 0.9, as e5 models do."""

    def encode(self, texts, *, prefix):
        vectors = super().encode(texts, prefix=prefix) * np.sqrt(0.1)
        return np.hstack([vectors, np.full((len(vectors), 1), np.sqrt(0.9))]).astype(np.float32)


def test_a_squeezed_scale_gives_the_same_standing() -> None:
    texts = ["Innbyggerne bestemmer over egne opplysninger.", "Skolen får nytt tak."]
    squeezed = GoalMeaning(GOALS, SqueezedEncoder()).measure(texts, language=Language.NB)
    assert np.allclose(squeezed, MEANING.measure(texts, language=Language.NB), atol=0.01)
