"""An encoder that is not the default, trained from beginning to end: two layers, 32 numbers wide, random weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from compliance.analyse.classification.model import ADAPTER, load_model
from compliance.config import AnalyseConfig, Config, ModelConfig
from compliance.errors import ModelError
from compliance.evaluate.system import collect_labels, make_reading
from compliance.resources import Resources
from compliance.text.embedding.adapter import read_adapter
from compliance.text.embedding.in_context import Window
from compliance.text.embedding.loading import load_passage_encoder
from compliance.train.adapter import AdapterSettings
from compliance.train.run import train_model
from train.made_golds import make_gold

DATA = "Vi deler data på tvers av sektorer og åpner dem for andre"
ROAD = "Kommunen bygger ny bru over elva og ruster opp veien"
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(f"{DATA} {ROAD}".lower().split())]
SETTINGS = AdapterSettings(epochs=4, rank=4, learning_rate=1e-2, batch_tokens=128)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    """Return the folder of a model that knows twenty words."""
    path = tmp_path_factory.mktemp("bert")
    torch.manual_seed(1)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(WORDS), **shape)).save_pretrained(path)
    tokenizer = Tokenizer(models.WordLevel({word: index for index, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks).save_pretrained(path)
    return path


def choose(folder) -> ModelConfig:
    return ModelConfig(name=str(folder), device="cpu", precision="fp32", use_cache=False)


@pytest.fixture(scope="module")
def trained(folder, tmp_path_factory: pytest.TempPathFactory):
    """Return the folder of a model that was trained with this encoder, and what was told on the way."""
    out, told = tmp_path_factory.mktemp("model"), []
    golds = [make_gold(number, about_data=DATA, about_roads=ROAD) for number in range(10)]
    train_model(
        golds, resources=Resources(Config(model=choose(folder))), settings=SETTINGS, out=out, report=told.append
    )
    return out, told


def test_any_encoder_gets_an_adapter_and_judges_a_document_it_has_not_seen(folder, trained) -> None:
    out, told = trained
    assert sum("runde" in line for line in told) == 2 * SETTINGS.epochs  # without some documents, then with all
    config = Config(model=choose(folder), analyse=AnalyseConfig(judgement_folder=out))
    gold = make_gold(99, about_data=DATA, about_roads=ROAD)
    given = collect_labels(gold, Resources(config).with_default_sets().analyse(make_reading(gold)))
    assert [("EN2" in row.goals) for row in given] == [bool(row.goals) for row in gold.labels]


def test_the_adapter_changes_the_upper_layer_only_and_the_vectors_with_it(folder, trained) -> None:
    adapter = read_adapter(trained[0] / ADAPTER)
    assert {name.partition("layer.")[2][0] for name in adapter.factors} == {"0", "1"}
    window = [Window("", (DATA,))]
    before, after = (load_passage_encoder(choose(folder), adapter=each).encode(window) for each in (None, adapter))
    assert not np.allclose(before, after, atol=1e-3)


def test_the_revision_names_the_adapter_which_the_model_asks_for(folder, trained) -> None:
    model = load_model(trained[0])
    encoder = load_passage_encoder(choose(folder), adapter=model.adapter)
    model.check_encoder(encoder.revision)
    assert model.adapter.checksum in encoder.revision
    with pytest.raises(ModelError, match="er trent på"):
        model.check_encoder(load_passage_encoder(choose(folder), adapter=None).revision)


def test_an_adapter_of_another_model_is_refused(folder, trained) -> None:
    adapter = read_adapter(trained[0] / ADAPTER)
    (name, (down, up)), *_ = adapter.factors.items()
    other = type(adapter)({name: (down[:, :-1], up)}, adapter.scale, adapter.checksum)
    with pytest.raises(ModelError, match="ikke trent for"):
        load_passage_encoder(choose(folder), adapter=other).encode([Window("", (DATA,))])
