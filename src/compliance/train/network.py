"""The encoder in training: its upper layers with low-rank changes, and the layer that reads labels from its vectors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from compliance.analyse.classification.probe import LinearProbe
from compliance.text.embedding.bert import load_weights
from compliance.text.embedding.device import Device
from compliance.text.embedding.forward import Linear, TorchLayer, average_rows, lay_out, look_up, run_layer
from compliance.text.embedding.in_context import Tokens

# The matrices that are changed: their names in transformers' BERT, by the product that they are (a part of).
CHANGED = {
    "attention_in": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attention_out": ("attention.output.dense",),
    "widen": ("intermediate.dense",),
    "narrow": ("output.dense",),
}
COMPUTED = torch.bfloat16  # the precision of the products; what is trained is kept in fp32


@dataclass(frozen=True, slots=True)
class Prepared:
    """A window after the layers that are not trained: they need not be computed in every round."""

    rows: torch.Tensor  # a row for each token
    spans: tuple[tuple[int, int], ...]


class LowRank(nn.Module):
    """A change B A to a matrix; B begins at zero, so that nothing changes at first."""

    def __init__(self, outputs: int, inputs: int, *, rank: int) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.up = nn.Parameter(torch.zeros(outputs, rank))

    def forward(self) -> torch.Tensor:
        """Return the product."""
        product: torch.Tensor = self.up.to(COMPUTED) @ self.down.to(COMPUTED)
        return product


class Network(nn.Module):
    """Reads windows: a score for each output and passage."""

    def __init__(self, folder: Path, *, outputs: int, rank: int, scale: float, first_layer: int) -> None:
        super().__init__()
        self._weights = load_weights(folder, device=Device("cpu", "bf16"))
        self._first, self._scale = min(first_layer, len(self._weights.layers)), scale
        self.changes = nn.ModuleDict()
        for number, layer in self._list_trained():
            for product, names in CHANGED.items():
                outputs_of, inputs = getattr(layer, product).weight.shape
                for name in names:
                    key = _write_key(number, name)
                    self.changes[key] = LowRank(outputs_of // len(names), inputs, rank=rank)
        width = self._weights.words.shape[1]
        self.layer = nn.Linear(width, outputs)
        self.centre, self.spread = torch.zeros(width), torch.ones(width)

    def prepare(self, texts: Sequence[Tokens]) -> list[Prepared]:
        """Return the texts after the layers that stay as they are."""
        layout, positions = lay_out([len(each.ids) for each in texts], device=torch.device("cpu"))
        with torch.no_grad():
            rows = look_up(self._weights, [each.ids for each in texts], positions)
            for layer in self._weights.layers[: self._first]:
                rows = run_layer(layer, rows, layout=layout, heads=self._weights.heads)
        parts = torch.split(rows, [len(each.ids) for each in texts])
        return [Prepared(part.clone(), each.spans) for part, each in zip(parts, texts, strict=True)]

    def average(self, windows: Sequence[Prepared]) -> torch.Tensor:
        """Return the mean of each passage's own tokens, shape (passages, width)."""
        lengths = [len(each.rows) for each in windows]
        layout, _ = lay_out(lengths, device=torch.device("cpu"))
        rows = torch.cat([each.rows for each in windows])
        for number, layer in self._list_trained():
            rows = run_layer(self._change(number, layer), rows, layout=layout, heads=self._weights.heads)
        return average_rows(rows, lengths=lengths, spans=[each.spans for each in windows])

    def forward(self, windows: Sequence[Prepared], *, dropout: float) -> torch.Tensor:
        """Return the scores, shape (passages, outputs); so much of each vector is left out at random."""
        vectors = self.standardise(self.average(windows))
        scores: torch.Tensor = self.layer(functional.dropout(vectors, dropout))
        return scores

    def standardise(self, vectors: torch.Tensor) -> torch.Tensor:
        """Return the vectors with mean 0 and deviation 1 over the text that was probed."""
        return (vectors - self.centre) / self.spread

    def take_factors(self) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Return the changes by the name that each matrix has in transformers' BERT."""
        return {
            f"encoder.layer.{number}.{name}.weight": (change.down.detach().numpy(), change.up.detach().numpy())
            for number, _ in self._list_trained()
            for names in CHANGED.values()
            for name in names
            if isinstance(change := self.changes[_write_key(number, name)], LowRank)
        }

    def take_readout(self) -> LinearProbe:
        """Return the layer that reads labels."""
        layer = self.layer
        parts = (self.centre, self.spread, layer.weight.detach(), layer.bias.detach())
        return LinearProbe(*(part.numpy() for part in parts))

    def _list_trained(self) -> Iterator[tuple[int, TorchLayer]]:
        return ((number, each) for number, each in enumerate(self._weights.layers) if number >= self._first)

    def _change(self, number: int, layer: TorchLayer) -> TorchLayer:
        """Return the layer with its changes added."""
        changed = {}
        for product, names in CHANGED.items():
            kept: Linear = getattr(layer, product)
            added = torch.cat([self.changes[_write_key(number, name)]() for name in names])
            changed[product] = Linear(kept.weight + self._scale * added, kept.bias)
        return replace(layer, **changed)


def _write_key(number: int, name: str) -> str:
    return f"{number}_{name.replace('.', '_')}"  # a module's name holds no full stop
