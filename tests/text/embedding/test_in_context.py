from __future__ import annotations

import numpy as np
import pytest

from analyse.fakes import WordEncoder
from compliance.text.embedding.in_context import (
    MAX_CONTEXT,
    MAX_PASSAGE,
    ContextEncoder,
    InContext,
    PlainPassageEncoder,
    lay_tokens,
)


class CountingBackend:
    """Gives each passage the lengths of its texts, and remembers what it was asked."""

    revision = "lengths"
    dimension = 2

    def __init__(self) -> None:
        self.asked: list[InContext] = []

    def embed_in_context(self, passages):
        self.asked += passages
        return np.array([[len(each.context), len(each.text)] for each in passages], dtype=np.float32)


class WordTokenizer:
    """One token a word."""

    def encode(self, text):
        return self.encode_batch([text], add_special_tokens=True)[0]

    def encode_batch(self, texts, *, add_special_tokens):
        words = [[100 + index for index, _ in enumerate(text.split())] for text in texts]
        return [Encoding([0, *ids, 2] if add_special_tokens else ids) for ids in words]


class Encoding:
    def __init__(self, ids) -> None:
        self.ids = ids


def test_the_same_words_under_another_heading_are_another_passage() -> None:
    backend = CountingBackend()
    under_one, under_other = InContext("Mål", "Vi deler data."), InContext("Tiltak 1", "Vi deler data.")
    rows = ContextEncoder(backend).encode([under_one, under_other, under_one])
    assert rows.tolist() == [[3, 14], [8, 14], [3, 14]]
    assert backend.asked == [under_one, under_other]


def test_no_passages_give_no_rows() -> None:
    assert ContextEncoder(CountingBackend()).encode([]).shape == (0, 2)


def test_any_encoder_puts_the_context_beside_the_passage() -> None:
    encoder = PlainPassageEncoder(WordEncoder())
    rows = encoder.encode([InContext("Mål", "Vi deler data."), InContext("Tiltak", "Vi deler data.")])
    own, above = np.split(rows, 2, axis=1)
    assert rows.shape == (2, encoder.dimension)
    assert np.array_equal(own[0], own[1])
    assert not np.array_equal(above[0], above[1])


@pytest.mark.parametrize(
    ("context", "words", "start", "total"),
    [
        pytest.param("", 3, 3, 7, id="no-context"),
        pytest.param("Mål for perioden", 2, 6, 9, id="context-before-the-passage"),
        pytest.param("ord " * 200, 1, MAX_CONTEXT + 2, MAX_CONTEXT + 4, id="long-context-is-cut"),
        pytest.param("", 500, 3, MAX_PASSAGE + 4, id="long-passage-is-cut"),
    ],
)
def test_the_passage_begins_after_its_context(context, words, start, total) -> None:
    (tokens,) = lay_tokens(WordTokenizer(), [InContext(context, "ord " * words)])
    assert (tokens.start, len(tokens.ids)) == (start, total)
    assert tokens.ids[0] == 0
    assert tokens.ids[tokens.start - 1] == tokens.ids[-1] == 2
