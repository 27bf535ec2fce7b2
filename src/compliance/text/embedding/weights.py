"""A BERT encoder's weights as plain arrays, with an adapter's changes merged into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.adapter import Adapter

Array = NDArray[np.float32]
ReadWeight = Callable[[str], Array]  # by the name that a tensor has in transformers' BERT


@dataclass(frozen=True, slots=True)
class Linear:
    """A matrix of shape (outputs, inputs) with its bias; of a layer norm, the scale and the shift."""

    weight: Array
    bias: Array


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's weights, in the order they are used."""

    query: Linear
    key: Linear
    value: Linear
    attention_out: Linear
    attention_norm: Linear
    widen: Linear
    narrow: Linear
    output_norm: Linear


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """All weights but the embeddings, which are looked up outside the encoder."""

    norm: Linear  # of the embeddings
    layers: tuple[Layer, ...]
    heads: int

    @property
    def width(self) -> int:
        """Length of a vector."""
        return len(self.norm.bias)


def collect_weights(read: ReadWeight, *, depth: int, heads: int, adapter: Adapter | None = None) -> EncoderWeights:
    """Return the weights of an encoder of `depth` layers."""

    def linear(module: str) -> Linear:
        name = f"{module}.weight"
        weight = read(name)
        return Linear(adapter.merge(name, weight) if adapter else weight, read(f"{module}.bias"))

    def layer(number: int) -> Layer:
        start = f"encoder.layer.{number}"
        return Layer(
            query=linear(f"{start}.attention.self.query"),
            key=linear(f"{start}.attention.self.key"),
            value=linear(f"{start}.attention.self.value"),
            attention_out=linear(f"{start}.attention.output.dense"),
            attention_norm=linear(f"{start}.attention.output.LayerNorm"),
            widen=linear(f"{start}.intermediate.dense"),
            narrow=linear(f"{start}.output.dense"),
            output_norm=linear(f"{start}.output.LayerNorm"),
        )

    return EncoderWeights(linear("embeddings.LayerNorm"), tuple(layer(number) for number in range(depth)), heads)
