from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from compliance.text.embedding.adapter import read_adapter, write_adapter
from compliance.text.embedding.bert import BertBackend
from compliance.text.embedding.device import Device
from compliance.text.embedding.in_context import Window
from compliance.train.adapter import AdapterSettings, TrainingText, fit_readout, train_adapter
from compliance.train.network import ChangedProduct, DefaultNetwork

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "query:", "vi", "skal", "dele", "data", "bygge", "vei", "mål", "og", "nytt"]
SETTINGS = AdapterSettings(epochs=8, rank=4, first_layer=1, batch_tokens=32, learning_rate=1e-2)
ABOUT_DATA = [Window("mål", ("vi skal dele data",)), Window("", ("dele data",)), Window("mål", ("data og nytt",))]
ABOUT_ROADS = [Window("mål", ("vi skal bygge vei",)), Window("", ("bygge vei",)), Window("mål", ("vei og nytt",))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    """Return the folder of a model of two layers that knows fourteen words; its weights are random."""
    path = tmp_path_factory.mktemp("model")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=384,  # the width that the backend knows
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    BertModel(config).save_pretrained(path)
    tokenizer = Tokenizer(models.WordLevel({word: index for index, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special = [("<s>", 0), ("</s>", 2)]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=special)
    tokenizer.save(str(path / "tokenizer.json"))
    return path


def train(folder, **changes):
    windows = [*ABOUT_DATA, *ABOUT_ROADS]
    targets = np.array([[1.0], [1.0], [1.0], [0.0], [0.0], [0.0]], np.float32)
    told: list[str] = []
    settings = SETTINGS.model_copy(update=changes)

    def build(outputs):
        changed = {"rank": settings.rank, "scale": settings.scale, "first_layer": settings.first_layer}
        return DefaultNetwork(folder, outputs=outputs, **changed)

    text = TrainingText(windows, targets, np.ones(6, np.float32))
    return train_adapter(text, build, settings=settings, report=told.append), told


def test_training_separates_what_it_was_shown(folder, tmp_path) -> None:
    trained, told = train(folder)
    write_adapter(tmp_path / "adapter", trained.factors, scale=trained.scale)
    backend = BertBackend(
        lambda: folder,
        revision="tiny",
        device=Device("cpu", "fp32"),
        batch_size=2,
        adapter=read_adapter(tmp_path / "adapter"),
    )
    layer = trained.readout
    vectors = backend.embed_windows([*ABOUT_DATA, *ABOUT_ROADS])
    scores = ((vectors - layer.centre) / layer.spread) @ layer.weights.T + layer.bias
    assert (scores[:3, 0] > 0).all()
    assert (scores[3:, 0] < 0).all()
    assert len(told) == 1 + SETTINGS.epochs


def test_only_the_upper_layers_are_changed(folder) -> None:
    trained, _ = train(folder, epochs=1)
    assert {name.split(".")[2] for name in trained.factors} == {"1"}
    assert len(trained.factors) == 6


def test_a_passage_is_trained_as_it_will_be_read(folder) -> None:
    windows = [Window("mål", ("vi skal dele data .", "bygge vei .")), Window("", ("data og", "nytt"))]
    network = DefaultNetwork(folder, outputs=1, rank=2, scale=1.0, first_layer=1)
    with torch.no_grad():
        trained = network.average(network.prepare(windows)).numpy()
    backend = BertBackend(lambda: folder, revision="tiny", device=Device("cpu", "fp32"), batch_size=2)
    assert np.allclose(trained, backend.embed_windows(windows), atol=0.05)  # bf16 where the processor has it


def test_the_same_seed_gives_the_same_adapter(folder) -> None:
    first, second = (train(folder, epochs=1)[0] for _ in range(2))
    for name, (down, up) in first.factors.items():
        assert np.array_equal(down, second.factors[name][0])
        assert np.array_equal(up, second.factors[name][1])


def test_the_layer_alone_reads_vectors_of_any_encoder() -> None:
    vectors = np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.9]], np.float32)
    readout = fit_readout(vectors, np.array([[1.0], [1.0], [0.0], [0.0]], np.float32), seed=0)
    scores = ((vectors - readout.centre) / readout.spread) @ readout.weights.T + readout.bias
    assert (scores[:, 0] > 0).tolist() == [True, True, False, False]


@pytest.mark.parametrize("count", [1, 3], ids=["one change", "query, key and value"])
def test_a_changed_product_is_the_rows_times_the_changed_matrix(count: int) -> None:
    rows, weight, bias, down, up = (
        torch.randn(*shape, dtype=torch.float64)
        for shape in [(5, 4), (2 * count, 4), (2 * count,), (3 * count, 4), (count, 2, 3)]
    )
    changes = torch.cat([each @ part for each, part in zip(up, down.chunk(count), strict=True)])
    expected = torch.nn.functional.linear(rows, weight + changes, bias)
    assert torch.allclose(ChangedProduct.apply(rows, weight, bias, down, up), expected)


def test_a_changed_product_has_the_gradients_that_finite_differences_give() -> None:
    rows, down, up = (
        torch.randn(*shape, dtype=torch.float64, requires_grad=True) for shape in [(5, 4), (6, 4), (2, 3, 3)]
    )
    weight, bias = torch.randn(6, 4, dtype=torch.float64), torch.randn(6, dtype=torch.float64)
    assert torch.autograd.gradcheck(
        lambda *changing: ChangedProduct.apply(changing[0], weight, bias, *changing[1:]), (rows, down, up)
    )
