"""Texts to unit vectors: prefix, duplicates and cache around a backend that knows the model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

ItemT = TypeVar("ItemT")


class Prefix(StrEnum):
    """What a text is to the model: something sought, or something that can be found."""

    QUERY = "query"
    PASSAGE = "passage"


class Model(Protocol):
    """Whatever gives vectors."""

    @property
    def revision(self) -> str:
        """Name of the model with a hash of its weights and its precision: equal revisions give equal vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def release(self) -> None:
        """Let go of what takes memory; the next text that needs it loads it again."""
        ...


class Encoder(Model, Protocol):
    """Turns texts into vectors. Nothing heavy is loaded before the first `encode` that needs it."""

    def encode(self, texts: Sequence[str], *, prefix: Prefix) -> NDArray[np.float32]:
        """Return one row of unit length for each text, in order; shape (0, dimension) for no texts."""
        ...


class VectorCache(Protocol):
    """Keeps vectors between runs; `store/vectors.py` has the one on disk."""

    def get_many(self, keys: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float16]]:
        """Return the vectors that are kept, by key."""
        ...

    def put_many(self, vectors: Mapping[bytes, NDArray[np.float16]]) -> None:
        """Keep the vectors."""
        ...


class Backend(Model, Protocol):
    """One model that is ready to be loaded."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row for each text, prefix included in the text; a row does not depend on the others."""
        ...


class TextEncoder:
    """An Encoder over any backend: each distinct text is embedded once, and never when the cache has it."""

    def __init__(self, backend: Backend, *, prefixes: Mapping[Prefix, str], cache: VectorCache | None = None) -> None:
        self._backend, self._prefixes, self._cache = backend, prefixes, cache

    @property
    def revision(self) -> str:
        """Name of the model with a hash of its weights and its precision."""
        return self._backend.revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._backend.dimension

    def release(self) -> None:
        """Let go of the model."""
        self._backend.release()

    def encode(self, texts: Sequence[str], *, prefix: Prefix) -> NDArray[np.float32]:
        """Return one row of unit length for each text, in order."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        mark = self._prefixes[prefix]
        marked = {text: mark + text for text in texts}
        keys = {text: make_key(self.revision, marked[text]) for text in marked}
        known = keep_vectors(
            keys, lambda texts: self._backend.embed([marked[text] for text in texts]), cache=self._cache
        )
        return scale_rows(np.stack([known[keys[text]] for text in texts]))


def keep_vectors(
    keys: Mapping[ItemT, bytes],
    embed: Callable[[Sequence[ItemT]], NDArray[np.float32]],
    *,
    cache: VectorCache | None,
) -> dict[bytes, NDArray[np.float16]]:
    """Return the vector of every item by its key: from the cache, or embedded now and kept there."""
    known = dict(cache.get_many(list(keys.values()))) if cache else {}
    missing = [item for item, key in keys.items() if key not in known]
    if missing:
        embedded = embed(missing).astype(np.float16)
        fresh = {keys[item]: vector for item, vector in zip(missing, embedded, strict=True)}
        if cache:
            cache.put_many(fresh)
        known.update(fresh)
    return known


def make_key(revision: str, marked: str) -> bytes:
    """Return what a vector is kept under: a hash of the model's revision and the text with its prefix."""
    return hashlib.blake2b(f"{revision}\0{marked}".encode(errors="surrogatepass"), digest_size=16).digest()


def scale_rows(vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return the rows at unit length; every vector passes float16, so that a kept one equals a fresh one."""
    rows = vectors.astype(np.float32)
    scaled: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled
