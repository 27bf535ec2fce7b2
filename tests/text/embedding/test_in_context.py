from __future__ import annotations

import numpy as np
import pytest

from analyse.fakes import WordEncoder
from compliance.text.embedding.in_context import (
    MAX_CONTEXT,
    MAX_PASSAGE,
    MAX_WINDOW,
    ContextEncoder,
    PlainPassageEncoder,
    Window,
    lay_tokens,
)


class CountingBackend:
    """Gives each passage the lengths of its texts, and remembers what it was asked."""

    revision = "lengths"
    dimension = 2

    def __init__(self) -> None:
        self.asked: list[Window] = []

    def embed_windows(self, windows):
        self.asked += windows
        rows = [[len(window.context), len(text)] for window in windows for text in window.texts]
        return np.array(rows, dtype=np.float32)


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
    under_one, under_other = Window("Mål", ("Vi deler data.",)), Window("Tiltak 1", ("Vi deler data.",))
    rows = ContextEncoder(backend).encode([under_one, under_other, under_one])
    assert rows.tolist() == [[3, 14], [8, 14], [3, 14]]
    assert backend.asked == [under_one, under_other]


def test_passages_of_a_window_have_rows_in_order_and_are_computed_together() -> None:
    backend, cache = CountingBackend(), {}
    first, second = Window("Mål", ("Vi deler data.", "Sti")), Window("Mål", ("Vi deler data.", "Vei"))
    encoder = ContextEncoder(backend, cache=DictCache(cache))
    assert encoder.encode([second, first]).tolist() == [[3, 14], [3, 3], [3, 14], [3, 3]]
    assert len(cache) == 4  # the same words beside others are another passage
    encoder.encode([first])
    assert backend.asked == [second, first]


class DictCache:
    def __init__(self, kept) -> None:
        self._kept = kept

    def get_many(self, keys):
        return {key: self._kept[key] for key in keys if key in self._kept}

    def put_many(self, vectors):
        self._kept |= vectors


def test_no_passages_give_no_rows() -> None:
    assert ContextEncoder(CountingBackend()).encode([]).shape == (0, 2)


def test_any_encoder_puts_the_context_beside_the_passage() -> None:
    encoder = PlainPassageEncoder(WordEncoder())
    rows = encoder.encode([Window("Mål", ("Vi deler data.",)), Window("Tiltak", ("Vi deler data.",))])
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
    (tokens,) = lay_tokens(WordTokenizer(), [Window(context, ("ord " * words,))])
    assert (tokens.spans, len(tokens.ids)) == (((start, total),), total)
    assert tokens.ids[0] == 0
    assert tokens.ids[start - 1] == tokens.ids[-1] == 2


def test_each_passage_of_a_window_has_its_tokens_and_its_end_mark() -> None:
    (tokens,) = lay_tokens(WordTokenizer(), [Window("Mål", ("en to tre", "en"))])
    assert tokens.spans == ((4, 8), (8, 10))
    assert [tokens.ids[end - 1] for _, end in tokens.spans] == [2, 2]


def test_a_window_with_too_many_words_keeps_the_beginning_of_every_passage() -> None:
    (tokens,) = lay_tokens(WordTokenizer(), [Window("", ("ord " * 190, "ord " * 190, "ord " * 190, "en"))])
    sizes = [end - start for start, end in tokens.spans]
    assert sum(sizes) <= MAX_WINDOW
    assert sizes[0] == sizes[1] == sizes[2] > 100
    assert sizes[3] == 2


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        pytest.param("en to.", 6, id="ended"),
        pytest.param("en to:", 8, id="lead-in"),
        pytest.param("en to", 8, id="runs-on-or-heading"),
    ],
)
def test_a_passage_sees_what_stands_before_it_and_the_next_where_it_is_not_ended(text, reach) -> None:
    (tokens,) = lay_tokens(WordTokenizer(), [Window("", (text, "tre.", "fire."))])
    assert tokens.spans == ((3, 6), (6, 8), (8, 10))
    assert tokens.reaches == (reach, 8, 10)
    seen = tokens.mark_seen(12)
    assert seen[4].tolist() == [place < reach for place in range(12)]
    assert seen[6].tolist() == [place < 8 for place in range(12)]
    assert seen[0].tolist() == [place < 3 for place in range(12)]
