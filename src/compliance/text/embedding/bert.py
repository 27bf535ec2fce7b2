"""The default model's own forward pass: BERT without padding, in bf16 or fp32.

`SentenceTransformer.encode` computes every text at the length of the longest in its batch and in fp32. Here the
tokens of a batch stand one after another, so that the matrix products (nine tenths of the work) see no padding; only
attention lays texts out side by side. docs/embedding.md has what was tried and measured.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.device import Device
from compliance.text.embedding.folder import CONFIG_NAME, TOKENIZER_NAME, WEIGHTS_NAME
from compliance.text.embedding.forward import Layer, Linear, Weights, average_tokens, embed_tokens, pack
from compliance.text.embedding.in_context import InContext, lay_tokens

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

DIMENSION = 384  # of the default model, known before it is loaded
MAX_TOKENS = 512  # the model has no more positions; a passage of 1,500 characters has about 400 tokens
BATCH_TOKENS = 1024  # of 512–16,384 the fastest: activations stay in the processor's cache (docs/embedding.md)


class FindFolder(Protocol):
    """Says where the model's folder is, and makes it where it is missing."""

    def __call__(self) -> Path:
        """Return the folder."""
        ...


class BertBackend:
    """Embeds texts with a folder that `write_folder` wrote; loads it at the first text."""

    def __init__(
        self, find_folder: FindFolder, *, revision: str, device: Device, batch_size: int, adapter: Adapter | None = None
    ) -> None:
        self._find_folder, self._device, self._batch_size = find_folder, device, batch_size
        self._adapter = adapter
        changed = f"+{adapter.checksum}" if adapter else ""
        self._revision = f"{revision}{changed}/{device.precision}"

    @property
    def revision(self) -> str:
        """Name, checksum and precision."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    @cached_property
    def _folder(self) -> Path:
        return self._find_folder()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER_NAME))
        tokenizer.enable_truncation(max_length=MAX_TOKENS)
        return tokenizer

    @cached_property
    def _weights(self) -> Weights:
        return load_weights(self._folder, device=self._device, adapter=self._adapter)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector for each text; what is beyond MAX_TOKENS is not seen."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        return self._embed_batches(
            tokens, lambda batch: embed_tokens(self._weights, [tokens[index] for index in batch])
        )

    def embed_in_context(self, passages: Sequence[InContext]) -> NDArray[np.float32]:
        """Return the mean of each passage's own tokens, not scaled; what is beyond the limits is not seen."""
        laid = lay_tokens(self._tokenizer, passages)
        tokens = [each.ids for each in laid]

        def average(batch: Sequence[int]) -> torch.Tensor:
            starts = [laid[index].start for index in batch]
            return average_tokens(self._weights, [tokens[index] for index in batch], starts=starts)

        return self._embed_batches(tokens, average)

    def _embed_batches(
        self, tokens: Sequence[Sequence[int]], embed: Callable[[Sequence[int]], torch.Tensor]
    ) -> NDArray[np.float32]:
        """Return a row for each text; `embed` is given the indices of texts that are embedded together."""
        import torch

        rows = np.empty((len(tokens), self._weights.words.shape[1]), np.float32)
        with torch.inference_mode():
            for batch in plan_batches([len(ids) for ids in tokens], max_texts=self._batch_size):
                rows[batch] = embed(batch).float().cpu().numpy()
        return rows


def plan_batches(lengths: Sequence[int], *, max_texts: int, max_tokens: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Yield the indices of texts that are embedded together, longest first, at most `max_tokens` with padding."""
    batch: list[int] = []
    longest = 0
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and (len(batch) == max_texts or longest * (len(batch) + 1) > max_tokens):
            yield batch
            batch = []
        longest = longest if batch else lengths[index]
        batch.append(index)
    if batch:
        yield batch


def load_weights(folder: Path, *, device: Device, adapter: Adapter | None = None) -> Weights:
    """Read a folder's weights in the device's precision, with the adapter's changes merged into them."""
    import torch
    from safetensors import safe_open

    kind = torch.bfloat16 if device.precision == "bf16" else torch.float32
    with safe_open(folder / WEIGHTS_NAME, framework="pt", device=device.kind) as file:
        names = set(file.keys())

        def read(name: str) -> torch.Tensor:
            tensor: torch.Tensor = file.get_tensor(name)
            return adapter.merge(name, tensor) if adapter else tensor

        def linear(*modules: str, dtype: torch.dtype = kind) -> Linear:
            parts = [[read(f"{module}.{part}") for module in modules] for part in ("weight", "bias")]
            weight, bias = (torch.cat(tensors) if len(tensors) > 1 else tensors[0] for tensors in parts)
            return Linear(weight.to(dtype), bias.to(dtype))

        def matrix(*modules: str) -> Linear:
            return pack(linear(*modules))

        def layer(number: int) -> Layer:
            start = f"encoder.layer.{number}"
            return Layer(
                attention_in=matrix(*(f"{start}.attention.self.{name}" for name in ("query", "key", "value"))),
                attention_out=matrix(f"{start}.attention.output.dense"),
                attention_norm=linear(f"{start}.attention.output.LayerNorm"),
                widen=matrix(f"{start}.intermediate.dense"),
                narrow=matrix(f"{start}.output.dense"),
                output_norm=linear(f"{start}.output.LayerNorm"),
            )

        depth = sum(name.endswith("intermediate.dense.weight") for name in names)
        types = file.get_tensor("embeddings.token_type_embeddings.weight")
        return Weights(
            words=file.get_tensor("embeddings.word_embeddings.weight"),
            positions=file.get_tensor("embeddings.position_embeddings.weight") + types[0],
            norm=linear("embeddings.LayerNorm", dtype=torch.float32),
            heads=json.loads((folder / CONFIG_NAME).read_text(encoding="utf-8"))["num_attention_heads"],
            layers=tuple(layer(number) for number in range(depth)),
        )
