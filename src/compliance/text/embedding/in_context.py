"""Passages as vectors that know their surroundings: consecutive ones are read as one text, after what stands above.

Only a passage's own tokens are averaged, so that the vector is the passage's and the others merely colour it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.encoder import Encoder, Model, Prefix, VectorCache, keep_vectors, make_key

MAX_CONTEXT, MAX_PASSAGE = 48, 200  # tokens; a heading has about 8, nine of ten passages have fewer than 100
MAX_WINDOW = 440  # tokens of a window's passages; with context and marks they stay within the model's 512 places
_MARK = "query: "  # e5's prefix stands once, before the context
_ENDED = re.compile(r"[.!?»”)\"]\W*$")  # a heading, a lead-in and a line that runs on are not
_SEPARATOR = "\x1f"  # between the parts of a cache key; no document has it


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive passages that are read as one text, after what stands above them."""

    context: str  # heading and lead-in or predecessor, outermost first; empty where there are none
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as token ids, with the places of the parts that are averaged: from the first, up to the second."""

    ids: list[int]
    spans: tuple[tuple[int, int], ...]
    reaches: tuple[int, ...]  # for each span: the place before which its tokens see

    def mark_seen(self, length: int) -> NDArray[np.bool_]:
        """Return which places each place sees, shape (length, length): what stands before the spans sees itself."""
        seen = np.zeros((length, length), np.bool_)
        seen[:, : len(self.ids)] = True  # an empty place sees anything; nobody sees it
        first = self.spans[0][0]
        seen[:first, first:] = False
        for (start, end), reach in zip(self.spans, self.reaches, strict=True):
            seen[start:end, reach:] = False
        return seen


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

    def encode(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        """Return one row for each passage of each window, in order."""
        ...


class WindowBackend(Model, Protocol):
    """A model that can read a window and tell its passages apart."""

    def embed_windows(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        """Return one row for each passage of each window, in order."""
        ...


class ContextEncoder:
    """A PassageEncoder over a backend that reads windows; each distinct window is embedded once."""

    def __init__(self, backend: WindowBackend, *, cache: VectorCache | None = None) -> None:
        self._backend, self._cache = backend, cache

    @property
    def revision(self) -> str:
        """Name, checksums and precision."""
        return self._backend.revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._backend.dimension

    def release(self) -> None:
        """Let go of the model."""
        self._backend.release()

    def encode(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        """Return one row for each passage, in order; every row passes float16, as kept ones do."""
        if not windows:
            return np.empty((0, self.dimension), np.float32)
        keys = {
            (window, place): make_key(self.revision, _SEPARATOR.join((str(place), window.context, *window.texts)))
            for window in windows
            for place in range(len(window.texts))
        }
        known = keep_vectors(keys, self._embed, cache=self._cache)
        rows = [known[keys[window, place]] for window in windows for place in range(len(window.texts))]
        return np.stack(rows).astype(np.float32)

    def _embed(self, passages: Sequence[tuple[Window, int]]) -> NDArray[np.float32]:
        """Return a row for each passage, named by its window and its place there."""
        windows = list(dict.fromkeys(window for window, _ in passages))
        rows = self._backend.embed_windows(windows)
        firsts = np.cumsum([0, *(len(window.texts) for window in windows)])
        first = {window: int(row) for window, row in zip(windows, firsts, strict=False)}
        found: NDArray[np.float32] = rows[[first[window] + place for window, place in passages]]
        return found


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

    def release(self) -> None:
        """Let go of the encoder's model."""
        self._encoder.release()

    def encode(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        """Return one row for each passage, in order: its own vector, then its window's context's."""
        texts = [text for window in windows for text in window.texts]
        contexts = [window.context for window in windows for _ in window.texts]
        own = self._encoder.encode(texts, prefix=Prefix.PASSAGE)
        above = self._encoder.encode(contexts, prefix=Prefix.PASSAGE)
        return np.hstack((own, above))


def lay_tokens(tokenizer: Tokenizer, windows: Sequence[Window]) -> list[Tokens]:
    """Return the token ids of each window: <s> context </s> passage </s> passage </s> …

    Of a long context the end is kept, which is nearest to the passages; of a long passage the beginning. A passage's
    span holds the mark that ends it. It sees what stands before it; what follows only where it is not ended, and then
    only the next passage: so a sentence that is added changes nothing that was said before it.
    """
    begin, end = tokenizer.encode("").ids
    above = tokenizer.encode_batch([_MARK + each.context for each in windows], add_special_tokens=False)
    flat = [text for window in windows for text in window.texts]
    own = iter(tokenizer.encode_batch(flat, add_special_tokens=False))
    laid = []
    for context, window in zip(above, windows, strict=True):
        ids, spans = [begin, *context.ids[-MAX_CONTEXT:], end], []
        for passage in _cut([next(own).ids for _ in window.texts]):
            start = len(ids)
            ids += [*passage, end]
            spans.append((start, len(ids)))
        ends = [end for _, end in spans]
        following = [*ends[1:], *ends[-1:]]
        reaches = (
            own_end if _ENDED.search(text) else next_end
            for text, own_end, next_end in zip(window.texts, ends, following, strict=True)
        )
        laid.append(Tokens(ids, tuple(spans), tuple(reaches)))
    return laid


def lay_whole(ids: list[int]) -> Tokens:
    """Return a text that is averaged as a whole."""
    return Tokens(ids, ((0, len(ids)),), (len(ids),))


def _cut(passages: Sequence[list[int]]) -> list[list[int]]:
    """Return the passages' tokens, the longest cut until the window has room for all and their end marks."""
    limit = MAX_PASSAGE
    while limit > 1 and sum(min(len(ids), limit) + 1 for ids in passages) > MAX_WINDOW:
        limit -= 1
    return [ids[:limit] for ids in passages]
