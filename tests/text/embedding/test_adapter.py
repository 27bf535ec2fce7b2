from __future__ import annotations

import numpy as np
import pytest

from compliance.errors import ModelError
from compliance.text.embedding.adapter import read_adapter, write_adapter

NAME = "encoder.layer.0.attention.self.query.weight"
DOWN, UP = np.ones((2, 4), np.float32), np.arange(6, dtype=np.float32).reshape(3, 2)


def test_a_written_adapter_changes_its_matrix_and_no_other(tmp_path) -> None:
    write_adapter(tmp_path / "adapter.safetensors", {NAME: (DOWN, UP)}, scale=0.5)
    adapter = read_adapter(tmp_path / "adapter.safetensors")
    weight = np.zeros((3, 4), np.float32)
    assert np.array_equal(adapter.merge(NAME, weight), 0.5 * UP @ DOWN)
    assert adapter.merge("encoder.layer.1.attention.self.query.weight", weight) is weight


def test_other_factors_have_another_checksum(tmp_path) -> None:
    for name, up in (("a", UP), ("b", UP + 1)):
        write_adapter(tmp_path / name, {NAME: (DOWN, up)}, scale=0.5)
    assert read_adapter(tmp_path / "a").checksum != read_adapter(tmp_path / "b").checksum


@pytest.mark.parametrize("content", [pytest.param(None, id="missing"), pytest.param(b"no tensors", id="damaged")])
def test_an_unreadable_adapter_is_told_of(tmp_path, content) -> None:
    path = tmp_path / "adapter.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="adapteren kan ikke leses"):
        read_adapter(path)
