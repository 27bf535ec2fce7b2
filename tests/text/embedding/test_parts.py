"""What the default model is made of: looked at by sizes before every command, by checksums where that is asked for."""

from __future__ import annotations

from pathlib import Path

from compliance.text.embedding.parts import ModelParts
from compliance.text.embedding.prepared import PreparedFolder


def write_weights(folder: Path, *, progress) -> None:
    (folder / "weights").write_bytes(b"whole")


def test_what_is_ready_is_told_by_sizes_and_what_is_whole_by_checksums(tmp_path: Path) -> None:
    folders = [PreparedFolder(tmp_path / name, "a", write_weights) for name in ("tokens", "encoder")]
    parts = ModelParts(tmp_path, folders)
    folders[0].prepare()
    assert not parts.is_ready()
    parts.prepare(progress=lambda done, total: None)
    assert parts.is_ready()
    assert parts.is_undamaged()
    (tmp_path / "encoder" / "weights").write_bytes(b"zeros")
    assert parts.is_ready()
    assert not parts.is_undamaged()
    (tmp_path / "encoder" / "weights").write_bytes(b"cut")
    assert not parts.is_ready()
