from __future__ import annotations

from pathlib import Path

import pytest

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.encoder import Prefix
from compliance.text.embedding.loading import load_encoder


def test_a_model_that_cannot_be_had_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    encoder = load_encoder(ModelConfig(name=str(tmp_path / "finnes" / "ikke"), device="cpu"))
    with pytest.raises(ModelError, match="Uten --model brukes standardmodellen"):
        encoder.encode(["Kommunen"], prefix=Prefix.PASSAGE)


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="kan ikke lastes"):
        load_encoder(ModelConfig(name=str(tmp_path), device="cpu")).encode(["Kommunen"], prefix=Prefix.PASSAGE)
