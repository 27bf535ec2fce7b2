"""The scales of an int8 encoder: measured on a few texts at a time, with the same outcome as on all at once."""

from __future__ import annotations

import numpy as np
import pytest

from compliance.text.embedding.cpu import scales
from compliance.text.embedding.cpu.dummy import WIDTH, make_feed
from compliance.text.embedding.cpu.scales import TEXTS, measure_scales
from compliance.text.embedding.weights import EncoderWeights, Layer, Linear


@pytest.fixture(scope="module")
def weights():
    random = np.random.default_rng(0)

    def matrix(outputs, inputs):
        return Linear(random.normal(0, 0.05, (outputs, inputs)).astype(np.float32), np.zeros(outputs, np.float32))

    norm = Linear(np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32))
    square = [matrix(WIDTH, WIDTH) for _ in range(4)]
    layer = Layer(*square, norm, matrix(2 * WIDTH, WIDTH), matrix(WIDTH, 2 * WIDTH), norm)
    return EncoderWeights(norm, (layer,), 12)


def test_few_texts_at_a_time_are_put_through_the_encoder(weights, monkeypatch):
    seen = []
    compiled = scales.compile_graph

    def compile_graph(*given, **settings):
        request = compiled(*given, **settings)
        monkeypatch.setattr(request, "infer", watch(request.infer), raising=False)
        return request

    def watch(infer):
        def infer_and_note(inputs):
            seen.append(len(inputs[0]))
            return infer(inputs)

        return infer_and_note

    monkeypatch.setattr(scales, "compile_graph", compile_graph)
    measure_scales(weights, [make_feed(3 * TEXTS + 1, 5)])
    assert max(seen) == TEXTS
    assert sum(seen) == 2 * (3 * TEXTS + 1)


def test_scales_do_not_depend_on_how_many_texts_go_at_a_time(weights, monkeypatch):
    feeds = [make_feed(2 * TEXTS + 3, 5), make_feed(4, 30)]
    few = measure_scales(weights, feeds)
    monkeypatch.setattr(scales, "TEXTS", 1000)
    all_at_once = measure_scales(weights, feeds)
    for key, scale in few.items():
        assert (scale.low, scale.high) == (all_at_once[key].low, all_at_once[key].high)
        np.testing.assert_array_equal(scale.factors, all_at_once[key].factors)
