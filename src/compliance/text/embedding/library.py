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
from compliance.text.embedding.device import Device
from compliance.text.embedding.offline import switch_off_network

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class LibraryBackend:
    """Embeds texts with a model that sentence-transformers knows by name or folder.

    Its revision is a hash of the loaded weights, so that asking for it loads the model.
    """

    def __init__(self, name: str, *, device: Device, batch_size: int) -> None:
        self._name, self._device, self._batch_size = name, device, batch_size

    @cached_property
    def _model(self) -> SentenceTransformer:
        check_extra("encoders", asked_for=f"Modellen «{self._name}»")
        switch_off_network()
        import torch
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(self._name, device=self._device.kind, local_files_only=True)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0].rstrip(".")
            raise ModelError(
                f"modellen «{self._name}» kan ikke lastes: {reason}. Er det en mappe, må den være en "
                "sentence-transformers-mappe. Er det et navn, må modellen være lastet ned på forhånd: ingenting hentes "
                "under kjøring. Uten --model brukes standardmodellen, som følger med."
            ) from error
        return model.bfloat16() if self._device.precision == "bf16" else model.to(torch.float32)

    @cached_property
    def revision(self) -> str:
        """Name, hash of the weights and precision."""
        weights = self._model.state_dict()
        import torch

        digest = hashlib.sha256()
        for name, tensor in weights.items():
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().contiguous().view(torch.uint8).numpy().data)
        name = Path(self._name).name if Path(self._name).is_dir() else self._name
        return f"{name}@{digest.hexdigest()[:12]}/{self._device.precision}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

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
