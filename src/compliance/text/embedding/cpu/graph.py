"""BERT's layers as an OpenVINO graph, in floating point or with every matrix product in int8.

In int8 each product's input is rounded to 256 steps of one size, and its matrix to 255 steps for each output. Some
channels of the input are a hundred times as large as others; each is therefore divided by a factor of its own, which
the matrix's column is multiplied by (SmoothQuant, Xiao et al. 2023, https://arxiv.org/abs/2211.10438). The division
costs nothing: it is merged into what makes the input.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import openvino as ov
from numpy.typing import ArrayLike, NDArray
from openvino import opset13 as ops

from compliance.text.embedding.weights import Array, EncoderWeights, Layer, Linear

EPSILON = 1e-12  # BERT's, in every layer norm
STEPS = 256  # that an 8-bit number has


class Product(StrEnum):
    """The matrix products of a layer; query, key and value have their input in common."""

    ATTENTION_IN = "attention_in"
    ATTENTION_OUT = "attention_out"
    WIDEN = "widen"
    NARROW = "narrow"


@dataclass(frozen=True, slots=True)
class InputScale:
    """How a product's input is rounded: each channel divided by its factor, then in steps from `low` to `high`."""

    factors: Array
    low: float
    high: float


Scales = Mapping[tuple[int, Product], InputScale]


@dataclass(frozen=True, slots=True)
class Graph:
    """An encoder's graph: its three inputs, its output, and the input of every product, to be measured.

    Inputs: `rows` (texts, places, width), the embeddings; `mask` (texts, 1, places, places), 0 or a large negative
    number where a place (third) does not see another (fourth); `shares` (texts, means, places), what each place counts
    in each mean. Output: (texts, means, width).
    """

    inputs: tuple[ov.Node, ...]
    output: ov.Node
    products: Mapping[tuple[int, Product], ov.Node]

    def make_model(self) -> ov.Model:
        """Return the graph as a model with the means as its output."""
        return ov.Model([self.output], list(self.inputs))


def build_graph(weights: EncoderWeights, *, scales: Scales | None = None) -> Graph:
    """Return the graph of an encoder: in int8 with the scales, without in the precision it is compiled for."""
    rows = ops.parameter([-1, -1, weights.width], np.float32, name="rows")
    mask = ops.parameter([-1, 1, -1, -1], np.float32, name="mask")
    shares = ops.parameter([-1, -1, -1], np.float32, name="shares")
    builder = _Builder(weights.heads, mask, scales)
    state = builder.normalise(rows, weights.norm)
    for number, layer in enumerate(weights.layers):
        state = builder.add_layer(state, layer, number)
    return Graph((rows, mask, shares), _times(shares, state.shift()), builder.products)


@dataclass(frozen=True, slots=True)
class _Normal:
    """Rows with mean 0 and variance 1, to be scaled and shifted."""

    rows: ov.Node
    norm: Linear

    def shift(self, factors: Array | None = None) -> ov.Node:
        """Return the layer norm's output, each channel divided by its factor."""
        scale, shift = self.norm.weight, self.norm.bias
        if factors is not None:
            scale, shift = scale / factors, shift / factors
        return ops.add(ops.multiply(self.rows, _constant(scale)), _constant(shift))


@dataclass(frozen=True, slots=True)
class _Builder:
    heads: int
    mask: ov.Node
    scales: Scales | None
    products: dict[tuple[int, Product], ov.Node] = field(default_factory=dict)

    def normalise(self, rows: ov.Node, norm: Linear) -> _Normal:
        return _Normal(
            ops.mvn(rows, _constant([2]), normalize_variance=True, eps=EPSILON, eps_mode="inside_sqrt"), norm
        )

    def add_layer(self, state: _Normal, layer: Layer, number: int) -> _Normal:
        """Return the state after attention and feed-forward, each added to its input and normalised."""
        taken = self._attend(state, layer, number)
        out = self._multiply(taken, layer.attention_out, (number, Product.ATTENTION_OUT))
        state = self.normalise(ops.add(state.shift(), out), layer.attention_norm)
        key = (number, Product.WIDEN)
        wide = ops.gelu(self._multiply(self._enter(state, key), layer.widen, key), "ERF")
        key = (number, Product.NARROW)
        if self.scales:
            wide = ops.multiply(wide, _constant(1 / self.scales[key].factors))
        narrow = self._multiply(self._round(wide, key), layer.narrow, key)
        return self.normalise(ops.add(state.shift(), narrow), layer.output_norm)

    def _attend(self, state: _Normal, layer: Layer, number: int) -> ov.Node:
        """Return what each token takes from the tokens of its own text."""
        key = (number, Product.ATTENTION_IN)
        entered = self._enter(state, key)
        size = len(layer.query.bias) // self.heads
        query = Linear(layer.query.weight / math.sqrt(size), layer.query.bias / math.sqrt(size))
        after = (number, Product.ATTENTION_OUT)
        value = layer.value
        if self.scales:  # what a token takes is a mean of values, so that these can be divided instead
            factors = self.scales[after].factors
            value = Linear(value.weight / factors[:, None], value.bias / factors)
        parts = [self._multiply(entered, linear, key) for linear in (query, layer.key, value)]
        split = _constant([0, 0, self.heads, size])
        swap = _constant([0, 2, 1, 3])
        queries, keys, values = (ops.transpose(ops.reshape(part, split, special_zero=True), swap) for part in parts)
        strength = ops.add(_times(queries, keys, transposed=True), self.mask)
        # The axis that is added and removed keeps OpenVINO from fusing the attention, which on texts of 20 to 100
        # tokens is no faster and has to be compiled anew, some 30 ms, for each number of tokens.
        first = _constant(0)
        shares = ops.squeeze(ops.softmax(ops.unsqueeze(strength, first), 4), first)
        taken = ops.transpose(_times(shares, values), swap)
        joined = ops.reshape(taken, _constant([0, 0, self.heads * size]), special_zero=True)
        return self._round(joined, after)

    def _enter(self, state: _Normal, key: tuple[int, Product]) -> ov.Node:
        return self._round(state.shift(self.scales[key].factors if self.scales else None), key)

    def _round(self, rows: ov.Node, key: tuple[int, Product]) -> ov.Node:
        self.products[key] = rows
        if not self.scales:
            return rows
        low, high = (_constant(end) for end in (self.scales[key].low, self.scales[key].high))
        return ops.fake_quantize(rows, low, high, low, high, STEPS)

    def _multiply(self, rows: ov.Node, linear: Linear, key: tuple[int, Product]) -> ov.Node:
        """Return the rows times the matrix plus the bias."""
        weight = linear.weight
        matrix = _compress(weight * self.scales[key].factors) if self.scales else _constant(weight)
        return ops.add(_times(rows, matrix, transposed=True), _constant(linear.bias))


def _times(left: ov.Node, right: ov.Node, *, transposed: bool = False) -> ov.Node:
    """Return the product with the right matrix, or with its transpose."""
    return ops.matmul(left, right, transpose_a=False, transpose_b=transposed)


def _compress(matrix: Array) -> ov.Node:
    """Return a matrix kept as int8 with a step for each output."""
    whole, steps = round_matrix(matrix)
    return ops.multiply(ops.convert(ops.constant(whole), np.float32), _constant(steps))


def round_matrix(matrix: Array) -> tuple[NDArray[np.int8], Array]:
    """Return a matrix as whole numbers, and the step of each output, shape (outputs, 1)."""
    steps: Array = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-12) / (STEPS // 2 - 1)
    return np.rint(matrix / steps).astype(np.int8), steps


def _constant(values: ArrayLike) -> ov.Node:
    array: NDArray[np.generic] = np.asarray(values)
    kind = np.float32 if array.dtype.kind == "f" else np.int64
    return ops.constant(np.array(array, dtype=kind, order="C"))
