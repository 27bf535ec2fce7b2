from __future__ import annotations

import json

import numpy as np
import pytest

from analyse.classification.models import make_model
from compliance.analyse.classification.model import ADAPTER, HEADS, RULES, VERSION, load_model, save_model
from compliance.errors import ModelError
from compliance.records import Method
from compliance.text.embedding.adapter import write_adapter


@pytest.fixture(scope="module")
def model():
    return make_model()


@pytest.fixture
def folder(tmp_path, model):
    save_model(model, tmp_path)
    return tmp_path


def test_a_saved_model_comes_back_the_same(folder, model) -> None:
    loaded = load_model(folder)
    assert (loaded.encoder, loaded.names, loaded.method) == (model.encoder, model.names, Method.MODEL)
    for kind in ("goals", "elements", "level", "local"):
        saved, read = getattr(model.heads, kind), getattr(loaded.heads, kind)
        assert (read.features, read.labels, read.threshold) == (saved.features, saved.labels, saved.threshold)
        for name in ("centre", "spread", "weights", "bias"):
            assert np.array_equal(getattr(read, name), getattr(saved, name))
    for name in ("centre", "spread", "weights", "bias"):
        assert np.array_equal(getattr(loaded.probe, name), getattr(model.probe, name))
    assert loaded.examples.passages == model.examples.passages
    assert np.array_equal(loaded.examples.vectors, model.examples.vectors)
    assert loaded.adapter is None


def test_the_rules_are_a_model_without_an_encoder() -> None:
    rules = load_model(RULES)
    assert (rules.method, rules.encoder, rules.probe, rules.names.goals) == (Method.RULES, None, None, ())
    rules.check_encoder("any")


def test_a_model_of_a_later_format_is_refused(folder) -> None:
    data = json.loads((folder / HEADS).read_text())
    (folder / HEADS).write_text(json.dumps(data | {"version": VERSION + 1}))
    with pytest.raises(ModelError, match="Oppdater"):
        load_model(folder)


def test_other_weights_have_another_checksum(folder) -> None:
    before = load_model(folder).checksum
    data = json.loads((folder / HEADS).read_text())
    data["heads"]["goals"]["threshold"] = 0.25
    (folder / HEADS).write_text(json.dumps(data))
    assert load_model(folder).checksum != before


def test_another_adapter_has_another_checksum(folder) -> None:
    before = load_model(folder).checksum
    ones = np.ones((1, 2), np.float32)
    write_adapter(folder / ADAPTER, {"encoder.layer.0.output.dense.weight": (ones, ones.T)}, scale=1.0)
    assert load_model(folder).checksum != before


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
        load_model(folder)


def test_a_model_for_another_encoder_is_refused(folder) -> None:
    model = load_model(folder)
    model.check_encoder("words-64/bf16")
    with pytest.raises(ModelError, match="compliance train"):
        model.check_encoder("other-model@123/fp32")
