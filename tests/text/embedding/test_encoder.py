from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from compliance.config import ModelConfig
from compliance.text.embedding.encoder import Prefix, TextEncoder, make_key
from compliance.text.embedding.loading import choose_prefixes

PREFIXES = {Prefix.QUERY: "query: ", Prefix.PASSAGE: "passage: "}


class CountingBackend:
    """A Backend whose vector follows from the text alone, and that notes what it was asked for."""

    dimension = 8

    def __init__(self, revision: str = "model@1") -> None:
        self.revision = revision
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        rows = [np.random.default_rng(sum(text.encode())).normal(size=8) for text in texts]
        return np.array(rows, np.float32) * 3


class MemoryCache:
    """A VectorCache in memory."""

    def __init__(self) -> None:
        self.vectors: dict[bytes, np.ndarray] = {}

    def get_many(self, keys: Sequence[bytes]) -> Mapping[bytes, np.ndarray]:
        return {key: self.vectors[key] for key in keys if key in self.vectors}

    def put_many(self, vectors: Mapping[bytes, np.ndarray]) -> None:
        self.vectors.update(vectors)


def test_rows_have_unit_length_and_the_order_of_the_texts() -> None:
    encoder = TextEncoder(CountingBackend(), prefixes=PREFIXES)
    rows = encoder.encode(["b", "a", "c"], prefix=Prefix.PASSAGE)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert np.array_equal(rows[1], encoder.encode(["a"], prefix=Prefix.PASSAGE)[0])


def test_no_texts_give_no_rows() -> None:
    assert TextEncoder(CountingBackend(), prefixes=PREFIXES).encode([], prefix=Prefix.QUERY).shape == (0, 8)


def test_duplicates_are_embedded_once() -> None:
    backend = CountingBackend()
    rows = TextEncoder(backend, prefixes=PREFIXES).encode(["a", "b", "a", "a"], prefix=Prefix.PASSAGE)
    assert backend.asked == ["passage: a", "passage: b"]
    assert np.array_equal(rows[0], rows[2])


def test_kept_vectors_are_not_embedded_again_and_are_the_same() -> None:
    cache = MemoryCache()
    first = TextEncoder(CountingBackend(), prefixes=PREFIXES, cache=cache).encode(["a", "b"], prefix=Prefix.PASSAGE)
    again = CountingBackend()
    rows = TextEncoder(again, prefixes=PREFIXES, cache=cache).encode(["b", "c", "a"], prefix=Prefix.PASSAGE)
    assert again.asked == ["passage: c"]
    assert np.array_equal(rows[[2, 0]], first)
    assert np.array_equal(
        rows, TextEncoder(CountingBackend(), prefixes=PREFIXES).encode(["b", "c", "a"], prefix=Prefix.PASSAGE)
    )


def test_a_vector_is_kept_by_revision_prefix_and_text() -> None:
    cache = MemoryCache()
    for revision in ("model@1", "model@2"):
        for prefix in Prefix:
            TextEncoder(CountingBackend(revision), prefixes=PREFIXES, cache=cache).encode(["a", "b"], prefix=prefix)
    assert len(cache.vectors) == 2 * 2 * 2
    assert make_key("model@1", "query: a") in cache.vectors


@pytest.mark.parametrize(
    ("config", "query", "passage"),
    [
        pytest.param(ModelConfig(), "query: ", "passage: ", id="default-model"),
        pytest.param(ModelConfig(name="intfloat/multilingual-E5-large"), "query: ", "passage: ", id="other-e5"),
        pytest.param(ModelConfig(name="NbAiLab/nb-sbert-base"), "", "", id="other-model"),
        pytest.param(ModelConfig(name="other", query_prefix="Søk: "), "Søk: ", "", id="as-set"),
        pytest.param(ModelConfig(query_prefix="", passage_prefix=""), "", "", id="none-as-set"),
    ],
)
def test_prefixes_follow_the_model_unless_they_are_set(config, query, passage) -> None:
    assert choose_prefixes(config) == {Prefix.QUERY: query, Prefix.PASSAGE: passage}
