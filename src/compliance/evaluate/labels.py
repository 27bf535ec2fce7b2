"""How far two sets of labels agree: the system's with a reader's, or two readers' with each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from compliance.evaluate.gold import LabelRow, Labels
from compliance.evaluate.intervals import Figures, measure_rows
from compliance.records import Level

MIN_SUPPORT = 5  # macro F1 is over labels with at least as many gold passages
SET_PREFIXES = {"digital_agenda": "DA", "ks": "KS", "en_digital": "EN"}
LEVELS = tuple(Level)

Pairs: TypeAlias = Sequence[tuple[LabelRow, LabelRow]]  # (gold, other), a pair per passage
Table: TypeAlias = NDArray[np.int64]  # a row per passage
LabelSet: TypeAlias = Callable[[LabelRow], Sequence[str]]


def compare_labels(gold: Labels, other: Labels) -> Figures:
    """Return the figures of `other` held against `gold`, by part, as docs/evaluate.md defines them."""
    pairs = list(zip(gold, other, strict=True))
    goals = _compare_sets(pairs, lambda row: row.goals)
    by_set = {name: _compare_sets(pairs, _take_set(prefix)) for name, prefix in SET_PREFIXES.items()}
    return {
        "goals": {**goals, **_false_rate(pairs), "by_set": {name: found for name, found in by_set.items() if found}},
        "elements": _compare_sets(pairs, lambda row: row.elements),
        "level": _compare_levels(pairs),
        "reuse": _compare_reuse(pairs),
        "local": _compare_local(pairs),
    }


def _take_set(prefix: str) -> LabelSet:
    return lambda row: [label for label in row.goals if label.startswith(prefix)]


def _compare_sets(pairs: Pairs, labels_of: LabelSet) -> Figures:
    """Return micro and macro F1, precision, recall and F1 by label; nothing where neither side has a label."""
    names = sorted({label for pair in pairs for row in pair for label in labels_of(row)})
    if not names:
        return {}
    gold, other = (_mark([labels_of(pair[side]) for pair in pairs], names) for side in (0, 1))
    hits = np.concatenate((gold & other, ~gold & other, gold & ~other), axis=1).astype(np.int64)
    supported = gold.sum(axis=0) >= MIN_SUPPORT
    by_label: Figures = {
        name: measure_rows(hits[:, k :: len(names)], _f1) for k, name in enumerate(names) if gold[:, k].any()
    }
    figures: Figures = {
        "micro_f1": measure_rows(hits, lambda rows: _f1(rows.reshape(len(rows), 3, -1).sum(axis=2))),
        "precision": measure_rows(hits, lambda rows: _share(*rows.reshape(len(rows), 3, -1).sum(axis=(0, 2))[[0, 1]])),
        "recall": measure_rows(hits, lambda rows: _share(*rows.reshape(len(rows), 3, -1).sum(axis=(0, 2))[[0, 2]])),
        "by_label": by_label,
    }
    if supported.any():
        figures["macro_f1"] = measure_rows(hits, lambda rows: _macro_f1(rows, supported))
    return figures


def _mark(rows: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([[name in row for name in names] for row in rows], dtype=bool)


def _macro_f1(rows: Table, supported: NDArray[np.bool_]) -> float:
    hit, false, missed = rows.reshape(len(rows), 3, -1).sum(axis=0)
    scores = 2 * hit / np.maximum(1, 2 * hit + false + missed)
    return float(scores[supported].mean())


def _f1(rows: Table) -> float:
    """Return F1 of rows (hit, false, missed); 0 where there is nothing to find and nothing found."""
    hit, false, missed = rows.sum(axis=0)
    return float(2 * hit / max(1, 2 * hit + false + missed))


def _share(part: float, rest: float) -> float:
    return float(part / max(1, part + rest))


def _false_rate(pairs: Pairs) -> Figures:
    """Return the share of passages without any gold goal that were given one."""
    given = [int(bool(other.goals)) for gold, other in pairs if not gold.goals]
    return {"false_rate": measure_rows(np.array(given), lambda rows: float(rows.mean()))} if given else {}


def _compare_levels(pairs: Pairs) -> Figures:
    table = np.array([(LEVELS.index(gold.level), LEVELS.index(other.level)) for gold, other in pairs])
    return {
        "accuracy": measure_rows(table, lambda rows: float((rows[:, 0] == rows[:, 1]).mean())),
        "kappa": measure_rows(table, _quadratic_kappa),
    }


def _quadratic_kappa(rows: Table) -> float:
    """Return Cohen's kappa with quadratic weights (Cohen 1968); 1 where all agree on one level."""
    observed = ((rows[:, 0] - rows[:, 1]) ** 2).mean()
    shares = [np.bincount(rows[:, side], minlength=len(LEVELS)) / len(rows) for side in (0, 1)]
    distance = np.subtract.outer(np.arange(len(LEVELS)), np.arange(len(LEVELS))) ** 2
    expected = shares[0] @ distance @ shares[1]
    return float(1 - observed / expected) if expected else 1.0


def _compare_reuse(pairs: Pairs) -> Figures:
    """Return F1 of borrowed against own, and of the borrowed that were found whether kind and source are right."""
    figures = _compare_flag(pairs, lambda row: row.reuse != "own")
    found = [(gold, other) for gold, other in pairs if gold.reuse != "own" and other.reuse != "own"]
    if found:
        kind = np.array([gold.reuse == other.reuse for gold, other in found])
        source = np.array([gold.source == other.source for gold, other in found])
        figures["kind_accuracy"] = measure_rows(kind, lambda rows: float(rows.mean()))
        figures["source_accuracy"] = measure_rows(source, lambda rows: float(rows.mean()))
    return figures


def _compare_local(pairs: Pairs) -> Figures:
    figures = _compare_flag(pairs, lambda row: row.local)
    return {"f1": figures["f1"]} if figures else {}


def _compare_flag(pairs: Pairs, flag_of: Callable[[LabelRow], bool]) -> Figures:
    gold, other = (np.array([flag_of(pair[side]) for pair in pairs]) for side in (0, 1))
    if not gold.any() and not other.any():
        return {}
    hits = np.stack((gold & other, ~gold & other, gold & ~other), axis=1).astype(np.int64)
    return {
        "f1": measure_rows(hits, _f1),
        "precision": measure_rows(hits, lambda rows: _share(*rows.sum(axis=0)[[0, 1]])),
        "recall": measure_rows(hits, lambda rows: _share(*rows.sum(axis=0)[[0, 2]])),
    }
