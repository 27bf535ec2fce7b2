"""The labelled passages that a reader can hold a judgement against: which of them reads most like this one?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.classification.probe import Vectors
from compliance.errors import ModelError

VECTORS, TEXTS = "examples.safetensors", "examples.jsonl"
_STEPS = 127.0  # a unit vector's largest number is written as this many steps


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """One passage of the training text, with the goals that its reader gave it."""

    id: str  # "<document>#<passage>"
    text: str
    goals: tuple[str, ...]


@dataclass(frozen=True)
class Likeness:
    """A labelled passage with how much it reads alike: the cosine of the trained vectors, -1 to 1."""

    passage: LabelledPassage
    cosine: float


@dataclass(frozen=True)
class Examples:
    """Labelled passages with their trained vectors, a unit row for each."""

    passages: tuple[LabelledPassage, ...]
    vectors: NDArray[np.int8]

    def find_nearest(self, vector: Vectors, goal: str) -> Likeness | None:
        """Return the passage with this goal that reads most like the one with this (standardised) vector."""
        if goal not in self._by_goal:
            return None
        having, units = self._by_goal[goal]
        unit = vector / max(float(np.linalg.norm(vector)), 1e-9)
        cosines = np.einsum("ij,j->i", units, unit)  # on one thread, so that the last digit never differs
        best = int(cosines.argmax())
        return Likeness(having[best], round(float(cosines[best]), 4))

    @cached_property
    def _by_goal(self) -> dict[str, tuple[list[LabelledPassage], Vectors]]:
        """The passages with each goal, and their unit vectors."""
        found: dict[str, list[int]] = {}
        for index, passage in enumerate(self.passages):
            for goal in passage.goals:
                found.setdefault(goal, []).append(index)
        return {goal: ([self.passages[row] for row in rows], self._units[rows]) for goal, rows in found.items()}

    @cached_property
    def _units(self) -> Vectors:
        rows = self.vectors.astype(np.float32)
        units: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return units


def make_examples(passages: Sequence[LabelledPassage], vectors: Vectors) -> Examples:
    """Return the passages with their (standardised) vectors, each number in one byte."""
    peaks = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    return Examples(tuple(passages), np.round(vectors / peaks * _STEPS).astype(np.int8))


def save_examples(examples: Examples, folder: Path) -> None:
    """Write the examples into an existing folder; `load_examples` reads them."""
    from safetensors.numpy import save_file

    save_file({"vectors": examples.vectors}, folder / VECTORS)
    rows = [{"id": each.id, "text": each.text, "goals": each.goals} for each in examples.passages]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / TEXTS).write_text("".join(lines), encoding="utf-8")


def load_examples(folder: Path) -> Examples:
    """Read what `save_examples` wrote; no passages where the model has none. Raises ModelError on damaged files."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    if not (folder / TEXTS).is_file():
        return Examples((), np.zeros((0, 0), np.int8))
    try:
        lines = (folder / TEXTS).read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        passages = tuple(LabelledPassage(row["id"], row["text"], tuple(row["goals"])) for row in rows)
        vectors = load_file(folder / VECTORS)["vectors"]
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(f"{folder}: eksemplene kan ikke leses ({error}). Tren modellen på nytt.") from error
    return Examples(passages, vectors)
