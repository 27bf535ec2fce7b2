"""A small trained change to the default model's matrices, merged into them when they are loaded.

LoRA (Hu et al. 2021, https://arxiv.org/abs/2106.09685): to a matrix W is added scale · B A, where A has few rows and B
few columns. Merged, it costs nothing at run time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.errors import ModelError

Matrix = NDArray[np.float32]
DOWN, UP = ".lora_A", ".lora_B"  # as PEFT names them


@dataclass(frozen=True)
class Adapter:
    """Low-rank factors by the name of the matrix that they change: A of shape (rank, inputs), B of (outputs, rank)."""

    factors: Mapping[str, tuple[Matrix, Matrix]]
    scale: float
    checksum: str

    def merge(self, name: str, weight: Matrix) -> Matrix:
        """Return the named matrix with its change added; as it is where the adapter leaves it alone."""
        if name not in self.factors:
            return weight
        down, up = self.factors[name]
        merged: Matrix = weight + np.float32(self.scale) * (up @ down)
        return merged


def write_adapter(path: Path, factors: Mapping[str, tuple[Matrix, Matrix]], *, scale: float) -> None:
    """Write the factors as float16 safetensors; the scale stands in the metadata."""
    from safetensors.numpy import save_file

    tensors = {}
    for name, (down, up) in factors.items():
        tensors[name + DOWN], tensors[name + UP] = down.astype(np.float16), up.astype(np.float16)
    save_file(tensors, path, metadata={"scale": repr(scale)})


def read_adapter(path: Path) -> Adapter:
    """Read what `write_adapter` wrote. Raises ModelError where the file is missing or damaged."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            scale = float(file.metadata()["scale"])
            tensors = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118
        content = path.read_bytes()
    except (OSError, SafetensorError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: adapteren kan ikke leses. Hent filen på nytt, eller tren den igjen.") from error
    names = [name.removesuffix(DOWN) for name in tensors if name.endswith(DOWN)]
    factors = {name: (tensors[name + DOWN], tensors[name + UP]) for name in names}
    return Adapter(factors, scale, hashlib.sha256(content).hexdigest()[:12])
