"""The model that adds up a document's evidence, as `compliance train-scores` writes it and every run reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from compliance.errors import ModelError
from compliance.records import Certainty, Finding
from compliance.score.ordinal import OrdinalModel, Step, ValueHead, sigmoid
from compliance.score.support import KINDS, SIGNS

FILE = "documents.json"


@dataclass(frozen=True)
class TouchHead:
    """Tells how surely a passage answers a criterion, from its cues and what was found in it."""

    weights: Mapping[str, Mapping[str, float]]  # by criterion and number
    bias: Mapping[str, float]

    def predict(self, finding: Finding) -> float:
        """Return the probability; 0 for a criterion that the model does not know."""
        weights = self.weights.get(finding.label)
        if weights is None:
            return 0.0
        logit = self.bias[finding.label] + sum(weights.get(name, 0.0) * value for name, value in finding.features)
        return float(sigmoid(np.array(logit)))


@dataclass(frozen=True)
class CertaintyBounds:
    """How likely a value must be to be called clear or likely, by measure (docs/calibration.md)."""

    clear: float
    likely: float

    def name(self, share: float) -> Certainty:
        """Return what a value with this probability is called."""
        return (
            Certainty.CLEAR if share >= self.clear else Certainty.LIKELY if share >= self.likely else Certainty.UNSURE
        )


@dataclass(frozen=True)
class DocumentModel:
    """Everything that is learnt from readers' scores of whole documents."""

    goals: OrdinalModel
    criteria: OrdinalModel
    touch: TouchHead
    goal_certainty: CertaintyBounds
    criterion_certainty: CertaintyBounds
    element_certainty: CertaintyBounds
    absent_certainty: CertaintyBounds  # of goals that are not found: to say so wrongly costs more than any other step

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "signs": SIGNS,
            "kinds": KINDS,
            "goals": _dump_ordinal(self.goals),
            "criteria": _dump_ordinal(self.criteria),
            "touch": {"weights": self.touch.weights, "bias": self.touch.bias},
            "certainty": {
                name: {"clear": bounds.clear, "likely": bounds.likely}
                for name, bounds in (
                    ("goals", self.goal_certainty),
                    ("criteria", self.criterion_certainty),
                    ("elements", self.element_certainty),
                    ("absent", self.absent_certainty),
                )
            },
        }


@lru_cache(maxsize=2)
def load_document_model(file: Path | None = None) -> DocumentModel:
    """Return the model of the file, the shipped one for None. Raises ModelError when it cannot be read."""
    try:
        text = (file or files("compliance.score") / FILE).read_text(encoding="utf-8")
        return parse_document_model(json.loads(text))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{file or FILE}: modellen for dokumentskår kan ikke leses ({error}). Tren den på nytt."
        ) from error


def parse_document_model(value: Mapping[str, Any]) -> DocumentModel:
    """Return the model of plain values. Raises ValueError where it was learnt with other signs or kinds than these."""
    if tuple(value["signs"]) != SIGNS or tuple(value["kinds"]) != KINDS:
        raise ValueError("den er lært av andre tegn enn programmet kjenner")
    bounds = {name: CertaintyBounds(**each) for name, each in value["certainty"].items()}
    return DocumentModel(
        goals=_parse_ordinal(value["goals"]),
        criteria=_parse_ordinal(value["criteria"]),
        touch=TouchHead(value["touch"]["weights"], value["touch"]["bias"]),
        goal_certainty=bounds["goals"],
        criterion_certainty=bounds["criteria"],
        element_certainty=bounds["elements"],
        absent_certainty=bounds["absent"],
    )


def _dump_ordinal(model: OrdinalModel) -> dict[str, Any]:
    head = model.value_head
    return {
        "value_weights": np.round(head.weights, 4).tolist(),
        "value_bias": np.round(head.bias, 4).tolist(),
        "related": {label: list(others) for label, others in model.related.items()},
        "steps": [_dump_step(each) for each in model.steps],
    }


def _dump_step(step: Step) -> dict[str, Any]:
    return {
        "weights": np.round(step.weights, 4).tolist(),
        "bias": round(step.bias, 4),
        "own_bias": step.own_bias,
        "own_slope": step.own_slope,
        "related_slope": step.related_slope,
    }


def _parse_ordinal(value: Mapping[str, Any]) -> OrdinalModel:
    head = ValueHead(np.array(value["value_weights"]), np.array(value["value_bias"]))
    return OrdinalModel(head, tuple(_parse_step(each) for each in value["steps"]), value["related"])


def _parse_step(value: Mapping[str, Any]) -> Step:
    weights: Sequence[float] = value["weights"]
    return Step(np.array(weights), value["bias"], value["own_bias"], value["own_slope"], value["related_slope"])
