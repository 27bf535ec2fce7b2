"""A saved graph is compiled by one process at a time, since what the compiler keeps is one file for all."""

from __future__ import annotations

import pytest
from filelock import FileLock, Timeout

from compliance.text.embedding.cpu import session
from compliance.text.embedding.cpu.session import load_graph


def test_others_wait_while_a_graph_is_compiled(tmp_path, monkeypatch):
    compiled = tmp_path / "models" / "compiled"

    def compile_alone(model, *, precision, cache):
        with pytest.raises(Timeout), FileLock(tmp_path / "models" / "compiled.lock", timeout=0):
            raise AssertionError("another process would compile too")
        return "request"

    monkeypatch.setattr(session, "_compile", compile_alone)
    assert load_graph(tmp_path / "encoder.xml", precision="int8", compiled=compiled) == "request"
    with FileLock(tmp_path / "models" / "compiled.lock", timeout=0):
        pass  # given back
