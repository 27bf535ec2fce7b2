"""The linear layer on the encoder's vectors."""

from __future__ import annotations

import numpy as np

from compliance.analyse.classification.model import TRAINED, load_model


def test_a_passage_is_read_alike_alone_and_among_others() -> None:
    model = load_model(TRAINED)
    assert model.probe
    vectors = np.random.default_rng(5).normal(scale=0.3, size=(40, len(model.probe.centre))).astype(np.float32)
    together = model.probe.read(vectors, model.names)
    for row in range(len(vectors)):
        alone = model.probe.read(vectors[row : row + 1], model.names)
        np.testing.assert_allclose(alone.goals[0], together.goals[row], rtol=1e-12)
        np.testing.assert_allclose(alone.steps[0], together.steps[row], rtol=1e-12)
