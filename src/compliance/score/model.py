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
from compliance.records import Certainty
from compliance.score.evidence import DocumentEvidence
from compliance.score.meaning import Directions, parse_directions, shorten
from compliance.score.ordinal import OrdinalModel, Step, ValueHead
from compliance.score.support import KINDS, SIGNS
from compliance.score.touch import NUMBERS, TouchHead

FILE = "documents.json"


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
    """How a document's evidence adds up."""

    goal_touch: TouchHead
    goals: OrdinalModel
    criterion_touch: TouchHead
    criteria: OrdinalModel
    goal_certainty: CertaintyBounds
    criterion_certainty: CertaintyBounds
    element_certainty: CertaintyBounds
    absent_certainty: CertaintyBounds  # of goals that are not found: to say so wrongly costs more than any other step

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "goal_touch": _dump_touch(self.goal_touch),
            "goals": _dump_ordinal(self.goals),
            "criterion_touch": _dump_touch(self.criterion_touch),
            "criteria": _dump_ordinal(self.criteria),
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


@dataclass(frozen=True)
class ScoreModel:
    """Everything that is learnt from readers' scores of whole documents."""

    directions: Directions  # that the meanings of passages are measured along
    read: DocumentModel  # of documents of which an encoder has read passages
    unread: DocumentModel  # of documents of which none has, as by rules alone

    def choose(self, evidence: DocumentEvidence) -> DocumentModel:
        """Return the model of documents like this one."""
        return self.read if evidence.is_read else self.unread

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "signs": SIGNS,
            "kinds": KINDS,
            "numbers": NUMBERS,
            "directions": self.directions.to_json(),
            "read": self.read.to_json(),
            "unread": self.unread.to_json(),
        }


@lru_cache(maxsize=2)
def load_score_model(file: Path | None = None) -> ScoreModel:
    """Return the model of the file, the shipped one for None. Raises ModelError when it cannot be read."""
    try:
        text = (file or files("compliance.score") / FILE).read_text(encoding="utf-8")
        return parse_score_model(json.loads(text))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{file or FILE}: modellen for dokumentskår kan ikke leses ({error}). Tren den på nytt."
        ) from error


def parse_score_model(value: Mapping[str, Any]) -> ScoreModel:
    """Return the model of plain values. Raises ValueError where it was learnt of other numbers or kinds than these."""
    known = (tuple(value["signs"]), tuple(value["kinds"]), tuple(value["numbers"]))
    if known != (SIGNS, KINDS, NUMBERS):
        raise ValueError("den er lært av andre tegn enn programmet kjenner")
    return ScoreModel(
        parse_directions(value["directions"]), _parse_document(value["read"]), _parse_document(value["unread"])
    )


def _parse_document(value: Mapping[str, Any]) -> DocumentModel:
    bounds = {name: CertaintyBounds(**each) for name, each in value["certainty"].items()}
    return DocumentModel(
        goal_touch=_parse_touch(value["goal_touch"]),
        goals=_parse_ordinal(value["goals"]),
        criterion_touch=_parse_touch(value["criterion_touch"]),
        criteria=_parse_ordinal(value["criteria"]),
        goal_certainty=bounds["goals"],
        criterion_certainty=bounds["criteria"],
        element_certainty=bounds["elements"],
        absent_certainty=bounds["absent"],
    )


def _dump_touch(head: TouchHead) -> dict[str, Any]:
    return {
        "weights": shorten(head.weights),
        "bias": round(head.bias, 4),
        "own": {label: shorten(numbers) for label, numbers in head.own.items()},
        "near": {label: shorten(numbers) for label, numbers in head.near.items()},
    }


def _parse_touch(value: Mapping[str, Any]) -> TouchHead:
    own, near = ({label: np.array(numbers) for label, numbers in value[name].items()} for name in ("own", "near"))
    return TouchHead(near, np.array(value["weights"]), value["bias"], own)


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
