"""Trains an encoder to read labels: low-rank changes to its upper layers and a linear layer on top.

The linear layer is fitted first, on the model as it is, and then both together: features that pretraining made are
less distorted so (Kumar et al. 2022, https://arxiv.org/abs/2202.10054).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from torch import nn
from torch.nn import functional

from compliance.analyse.classification.probe import LinearProbe, Vectors
from compliance.text.embedding.in_context import Window
from compliance.train.network import READ, Factors, Network, Prepared, cut_batches

PROBE_STEPS, PROBE_RATE, PROBE_DECAY = 150, 1e-2, 0.05
WEIGHT_DECAY, HEAD_RATE, DROPOUT, MAX_NORM = 0.01, 1e-3, 0.1, 1.0
LEAST_SPREAD = 0.1  # of the mean of all
RISING = 0.1  # share of the steps in which the rate still grows
SORTED = 256  # windows among which batches are made of equally long ones, so that little is padded
PROBED = 1000  # windows, about, are enough for the layer to begin from

Report = Callable[[str], None]
Rows = Sequence[range]
AnyNetwork: TypeAlias = Network[Any]  # what it prepares, only it reads


class AdapterSettings(BaseModel):
    """How an encoder is trained (docs/judgement.md tells what was tried, and which of it made the shipped adapter)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    epochs: int = Field(default=4, ge=1)
    rank: int = Field(default=32, ge=1)
    scale: float = Field(default=2.0, gt=0)
    learning_rate: float = Field(default=4e-4, gt=0)
    batch_tokens: int = Field(default=512, ge=1)
    first_layer: int = Field(default=4, ge=0)  # layers below stay as they are; of other encoders, the lowest third
    seed: int = 0
    adapt: bool = True  # False: the linear layer alone, on the encoder as it is


@dataclass(frozen=True, slots=True)
class TrainedAdapter:
    """Factors by the name of the matrix they change, and the layer that reads labels from the vectors."""

    factors: Factors
    scale: float
    readout: LinearProbe


@dataclass(frozen=True, slots=True)
class TrainingText:
    """Windows with one row of targets, 0 or 1, and one weight for each of their passages, in order."""

    windows: Sequence[Window]
    targets: NDArray[np.float32]  # shape (passages, outputs)
    weights: NDArray[np.float32]  # shape (passages,): how much each counts

    def list_rows(self) -> Rows:
        """Return the rows of each window's passages."""
        ends = np.cumsum([len(window.texts) for window in self.windows]).tolist()
        return [range(end - len(window.texts), end) for window, end in zip(self.windows, ends, strict=True)]


def train_adapter(
    text: TrainingText, build_network: Callable[[int], AnyNetwork], *, settings: AdapterSettings, report: Report
) -> TrainedAdapter:
    """Train on the text the network that is built for its number of outputs."""
    torch.manual_seed(settings.seed)
    network = build_network(text.targets.shape[1])
    windows = network.prepare(text.windows)
    loss = _probe(network, windows, torch.from_numpy(text.targets), text.list_rows())
    report(f"lineært lag: tap {loss:.2f}")
    for epoch, loss in enumerate(_tune(network, windows, text, settings), start=1):
        report(f"runde {epoch} av {settings.epochs}: tap {loss:.2f}")
    return TrainedAdapter(network.take_factors(), settings.scale, network.take_readout())


def fit_readout(vectors: Vectors, targets: NDArray[np.float32], *, seed: int) -> LinearProbe:
    """Fit the linear layer alone, on vectors of any encoder."""
    torch.manual_seed(seed)
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    layer = nn.Linear(vectors.shape[1], targets.shape[1])
    _fit_layer(layer, torch.from_numpy((vectors - centre) / spread), torch.from_numpy(targets))
    return LinearProbe(centre, spread, layer.weight.detach().numpy(), layer.bias.detach().numpy())


def _probe(network: AnyNetwork, windows: Sequence[Prepared], wanted: torch.Tensor, rows: Rows) -> float:
    """Fit the layer on the encoder as it is, on a share of the text, and return the loss."""
    vectors, chosen = [], []
    lengths = [each.tokens for each in windows]
    some = range(0, len(windows), max(1, len(windows) // PROBED))
    with torch.no_grad():
        for batch in cut_batches(sorted(some, key=lambda index: lengths[index]), lengths, READ):
            vectors.append(network.average([windows[index] for index in batch]))
            chosen += [row for index in batch for row in rows[index]]
    found = torch.cat(vectors)
    # Numbers that hardly vary, as of headings that are all alike, would burst once they are trained.
    spread = found.std(0)
    network.centre, network.spread = found.mean(0), spread.clamp(min=LEAST_SPREAD * float(spread.mean()))
    return _fit_layer(network.layer, network.standardise(found), wanted[chosen])


def _fit_layer(layer: nn.Linear, vectors: torch.Tensor, wanted: torch.Tensor) -> float:
    nn.init.zeros_(layer.weight)
    nn.init.constant_(layer.bias, -2.0)  # most labels are absent
    optimiser = torch.optim.AdamW(layer.parameters(), lr=PROBE_RATE, weight_decay=PROBE_DECAY)
    value = 0.0
    for _ in range(PROBE_STEPS):
        optimiser.zero_grad()
        loss = _measure_losses(layer(functional.dropout(vectors, 0.2)), wanted).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        value = float(loss.detach())
    return value


def _tune(
    network: AnyNetwork, windows: Sequence[Prepared], text: TrainingText, settings: AdapterSettings
) -> Iterator[float]:
    """Train encoder and layer together; yield the mean loss of every epoch."""
    random = np.random.default_rng(settings.seed)
    wanted, counts, rows = torch.from_numpy(text.targets), torch.from_numpy(text.weights), text.list_rows()
    lengths = [each.tokens for each in windows]
    plan = [_draw_batches(lengths, settings.batch_tokens, random) for _ in range(settings.epochs)]
    changes, layer = list(network.changes.parameters()), list(network.layer.parameters())
    optimiser = torch.optim.AdamW([{"params": changes}, {"params": layer}], weight_decay=WEIGHT_DECAY)
    steps = sum(map(len, plan)) + 1
    rising = max(RISING, 2 / steps)  # at least two steps: with ten in all, one would be divided by none
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [settings.learning_rate, HEAD_RATE], total_steps=steps, pct_start=rising
    )
    for batches in plan:
        total = 0.0
        for batch in batches:
            chosen = [row for index in batch for row in rows[index]]
            optimiser.zero_grad()
            losses = _measure_losses(network([windows[index] for index in batch], dropout=DROPOUT), wanted[chosen])
            torch.autograd.backward((losses * counts[chosen]).mean())
            nn.utils.clip_grad_norm_([*changes, *layer], MAX_NORM)
            optimiser.step()
            schedule.step()
            total += float(losses.detach().sum())
        yield total / len(wanted)


def _draw_batches(lengths: Sequence[int], most: int, random: np.random.Generator) -> list[list[int]]:
    """Return all indices once, in random batches of about equally long texts with at most so many tokens."""
    order, batches = random.permutation(len(lengths)).tolist(), []
    for start in range(0, len(order), SORTED):
        block = sorted(order[start : start + SORTED], key=lambda index: lengths[index])
        batches += list(cut_batches(block, lengths, most))
    return [batches[index] for index in random.permutation(len(batches))]


def _measure_losses(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return each passage's loss."""
    return functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(1)
