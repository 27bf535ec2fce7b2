"""Passages as vectors that know what stands above them: each is read after its heading and lead-in.

Only the passage's own tokens are averaged, so that the vector is the passage's and the context merely colours it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.encoder import Encoder, Model, Prefix, VectorCache, keep_vectors, make_key

MAX_CONTEXT, MAX_PASSAGE = 48, 160  # tokens; a heading has about 8, nine of ten passages have fewer than 100
_MARK = "query: "  # e5's prefix stands once, before the context
_SEPARATOR = "\x1f"  # between context and passage in a cache key; no document has it


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage with the texts above it."""

    context: str  # headings and lead-in, outermost first; empty where there are none
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A passage in its context as token ids; the passage's own begin at `start`."""

    ids: list[int]
    start: int


class TokenIds(Protocol):
    """A text as token ids."""

    @property
    def ids(self) -> list[int]:
        """The ids in order."""
        ...


class Tokenizer(Protocol):
    """Turns texts into token ids; those of the tokenizers library do."""

    def encode(self, text: str, /) -> TokenIds:
        """Return a text's ids between the model's end marks."""
        ...

    def encode_batch(self, texts: Sequence[str], /, *, add_special_tokens: bool) -> Sequence[TokenIds]:
        """Return each text's ids, with or without the end marks."""
        ...


class PassageEncoder(Model, Protocol):
    """Turns passages in their context into vectors; the revision tells the adapter's weights too."""

    def encode(self, passages: Sequence[InContext]) -> NDArray[np.float32]:
        """Return one row for each passage, in order."""
        ...


class ContextBackend(Model, Protocol):
    """A model that can read a passage in its context."""

    def embed_in_context(self, passages: Sequence[InContext]) -> NDArray[np.float32]:
        """Return one row for each passage."""
        ...


class ContextEncoder:
    """A PassageEncoder over a backend that reads context; each distinct pair is embedded once."""

    def __init__(self, backend: ContextBackend, *, cache: VectorCache | None = None) -> None:
        self._backend, self._cache = backend, cache

    @property
    def revision(self) -> str:
        """Name, checksums and precision."""
        return self._backend.revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._backend.dimension

    def encode(self, passages: Sequence[InContext]) -> NDArray[np.float32]:
        """Return one row for each passage, in order; every row passes float16, as kept ones do."""
        if not passages:
            return np.empty((0, self.dimension), np.float32)
        keys = {each: make_key(self.revision, f"{each.context}{_SEPARATOR}{each.text}") for each in passages}
        known = keep_vectors(keys, self._backend.embed_in_context, cache=self._cache)
        return np.stack([known[keys[each]] for each in passages]).astype(np.float32)


class PlainPassageEncoder:
    """A PassageEncoder over any encoder: the passage's vector, and its context's beside it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def revision(self) -> str:
        """The encoder's, marked as used this way."""
        return f"{self._encoder.revision}+context"

    @property
    def dimension(self) -> int:
        """Twice the encoder's."""
        return 2 * self._encoder.dimension

    def encode(self, passages: Sequence[InContext]) -> NDArray[np.float32]:
        """Return one row for each passage, in order: its own vector, then its context's."""
        own = self._encoder.encode([each.text for each in passages], prefix=Prefix.PASSAGE)
        above = self._encoder.encode([each.context for each in passages], prefix=Prefix.PASSAGE)
        return np.hstack((own, above))


def lay_tokens(tokenizer: Tokenizer, passages: Sequence[InContext]) -> list[Tokens]:
    """Return the token ids of each passage after its context: <s> context </s> passage </s>.

    Of a long context the end is kept, which is nearest to the passage; of a long passage the beginning.
    """
    begin, end = tokenizer.encode("").ids
    above = tokenizer.encode_batch([_MARK + each.context for each in passages], add_special_tokens=False)
    own = tokenizer.encode_batch([each.text for each in passages], add_special_tokens=False)
    laid = []
    for context, passage in zip(above, own, strict=True):
        before = [begin, *context.ids[-MAX_CONTEXT:], end]
        laid.append(Tokens([*before, *passage.ids[:MAX_PASSAGE], end], len(before)))
    return laid
