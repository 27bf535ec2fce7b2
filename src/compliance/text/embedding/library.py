"""Any other sentence-transformers model, through the library."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from compliance.errors import ModelError
from compliance.extras import check_extra
from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.device import Device
from compliance.text.embedding.offline import switch_off_network

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import nn

_WEIGHT = ".weight"


class LibraryBackend:
    """Embeds texts with a model that sentence-transformers knows by name or folder.

    Its revision is a hash of the loaded weights, so that asking for it loads the model.
    """

    def __init__(self, name: str, *, device: Device, batch_size: int, adapter: Adapter | None = None) -> None:
        self._name, self._device, self._batch_size, self._adapter = name, device, batch_size, adapter

    @cached_property
    def _loaded(self) -> tuple[SentenceTransformer, str]:
        """The model with the adapter's changes, and a hash of its weights before them."""
        model = load_library_model(self._name, device=self._device)
        digest = _hash_weights(model)
        if self._adapter:
            merge_adapter(model, self._adapter, name=self._name)
        return model, digest

    @property
    def _model(self) -> SentenceTransformer:
        return self._loaded[0]

    @cached_property
    def revision(self) -> str:
        """Name, hash of the weights, the adapter's, and precision."""
        name = Path(self._name).name if Path(self._name).is_dir() else self._name
        changed = f"+{self._adapter.checksum}" if self._adapter else ""
        return f"{name}@{self._loaded[1]}{changed}/{self._device.precision}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def release(self) -> None:
        """Let go of the model; its revision and dimension stay known."""
        if "_loaded" in vars(self):
            self.revision, self.dimension  # noqa: B018
            del vars(self)["_loaded"]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each text."""
        vectors = self._model.encode(
            list(texts),
            prompt="",  # the prefix is in the text already
            batch_size=self._batch_size,
            convert_to_numpy=False,
            convert_to_tensor=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        rows: NDArray[np.float32] = vectors.float().cpu().numpy()
        return rows


def load_library_model(name: str, *, device: Device) -> SentenceTransformer:
    """Load a model by name or folder in the device's precision. Raises ModelError where it cannot be had."""
    check_extra("encoders", asked_for=f"Modellen «{name}»")
    switch_off_network()
    import torch
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name, device=device.kind, local_files_only=True)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise ModelError(
            f"modellen «{name}» kan ikke lastes: {reason}. Er det en mappe, må den være en "
            "sentence-transformers-mappe. Er det et navn, må modellen være lastet ned på forhånd: ingenting hentes "
            "under kjøring. Uten --model brukes standardmodellen, som følger med."
        ) from error
    return model.bfloat16() if device.precision == "bf16" else model.to(torch.float32)


def find_matrices(model: SentenceTransformer) -> dict[str, nn.Module]:
    """Return the parts of the model that hold a matrix, by the name of the matrix."""
    return {
        name + _WEIGHT: part
        for name, part in model.named_modules()
        if getattr(getattr(part, "weight", None), "ndim", 0) == 2
    }


def merge_adapter(model: SentenceTransformer, adapter: Adapter, *, name: str) -> None:
    """Add the adapter's changes to the model's matrices. Raises ModelError where it was trained for another model."""
    import torch

    matrices = find_matrices(model)
    for key, (down, up) in adapter.factors.items():
        matrix = getattr(matrices.get(key), "weight", None)
        if matrix is None or tuple(matrix.shape) != (len(up), down.shape[1]):
            raise ModelError(
                f"adapteren er ikke trent for «{name}»: matrisen {key} er ikke den samme. Tren den for denne modellen "
                "(compliance train)."
            )
        with torch.no_grad():
            matrix += torch.from_numpy(adapter.scale * (up @ down)).to(matrix)


def _hash_weights(model: SentenceTransformer) -> str:
    import torch

    digest = hashlib.sha256()
    for name, tensor in model.state_dict().items():
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(torch.uint8).numpy().data)
    return digest.hexdigest()[:12]
