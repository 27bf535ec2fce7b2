"""Labelled documents as training examples."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames
from compliance.analyse.classification.windows import cut_windows
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.rule_features import Observations, Observer
from compliance.errors import GoldError, GoldProblem
from compliance.evaluate.gold import GoldSet, LabelRow, Labels
from compliance.evaluate.system import make_reading
from compliance.guidelines import Goal
from compliance.records import Level
from compliance.resources import Resources
from compliance.text.embedding.in_context import Window

_ORDER = tuple(Level)
REAL_WEIGHT = 2  # of sets that are part of no split: real documents, of which there are fewer than written ones
Targets = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled document, with what the rules see in it."""

    name: str
    labels: Labels
    seen: Observations
    windows: tuple[Window, ...]
    shown: bool  # whether its passages may be written into the model, for others to read
    weight: int  # how many times its passages count

    def target_goals(self, names: LabelNames) -> Targets:
        """Return 1 where the reader gave the goal, shape (passages, goals)."""
        return _mark([row.goals for row in self.labels], names.goals)

    def target_elements(self, names: LabelNames) -> Targets:
        """Return 1 where the reader gave the element, shape (passages, elements)."""
        return _mark([row.elements for row in self.labels], names.elements)

    def target_steps(self) -> Targets:
        """Return 1 where the level is above each step, shape (passages, steps)."""
        ranks = np.array([_ORDER.index(row.level) for row in self.labels])
        return (ranks[:, None] > np.arange(len(LEVEL_STEPS))).astype(np.float32)

    def target_local(self) -> Targets:
        """Return 1 where the passage is local, shape (passages, 1)."""
        return np.array([[row.local] for row in self.labels], dtype=np.float32)

    def target(self, names: LabelNames) -> dict[str, Targets]:
        """Return the targets of every kind of label by the name of its head, in the order of the readout's outputs."""
        return {
            "goals": self.target_goals(names),
            "elements": self.target_elements(names),
            "level": self.target_steps(),
            "local": self.target_local(),
        }

    def target_all(self, names: LabelNames) -> Targets:
        """Return the targets of the readout, in the order of its outputs."""
        return np.hstack(list(self.target(names).values()))


def choose_labelled(golds: Sequence[GoldSet], *, least: int, without: Collection[str] = ()) -> list[GoldSet]:
    """Return the labelled sets that may be trained on: none of the test split, nor of the names in `without`.

    Raises GoldError where there are fewer than `least`.
    """
    chosen = [gold for gold in golds if gold.labels and gold.description.split != "test" and gold.name not in without]
    if len(chosen) < least:
        raise GoldError(
            GoldProblem(f"treningen trenger minst {least} merkede dokumenter; her er {len(chosen)}", Path())
        )
    return chosen


def deal(name: str, places: int) -> int:
    """Return which of so many places a document is dealt to, by its name alone."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % places


def list_goals(resources: Resources) -> list[Goal]:
    """Return the goals of the default guideline sets: those that are learnt."""
    return [goal for each in resources.guidelines if each.default for goal in each.goals]


def build_observer(resources: Resources) -> Observer:
    """Return what the rules see by, with the goals of the default guideline sets."""
    goals = list_goals(resources)
    scanner = Scanner(resources.rules, goals)
    return Observer(goals, resources.rules, scanner=scanner, fingerprints=resources.fingerprints)


def make_example(gold: GoldSet, observer: Observer) -> Example:
    """Return a labelled gold set as an example; the set must have labels."""
    labels: Sequence[LabelRow] = gold.labels or ()
    seen = observer.observe(make_reading(gold))
    written = gold.description.split is not None  # for a labelled corpus that may be read; other text stays where it is
    weight = 1 if written else REAL_WEIGHT
    return Example(gold.name, tuple(labels), seen, tuple(cut_windows(seen.places)), shown=written, weight=weight)


def _mark(rows: Sequence[Sequence[str]], names: Sequence[str]) -> Targets:
    return np.array([[name in row for name in names] for row in rows], dtype=np.float32).reshape(len(rows), len(names))
