"""What was learnt of others' words: two logistic models on disk, read without scikit-learn.

The first tells borrowed words from own, the second copied from quoted. Each is a list of named numbers with weights and
a line through their sum that makes it a probability (Platt 1999), fitted on documents held out.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.errors import ModelError

FILE = "borrowed.json"
_ADVICE = "Hent filen på nytt, eller lag den med «compliance train-borrowed»."
_DECIMALS = 4
_FURTHEST = 60.0  # from here on a probability is 0 or 1 in a double


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


@dataclass(frozen=True, slots=True)
class BorrowedModel:
    """Both decisions, with a checksum of the file."""

    borrowed: Decision
    copied: Decision
    checksum: str


def expit(score: float) -> float:
    """Return 1 / (1 + e^-x)."""
    return 1.0 / (1.0 + math.exp(-max(-_FURTHEST, min(_FURTHEST, score))))


def load_borrowed(path: Path) -> BorrowedModel:
    """Read a model's file. Raises ModelError where it is missing or damaged."""
    try:
        raw = path.read_bytes()
        data = json.loads(raw)
        decisions = {name: _parse(data[name]) for name in ("borrowed", "copied")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: modellen for andres ord kan ikke leses ({error}). {_ADVICE}") from error
    return BorrowedModel(**decisions, checksum=hashlib.sha256(raw).hexdigest()[:12])


def save_borrowed(borrowed: Decision, copied: Decision, path: Path) -> None:
    """Write both decisions, weights in the order of their names."""
    data = {"borrowed": _describe(borrowed), "copied": _describe(copied)}
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
