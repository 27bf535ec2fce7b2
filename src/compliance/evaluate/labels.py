"""How far two sets of labels agree: the system's with a reader's, or two readers' with each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from compliance.evaluate.gold import PassageLabels
from compliance.evaluate.intervals import Figures, Sums, Tallies, Tally, measure_all, tally_share
from compliance.records import Level

MIN_SUPPORT = 5  # macro F1 is over labels with at least as many gold passages
LEVELS = tuple(Level)

Pairs: TypeAlias = Sequence[tuple[PassageLabels, PassageLabels]]  # (gold, other), a pair for each passage
Values: TypeAlias = NDArray[np.float64]
GoalSets: TypeAlias = Mapping[str, str]  # the guideline set of each goal, by ids
LabelSet: TypeAlias = Callable[[PassageLabels], Sequence[str]]


def compare_labels(gold: Sequence[PassageLabels], other: Sequence[PassageLabels], *, sets: GoalSets) -> Figures:
    """Return the figures of `other` held against `gold`, by part, as docs/evaluate.md defines them."""
    return measure_all(tally_labels(gold, other, sets=sets))


def tally_labels(gold: Sequence[PassageLabels], other: Sequence[PassageLabels], *, sets: GoalSets) -> Tallies:
    """Return what those figures are computed from, a row for each passage. What nobody has is absent."""
    pairs = list(zip(gold, other, strict=True))
    goals = _tally_sets(pairs, lambda row: row.goals)
    by_set = {name: _tally_sets(pairs, _take_set(name, sets)) for name in dict.fromkeys(sets.values())}
    return {
        "goals": {**goals, **_tally_false(pairs), "by_set": {name: found for name, found in by_set.items() if found}},
        "elements": _tally_sets(pairs, lambda row: row.elements),
        "level": _tally_levels(pairs),
        "reuse": _tally_reuse(pairs),
        "local": _tally_local(pairs),
    }


def _take_set(name: str, sets: GoalSets) -> LabelSet:
    return lambda row: [label for label in row.goals if sets.get(label) == name]


def _tally_sets(pairs: Pairs, labels_of: LabelSet) -> Tallies:
    """Return micro and macro F1, precision, recall and F1 by label; nothing where neither side has a label."""
    names = sorted({label for pair in pairs for row in pair for label in labels_of(row)})
    if not names:
        return {}
    gold, other = (_mark([labels_of(pair[side]) for pair in pairs], names) for side in (0, 1))
    hits = np.concatenate((gold & other, ~gold & other, gold & ~other), axis=1).astype(np.int64)
    of_all = hits.reshape(len(hits), 3, -1).sum(axis=2)
    by_label: Tallies = {name: Tally(hits[:, k :: len(names)], _f1) for k, name in enumerate(names) if gold[:, k].any()}
    tallies: Tallies = {
        "micro_f1": Tally(of_all, _f1),
        "precision": Tally(of_all, _precision),
        "recall": Tally(of_all, _recall),
        "by_label": by_label,
    }
    supported = gold.sum(axis=0) >= MIN_SUPPORT
    if supported.any():
        tallies["macro_f1"] = Tally(hits, partial(_macro_f1, supported=supported))
    return tallies


def _mark(rows: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([[name in row for name in names] for row in rows], dtype=bool)


def _f1(sums: Sums) -> Values:
    """Return F1 of sums (hit, false, missed); 0 where there is nothing to find and nothing found."""
    hit, false, missed = np.moveaxis(sums, -1, 0)
    return np.asarray(2 * hit / np.maximum(1, 2 * hit + false + missed))


def _precision(sums: Sums) -> Values:
    return np.asarray(sums[..., 0] / np.maximum(1, sums[..., 0] + sums[..., 1]))


def _recall(sums: Sums) -> Values:
    return np.asarray(sums[..., 0] / np.maximum(1, sums[..., 0] + sums[..., 2]))


def _macro_f1(sums: Sums, *, supported: NDArray[np.bool_]) -> Values:
    """Return the mean F1 of the supported labels, of sums (hit of each label, false of each, missed of each)."""
    by_label = np.moveaxis(sums.reshape(*sums.shape[:-1], 3, -1), -2, -1)
    return np.asarray(_f1(by_label)[..., supported].mean(axis=-1))


def _tally_false(pairs: Pairs) -> Tallies:
    """Return the share of passages without any gold goal that were given one."""
    without = np.array([not gold.goals for gold, _ in pairs])
    given = [bool(other.goals) for _, other in pairs]
    return {"false_rate": tally_share(given, concerns=without)} if without.any() else {}


def _tally_levels(pairs: Pairs) -> Tallies:
    places = [LEVELS.index(gold.level) * len(LEVELS) + LEVELS.index(other.level) for gold, other in pairs]
    return {
        "accuracy": tally_share([gold.level is other.level for gold, other in pairs]),
        "kappa": Tally(np.eye(len(LEVELS) ** 2, dtype=np.int64)[places], quadratic_kappa),
    }


def quadratic_kappa(sums: Sums) -> Values:
    """Return Cohen's kappa with quadratic weights (Cohen 1968); 1 where all agree on one level.

    The sums are the cells of the confusion table, row by row.
    """
    table = sums.reshape(*sums.shape[:-1], len(LEVELS), len(LEVELS))
    table = table / table.sum(axis=(-2, -1), keepdims=True)
    distance = np.subtract.outer(np.arange(len(LEVELS)), np.arange(len(LEVELS))) ** 2
    observed = (table * distance).sum(axis=(-2, -1))
    expected = np.einsum("...i,ij,...j->...", table.sum(axis=-1), distance, table.sum(axis=-2))
    return np.where(expected == 0, 1.0, 1 - observed / np.where(expected == 0, 1.0, expected))


def _tally_reuse(pairs: Pairs) -> Tallies:
    """Return F1 of borrowed against own, and of the borrowed that were found whether kind and source are right."""
    tallies = _tally_flag(pairs, lambda row: row.reuse != "own")
    found = np.array([gold.reuse != "own" and other.reuse != "own" for gold, other in pairs])
    if found.any():
        tallies["kind_accuracy"] = tally_share([gold.reuse == other.reuse for gold, other in pairs], concerns=found)
        tallies["source_accuracy"] = tally_share([gold.source == other.source for gold, other in pairs], concerns=found)
    return tallies


def _tally_local(pairs: Pairs) -> Tallies:
    tallies = _tally_flag(pairs, lambda row: row.local)
    return {"f1": tallies["f1"]} if tallies else {}


def _tally_flag(pairs: Pairs, flag_of: Callable[[PassageLabels], bool]) -> Tallies:
    gold, other = (np.array([flag_of(pair[side]) for pair in pairs]) for side in (0, 1))
    if not gold.any() and not other.any():
        return {}
    hits = np.stack((gold & other, ~gold & other, gold & ~other), axis=1).astype(np.int64)
    return {"f1": Tally(hits, _f1), "precision": Tally(hits, _precision), "recall": Tally(hits, _recall)}
