"""Any sentence-transformers model in training: what its file calls linear, in the upper two thirds of its layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

from compliance.errors import ModelError
from compliance.text.embedding.in_context import Window
from compliance.text.embedding.library import find_matrices
from compliance.train.network import LowRank, Network, Prepared

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

KEPT = 3  # the lowest of so many parts of the layers stays as it is, as of the default model


@dataclass(frozen=True, slots=True)
class PreparedTexts(Prepared):
    """A window as the texts that the model reads."""

    own: tuple[str, ...]
    above: str


class LibraryNetwork(Network[PreparedTexts]):
    """Reads each passage by itself and what stands above it beside, as `PlainPassageEncoder` does."""

    def __init__(self, model: SentenceTransformer, *, prefix: str, outputs: int, rank: int, scale: float) -> None:
        super().__init__(width=2 * int(model.get_embedding_dimension() or 0), outputs=outputs, scale=scale)
        self._prefix = prefix
        self._read = model.requires_grad_(requires_grad=False).eval()
        for name, matrix in _choose_matrices(model).items():
            change = LowRank(matrix.out_features, matrix.in_features, rank=rank).to(model.device)
            self.add_change(name, change)
            matrix.register_forward_hook(_add(change, scale))

    def prepare(self, windows: Sequence[Window]) -> list[PreparedTexts]:
        """Return the windows' texts with the model's prefix."""
        return [self._prepare(window) for window in windows]

    def average(self, windows: Sequence[PreparedTexts]) -> torch.Tensor:
        """Return each passage's vector, then that of what stands above it."""
        own = self._embed([text for window in windows for text in window.own])
        above = self._embed([window.above for window in windows])
        counts = torch.tensor([len(window.own) for window in windows])
        return torch.cat((own, above.repeat_interleave(counts, dim=0)), dim=1)

    def _prepare(self, window: Window) -> PreparedTexts:
        own, above = tuple(self._prefix + text for text in window.texts), self._prefix + window.context
        ids = self._read.preprocess([*own, above])["attention_mask"]
        return PreparedTexts(int(ids.sum()), own, above)

    def _embed(self, texts: Sequence[str]) -> torch.Tensor:
        batch = self._read.preprocess(list(texts))
        moved = {name: value.to(self._read.device) if hasattr(value, "to") else value for name, value in batch.items()}
        return functional.normalize(self._read(moved)["sentence_embedding"].float()).cpu()


def _choose_matrices(model: SentenceTransformer) -> dict[str, nn.Linear]:
    """Return the matrices that are changed, by name. Raises ModelError where the model has no layers one can tell."""
    lists = [each for each in model.modules() if isinstance(each, nn.ModuleList) and len(each) > 1]
    if not lists:
        raise ModelError(
            "modellen har ingen lag som kan tilpasses. Tren bare det øverste laget: compliance train --without-adapter."
        )
    layers = max(lists, key=len)
    upper = {each for layer in list(layers)[len(layers) // KEPT :] for each in layer.modules()}
    return {name: each for name, each in find_matrices(model).items() if isinstance(each, nn.Linear) and each in upper}


def _add(change: LowRank, scale: float):  # type: ignore[no-untyped-def]  # torch's own type of a hook is as loose
    def hook(_: nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
        added: torch.Tensor = change(inputs[0])
        return output + scale * added

    return hook
