"""How the inputs of an encoder's products are rounded to 8 bits: measured on texts of the kind that it will read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import openvino as ov
from openvino import opset13 as ops

from compliance.text.embedding.cpu.feed import Feed
from compliance.text.embedding.cpu.graph import STEPS, Graph, InputScale, Product, Scales, build_graph, round_matrix
from compliance.text.embedding.cpu.session import compile_graph
from compliance.text.embedding.weights import Array, EncoderWeights, Layer

# What is tried for each product: how much of the difference between channels the matrix takes over, and how much of
# the range is kept, beyond which values are cut. The pair is taken that changes the product least. One pair for all,
# 0.7 and 1, left the vectors twice as far from those of fp32, and the level 0.009 lower in kappa (docs/embedding.md).
SMOOTHNESS = (0.6, 0.7, 0.8, 0.9)
KEPT = {Product.NARROW: (1.0, 0.9, 0.8, 0.7)}  # of GELU's output, whose largest values are few; all of other inputs
SMALLEST = 1e-3  # of the largest channel: one that is hardly used needs no more steps than that
SAMPLE = 256  # rows that products are compared on; more choose the same and take longer
TEXTS = 8  # that are put through the encoder at a time
DIGITS = 3  # significant ones that are kept, so that two machines whose fp32 differs a little make the same file


@dataclass(frozen=True, slots=True)
class Seen:
    """What came into a product: the least and the greatest value in each channel, and some of the rows."""

    low: Array
    high: Array
    rows: Array


def measure_scales(weights: EncoderWeights, feeds: Sequence[Feed]) -> Scales:
    """Return the scales that keep most of what the feeds put through the encoder."""
    seen = _see_inputs(build_graph(weights), feeds)
    return {key: _choose_scale(each, _matrix(weights.layers[key[0]], key[1]), key[1]) for key, each in seen.items()}


def _see_inputs(graph: Graph, feeds: Sequence[Feed]) -> dict[tuple[int, Product], Seen]:
    inputs = list(graph.products.values())
    lows, highs = _find_ends(graph, inputs, feeds)
    rows = _sample_rows(graph, inputs, max(feeds, key=lambda feed: feed.shares.size))
    return {key: Seen(*each) for key, each in zip(graph.products, zip(lows, highs, rows, strict=True), strict=True)}


def _find_ends(graph: Graph, inputs: Sequence[ov.Node], feeds: Sequence[Feed]) -> tuple[list[Array], list[Array]]:
    """Return the least and the greatest values in each channel of each input."""
    places = ops.constant(np.array([0, 1], np.int64))
    ends = [reduce(node, places) for reduce in (ops.reduce_min, ops.reduce_max) for node in inputs]
    request = compile_graph(graph.inputs, ends, precision="fp32")
    found = [
        [np.array(end) for end in request.infer(part.as_inputs()).values()] for feed in feeds for part in _split(feed)
    ]
    of_all = list(zip(*found, strict=True))
    lows, highs = of_all[: len(inputs)], of_all[len(inputs) :]
    return [np.min(each, axis=0) for each in lows], [np.max(each, axis=0) for each in highs]


def _sample_rows(graph: Graph, inputs: Sequence[ov.Node], feed: Feed) -> list[Array]:
    """Return about SAMPLE rows of each input, evenly from all that the feed gives."""
    request = compile_graph(graph.inputs, inputs, precision="fp32")
    texts, places, _ = feed.rows.shape
    chosen = np.arange(0, texts * places, max(1, texts * places // SAMPLE))
    found, first = [], 0
    for part in _split(feed):
        own = chosen[(chosen >= first) & (chosen < first + len(part.rows) * places)] - first
        given = request.infer(part.as_inputs()).values()
        found.append([each.reshape(-1, each.shape[-1])[own] for each in given])
        first += len(part.rows) * places
    return [np.concatenate(each) for each in zip(*found, strict=True)]


def _split(feed: Feed) -> Iterator[Feed]:
    """Yield the feed a few texts at a time: what all of them put through the encoder takes a gigabyte."""
    for start in range(0, len(feed.rows), TEXTS):
        part = slice(start, start + TEXTS)
        yield Feed(feed.rows[part], feed.mask[part], feed.shares[part])


def _choose_scale(seen: Seen, matrix: Array, product: Product) -> InputScale:
    """Return the scale that changes the product of the rows with the matrix least, each row by its size."""
    exact = seen.rows @ matrix.T
    sizes = np.sum(exact**2, axis=1) + 1e-12

    def change(scale: InputScale) -> float:
        return float(np.mean(np.sum((_multiply_rounded(seen.rows, matrix, scale) - exact) ** 2, axis=1) / sizes))

    offered = [
        _make_scale(seen, matrix, product, pair) for pair in itertools.product(SMOOTHNESS, KEPT.get(product, (1.0,)))
    ]
    return min(offered, key=change)


def _make_scale(seen: Seen, matrix: Array, product: Product, pair: tuple[float, float]) -> InputScale:
    smoothness, kept = pair
    largest = np.maximum(-seen.low, seen.high)
    largest = np.maximum(largest, SMALLEST * largest.max())
    columns = np.maximum(np.abs(matrix).max(axis=0), 1e-6)
    factors = round_digits(largest**smoothness / columns ** (1 - smoothness))
    low, high = (float(round_digits(end)) for end in ((seen.low / factors).min(), (seen.high / factors).max()))
    if product is Product.NARROW:  # GELU's output is hardly negative; other inputs are rounded about 0
        return InputScale(factors, low, kept * high)
    high = kept * max(-low, high)
    return InputScale(factors, -high * STEPS / (STEPS - 2), high)


def _multiply_rounded(rows: Array, matrix: Array, scale: InputScale) -> Array:
    step = (scale.high - scale.low) / (STEPS - 1)
    cut = np.clip(rows / scale.factors, scale.low, scale.high)
    whole, steps = round_matrix(matrix * scale.factors)
    product: Array = (np.rint((cut - scale.low) / step) * step + scale.low) @ (whole * steps).T
    return product


def _matrix(layer: Layer, product: Product) -> Array:
    match product:
        case Product.ATTENTION_IN:
            return np.concatenate([layer.query.weight, layer.key.weight, layer.value.weight])
        case Product.ATTENTION_OUT:
            return layer.attention_out.weight
        case Product.WIDEN:
            return layer.widen.weight
        case Product.NARROW:
            return layer.narrow.weight


def round_digits(values: Array | np.float32) -> Array:
    """Return the values to DIGITS significant digits."""
    size = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(values), 1e-30))) - DIGITS + 1)
    rounded: Array = (np.rint(values / size) * size).astype(np.float32)
    return rounded
