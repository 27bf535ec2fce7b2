from __future__ import annotations

import json

import numpy as np
import pytest

from analyse.classification.models import NAMES, OBSERVER, make_model
from builders import make_reading
from compliance.analyse.classification.examples import save_examples
from compliance.analyse.classification.model import ADAPTER, HEADS, load_judgement, save_heads, save_readout
from compliance.errors import ModelError
from compliance.text.embedding.adapter import write_adapter

MODEL = make_model(OBSERVER.observe(make_reading(["Vi deler data."])))


@pytest.fixture
def folder(tmp_path):
    save_readout(MODEL.readout, tmp_path)
    save_heads(MODEL.heads, tmp_path, encoder=MODEL.encoder, names=NAMES)
    save_examples(MODEL.examples.passages, MODEL.examples.vectors.astype(np.float32), tmp_path)
    return tmp_path


def test_a_saved_model_comes_back_the_same(folder) -> None:
    loaded = load_judgement(folder)
    assert (loaded.encoder, loaded.names) == (MODEL.encoder, NAMES)
    assert np.array_equal(loaded.heads.goals.weights, MODEL.heads.goals.weights)
    assert np.array_equal(loaded.heads.level.bias, MODEL.heads.level.bias)
    assert np.array_equal(loaded.readout.bias, MODEL.readout.bias)
    assert loaded.examples.passages == MODEL.examples.passages
    assert loaded.adapter is None


def test_other_weights_have_another_checksum(folder) -> None:
    before = load_judgement(folder).checksum
    data = json.loads((folder / HEADS).read_text())
    data["heads"]["goals"]["threshold"] = 0.25
    (folder / HEADS).write_text(json.dumps(data))
    assert load_judgement(folder).checksum != before


def test_another_adapter_has_another_checksum(folder) -> None:
    before = load_judgement(folder).checksum
    ones = np.ones((1, 2), np.float32)
    write_adapter(folder / ADAPTER, {"encoder.layer.0.output.dense.weight": (ones, ones.T)}, scale=1.0)
    assert load_judgement(folder).checksum != before


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda folder: (folder / HEADS).unlink(), id="missing"),
        pytest.param(lambda folder: (folder / HEADS).write_text("{"), id="cut"),
        pytest.param(lambda folder: (folder / HEADS).write_text('{"labels": {}}'), id="incomplete"),
        pytest.param(lambda folder: (folder / "readout.safetensors").write_bytes(b"?"), id="damaged"),
    ],
)
def test_a_spoilt_model_is_told_of(folder, spoil) -> None:
    spoil(folder)
    with pytest.raises(ModelError, match="compliance train"):
        load_judgement(folder)


def test_a_model_for_another_encoder_is_refused(folder) -> None:
    model = load_judgement(folder)
    model.check_encoder("words-64/bf16")
    with pytest.raises(ModelError, match="compliance train"):
        model.check_encoder("other-model@123/fp32")
