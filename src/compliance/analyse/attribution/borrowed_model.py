"""What was learnt of others' words: logistic models on disk, read without scikit-learn.

The first tells borrowed words from own, the second copied from quoted. Each is a list of named numbers with weights and
a line through their sum that makes it a probability (Platt 1999), fitted on documents held out. The third, where there
is one, reads the encoder's vectors of the passages that the first leaves open.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compliance.errors import ModelError

FILE = "borrowed.json"
_ADVICE = "Hent filen på nytt, eller lag den med «compliance train-borrowed»."
_DECIMALS = 4
_FURTHEST = 60.0  # from here on a probability is 0 or 1 in a double
_LEAST = 1e-4  # a first reading is never taken for surer


@dataclass(frozen=True, slots=True)
class Decision:
    """One yes or no: `slope` and `offset` make the sum a probability; from `threshold` on it is yes."""

    weights: Mapping[str, float]
    bias: float
    slope: float
    offset: float
    threshold: float

    def predict(self, numbers: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1; numbers without a weight count for nothing."""
        return expit(self.slope * self.weigh(numbers) + self.offset)

    def weigh(self, numbers: Mapping[str, float]) -> float:
        """Return the weighed sum."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in numbers.items())

    def explain(self, numbers: Mapping[str, float], *, most: int) -> tuple[tuple[str, float], ...]:
        """Return what the weightiest numbers add to the probability's logit, at most so many."""
        added = [(name, self.slope * self.weights.get(name, 0.0) * value) for name, value in numbers.items()]
        added.sort(key=lambda each: (-abs(each[1]), each[0]))
        return tuple((name, round(value, _DECIMALS)) for name, value in added[:most] if value)


@dataclass(frozen=True, slots=True, eq=False)
class CloserLook:
    """A second reading of passages that are borrowed with a probability from `floor` on, by the encoder's vectors."""

    encoder: str  # the encoder's revision begins so
    floor: float
    weight: float  # of the first reading's logit
    vector: NDArray[np.float32]  # weights, shape (dimension,)
    bias: float
    threshold: float

    def predict(self, likely: float, vector: NDArray[np.float32]) -> float:
        """Return the probability that a passage is borrowed, from that of the first reading and its unit vector."""
        return expit(self.weight * logit(likely) + float(self.vector @ vector) + self.bias)

    def check_encoder(self, revision: str) -> None:
        """Raise ModelError unless the encoder of this revision is the one that the model was trained on."""
        if not revision.startswith(self.encoder):
            raise ModelError(f"modellen for andres ord er trent på {self.encoder}, ikke på {revision}. {_ADVICE}")


@dataclass(frozen=True, slots=True)
class BorrowedModel:
    """All decisions, with a checksum of the file."""

    borrowed: Decision
    copied: Decision
    checksum: str
    closer: CloserLook | None = None

    @property
    def threshold(self) -> float:
        """Return from which probability on a passage is another's."""
        return self.closer.threshold if self.closer else self.borrowed.threshold


def expit(score: float) -> float:
    """Return 1 / (1 + e^-x)."""
    return 1.0 / (1.0 + math.exp(-max(-_FURTHEST, min(_FURTHEST, score))))


def logit(probability: float) -> float:
    """Return the inverse of `expit`, within what a first reading can be sure of."""
    kept = min(max(probability, _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))


def load_borrowed(path: Path) -> BorrowedModel:
    """Read a model's file. Raises ModelError where it is missing or damaged."""
    try:
        raw = path.read_bytes()
        data = json.loads(raw)
        decisions = {name: _parse(data[name]) for name in ("borrowed", "copied")}
        closer = _parse_closer(data["closer"]) if "closer" in data else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: modellen for andres ord kan ikke leses ({error}). {_ADVICE}") from error
    return BorrowedModel(**decisions, checksum=hashlib.sha256(raw).hexdigest()[:12], closer=closer)


def save_borrowed(model: BorrowedModel, path: Path) -> None:
    """Write all decisions, weights in the order of their names; the checksum is the file's, and not in it."""
    data: dict[str, Any] = {"borrowed": _describe(model.borrowed), "copied": _describe(model.copied)}
    if model.closer:
        data["closer"] = _describe_closer(model.closer)
    path.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def _describe(decision: Decision) -> dict[str, Any]:
    weights = {name: round(value, _DECIMALS) for name, value in sorted(decision.weights.items())}
    return {
        "threshold": decision.threshold,
        "slope": round(decision.slope, _DECIMALS),
        "offset": round(decision.offset, _DECIMALS),
        "bias": round(decision.bias, _DECIMALS),
        "weights": {name: value for name, value in weights.items() if value},
    }


def _parse(data: Mapping[str, Any]) -> Decision:
    weights = {str(name): float(value) for name, value in data["weights"].items()}
    numbers = {name: float(data[name]) for name in ("bias", "slope", "offset", "threshold")}
    return Decision(weights, **numbers)


def _describe_closer(closer: CloserLook) -> dict[str, Any]:
    return {
        "encoder": closer.encoder,
        "floor": closer.floor,
        "threshold": closer.threshold,
        "weight": round(closer.weight, _DECIMALS),
        "bias": round(closer.bias, _DECIMALS),
        "vector": [round(float(value), _DECIMALS) for value in closer.vector],
    }


def _parse_closer(data: Mapping[str, Any]) -> CloserLook:
    numbers = {name: float(data[name]) for name in ("floor", "weight", "bias", "threshold")}
    return CloserLook(encoder=str(data["encoder"]), vector=np.array(data["vector"], dtype=np.float32), **numbers)
