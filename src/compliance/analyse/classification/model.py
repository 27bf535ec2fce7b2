"""A classification model on disk: a folder of safetensors and JSON that anyone can open and read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from compliance.analyse.classification.decide import Heads
from compliance.analyse.classification.examples import Examples, load_examples, save_examples
from compliance.analyse.classification.heads import Array, Head
from compliance.analyse.classification.implied import Implied
from compliance.analyse.classification.probe import LabelNames, LinearProbe
from compliance.config import AnalyseConfig
from compliance.errors import ModelError
from compliance.records import Method
from compliance.text.embedding.adapter import Adapter, read_adapter

ADAPTER, PROBE, HEADS = "adapter.safetensors", "readout.safetensors", "heads.json"
VERSION = 1  # of the folder's format
TRAINED, RULES = Path(__file__).parent / "weights", Path(__file__).parent / "rules"  # the shipped models
_ADVICE = "Hent mappen på nytt, eller lag den med «compliance train»."


KINDS = tuple(field.name for field in fields(Heads))


@dataclass(frozen=True, slots=True)
class ClassificationModel:
    """The parameters of the classifier: hand-made for rules alone, or all that training found out.

    Without a probe no encoder reads along, and `names.goals` is empty: the goals' head judges any goal alike.
    """

    method: Method
    encoder: str | None  # revision of the passage encoder that the probe was trained on, without its precision
    names: LabelNames
    probe: LinearProbe | None
    heads: Heads
    adapter: Adapter | None  # None where the encoder is used as it is
    examples: Examples
    implied: tuple[Implied, ...] = ()  # goals that bring another with them
    checksum: str = ""  # of everything that decides; "" before the model is saved

    def check_encoder(self, revision: str) -> None:
        """Raise ModelError unless the encoder of this revision is the one that the model was trained on."""
        if self.encoder and not revision.startswith(self.encoder):
            raise ModelError(
                f"modellen for vurdering er trent på {self.encoder}, ikke på {revision}. Tren en for denne "
                "(compliance train) og pek på den med analyse.judgement_folder, eller velg "
                "analyse.judgement_folder = «rules»."
            )


def find_model(config: AnalyseConfig) -> Path:
    """Return the folder of the model that the settings name: the shipped ones, or a user's own."""
    if config.judgement_folder == "rules":
        return RULES
    return Path(config.judgement_folder) if config.judgement_folder else TRAINED


def load_model(folder: Path) -> ClassificationModel:
    """Read a model's folder. Raises ModelError where it is missing, damaged or of a version that is not known."""
    from safetensors import SafetensorError

    try:
        raw = (folder / HEADS).read_bytes()
        data = json.loads(raw)
        if data.get("version", VERSION) != VERSION:
            raise ModelError(f"{folder}: modellen er av en nyere utgave ({data['version']}). Oppdater programmet.")
        names = LabelNames(tuple(data["labels"]["goals"]), tuple(data["labels"]["elements"]))
        heads = Heads(**{name: _parse_head(head) for name, head in data["heads"].items()})
        method = Method(data.get("method", Method.MODEL))
        implied = tuple(Implied(*each) for each in data.get("implied", ()))
        probe = load_probe(folder) if data["encoder"] else None
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(f"{folder}: modellen for vurdering kan ikke leses ({error}). {_ADVICE}") from error
    adapter = read_adapter(folder / ADAPTER) if (folder / ADAPTER).is_file() else None
    decides = raw + (folder / PROBE).read_bytes() if probe else raw
    digest = hashlib.sha256(decides + (adapter.checksum.encode() if adapter else b"")).hexdigest()[:12]
    examples = load_examples(folder)
    return ClassificationModel(method, data["encoder"], names, probe, heads, adapter, examples, implied, digest)


def save_model(model: ClassificationModel, folder: Path) -> None:
    """Write the model into an existing folder; `load_model` reads it. The adapter is a file of its own already."""
    if model.probe:
        save_probe(model.probe, folder)
    data = {
        "version": VERSION,
        "method": model.method,
        "encoder": model.encoder,
        "labels": {"goals": model.names.goals, "elements": model.names.elements},
        "implied": [[each.goal, each.brings, round(each.share, 4)] for each in model.implied],
        "heads": {name: _describe_head(getattr(model.heads, name)) for name in KINDS},
    }
    (folder / HEADS).write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if model.examples.passages:
        save_examples(model.examples, folder)


def save_probe(probe: LinearProbe, folder: Path) -> None:
    """Write the layer that reads labels from vectors into an existing folder."""
    from safetensors.numpy import save_file

    tensors = {"centre": probe.centre, "spread": probe.spread, "weights": probe.weights, "bias": probe.bias}
    save_file(tensors, folder / PROBE)


def load_probe(folder: Path) -> LinearProbe:
    """Read what `save_probe` wrote. Raises OSError, SafetensorError or KeyError."""
    from safetensors.numpy import load_file

    layer = load_file(folder / PROBE)
    return LinearProbe(layer["centre"], layer["spread"], layer["weights"], layer["bias"])


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
