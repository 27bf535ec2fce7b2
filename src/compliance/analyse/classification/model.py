"""A trained judgement model on disk: a folder of safetensors and JSON that anyone can open and read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from compliance.analyse.classification.examples import Examples, load_examples
from compliance.analyse.classification.heads import Array, Head
from compliance.analyse.classification.probe import LabelNames, LinearProbe
from compliance.errors import ModelError
from compliance.text.embedding.adapter import Adapter, read_adapter

ADAPTER, READOUT, HEADS = "adapter.safetensors", "readout.safetensors", "heads.json"
SHIPPED = Path(__file__).parent / "weights"
_ADVICE = "Hent mappen på nytt, eller lag den med «compliance train»."


@dataclass(frozen=True, slots=True)
class Heads:
    """One head for each kind of label."""

    goals: Head
    elements: Head
    level: Head
    local: Head


KINDS = tuple(field.name for field in fields(Heads))


@dataclass(frozen=True, slots=True)
class JudgementModel:
    """Everything that training found out."""

    encoder: str  # revision of the passage encoder that the readout was trained on, without its precision
    names: LabelNames
    readout: LinearProbe
    heads: Heads
    adapter: Adapter | None  # None where the encoder is used as it is
    examples: Examples
    checksum: str

    def check_encoder(self, revision: str) -> None:
        """Raise ModelError unless the encoder of this revision is the one that the model was trained on."""
        if not revision.startswith(self.encoder):
            raise ModelError(
                f"modellen for vurdering er trent på {self.encoder}, ikke på {revision}. Tren en for denne "
                "(compliance train) og pek på den med analyse.judgement_folder, eller velg analyse.judgement = «rules»."
            )


def load_judgement(folder: Path | None = None) -> JudgementModel:
    """Read a model's folder, the shipped one where none is named. Raises ModelError where it is missing or damaged."""
    from safetensors import SafetensorError

    folder = folder or SHIPPED
    try:
        raw = (folder / HEADS).read_bytes()
        data = json.loads(raw)
        names = LabelNames(tuple(data["labels"]["goals"]), tuple(data["labels"]["elements"]))
        heads = Heads(**{name: _parse_head(head) for name, head in data["heads"].items()})
        readout = load_readout(folder)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(f"{folder}: modellen for vurdering kan ikke leses ({error}). {_ADVICE}") from error
    adapter = read_adapter(folder / ADAPTER) if (folder / ADAPTER).is_file() else None
    trained = raw + (folder / READOUT).read_bytes() + (adapter.checksum.encode() if adapter else b"")
    digest = hashlib.sha256(trained).hexdigest()[:12]
    return JudgementModel(data["encoder"], names, readout, heads, adapter, load_examples(folder), digest)


def save_readout(readout: LinearProbe, folder: Path) -> None:
    """Write the layer that reads labels from vectors into an existing folder."""
    from safetensors.numpy import save_file

    tensors = {"centre": readout.centre, "spread": readout.spread, "weights": readout.weights, "bias": readout.bias}
    save_file(tensors, folder / READOUT)


def load_readout(folder: Path) -> LinearProbe:
    """Read what `save_readout` wrote. Raises OSError, SafetensorError or KeyError."""
    from safetensors.numpy import load_file

    layer = load_file(folder / READOUT)
    return LinearProbe(layer["centre"], layer["spread"], layer["weights"], layer["bias"])


def save_heads(heads: Heads, folder: Path, *, encoder: str, names: LabelNames) -> None:
    """Write the heads into an existing folder, with the labels and the revision of the encoder that they belong to."""
    data = {
        "encoder": encoder,
        "labels": {"goals": names.goals, "elements": names.elements},
        "heads": {name: _describe_head(getattr(heads, name)) for name in KINDS},
    }
    (folder / HEADS).write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _describe_head(head: Head) -> dict[str, Any]:
    numbers = zip(head.features, head.centre, head.spread, head.weights, strict=True)
    return {
        "threshold": head.threshold,
        "features": {name: [round(float(value), 6) for value in values] for name, *values in numbers},
        "bias": {name: round(float(value), 6) for name, value in zip(head.labels, head.bias, strict=True)},
    }


def _parse_head(data: dict[str, Any]) -> Head:
    centre, spread, weights = _columns(list(data["features"].values()))
    bias: Array = np.array(list(data["bias"].values()), dtype=np.float64)
    return Head(
        tuple(data["features"]), tuple(data["bias"]), centre, spread, weights, bias, threshold=float(data["threshold"])
    )


def _columns(rows: list[list[float]]) -> tuple[Array, Array, Array]:
    table: Array = np.array(rows, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != 3:
        raise ValueError("hvert trekk må ha tre tall")
    return table[:, 0], table[:, 1], table[:, 2]
