"""Meaning is read against a background, so that its scale is the same for every model."""

from __future__ import annotations

import numpy as np
import pytest

from analyse.fakes import WordEncoder
from analyse.stages import load_goals
from compliance.analyse.observation.similarity import GoalMeaning
from compliance.records import Language
from compliance.text.word_lists import ReferenceSentences, load_words


@pytest.fixture(scope="module")
def goals():
    return [goal for goal in load_goals() if goal.id.startswith("DA")]


@pytest.fixture(scope="module")
def meaning(goals):
    return GoalMeaning(goals, WordEncoder())


def test_ordinary_sentences_stand_at_zero(goals, meaning) -> None:
    sentences = load_words(ReferenceSentences).sentences
    standing = meaning.measure(sentences, language=Language.NB)
    assert standing.shape == (len(sentences), len(goals))
    assert np.allclose(standing.mean(axis=0), 0, atol=1e-3)
    assert np.allclose(standing.std(axis=0), 1, atol=1e-3)


def test_a_goal_s_own_example_stands_highest_on_that_goal(goals, meaning) -> None:
    for column, goal in enumerate(goals):
        standing = meaning.measure([goal.examples[0].nb], language=Language.NB)
        assert standing[0].argmax() == column


def test_no_texts_give_no_rows(goals, meaning) -> None:
    assert meaning.measure([], language=Language.NN).shape == (0, len(goals))


class SqueezedEncoder(WordEncoder):
    """Gives all vectors one large part in common, so that every cosine lies above 0.9, as e5 models do."""

    def encode(self, texts, *, prefix):
        vectors = super().encode(texts, prefix=prefix) * np.sqrt(0.1)
        return np.hstack([vectors, np.full((len(vectors), 1), np.sqrt(0.9))]).astype(np.float32)


def test_a_squeezed_scale_gives_the_same_standing(goals, meaning) -> None:
    texts = ["Innbyggerne bestemmer over egne opplysninger.", "Skolen får nytt tak."]
    squeezed = GoalMeaning(goals, SqueezedEncoder()).measure(texts, language=Language.NB)
    assert np.allclose(squeezed, meaning.measure(texts, language=Language.NB), atol=0.01)
