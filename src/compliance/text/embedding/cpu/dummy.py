"""An encoder of the default model's shape with random weights, to measure speed with: nothing has to be read for it."""

from __future__ import annotations

import numpy as np

from compliance.text.embedding.cpu.feed import Feed
from compliance.text.embedding.cpu.graph import Graph, InputScale, Product, build_graph
from compliance.text.embedding.weights import EncoderWeights, Layer, Linear

WIDTH, WIDE, HEADS, DEPTH = 384, 1536, 12, 12  # of multilingual-e5-small


def make_graph(*, layers: int, int8: bool) -> Graph:
    """Return the graph of so many layers."""
    random = np.random.default_rng(0)

    def matrix(outputs: int, inputs: int) -> Linear:
        return Linear(random.normal(0, 0.05, (outputs, inputs)).astype(np.float32), np.zeros(outputs, np.float32))

    norm = Linear(np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32))
    layer = Layer(
        query=matrix(WIDTH, WIDTH),
        key=matrix(WIDTH, WIDTH),
        value=matrix(WIDTH, WIDTH),
        attention_out=matrix(WIDTH, WIDTH),
        attention_norm=norm,
        widen=matrix(WIDE, WIDTH),
        narrow=matrix(WIDTH, WIDE),
        output_norm=norm,
    )
    widths = {product: WIDE if product is Product.NARROW else WIDTH for product in Product}
    scales = {
        (number, product): InputScale(np.ones(width, np.float32), -4.0, 4.0)
        for number in range(layers)
        for product, width in widths.items()
    }
    return build_graph(EncoderWeights(norm, (layer,) * layers, HEADS), scales=scales if int8 else None)


def make_feed(texts: int, places: int) -> Feed:
    """Return inputs without empty places."""
    rows = np.random.default_rng(1).normal(0, 1, (texts, places, WIDTH)).astype(np.float32)
    mask = np.zeros((texts, 1, places, places), np.float32)
    return Feed(rows, mask, np.full((texts, 1, places), 1 / places, np.float32))
