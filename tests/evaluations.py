"""Measurements as a test needs them: labels by document, without a system behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from compliance.evaluate.baseline import Baseline, SavedDocument, key_passages
from compliance.evaluate.folders import Evaluation, Outcome
from compliance.evaluate.gold import GoldPassage, GoldSet, LabelRow, PassageLabels
from compliance.evaluate.labels import compare_labels

SETS = {"DA1": "digital_agenda", "KS1.1": "ks", "EGET1": "eget"}  # "eget" is a set of the user's own
Facts = Mapping[str, Mapping[str, bool]]


def make_baseline(labels: Mapping[str, Sequence[LabelRow]], *, facts: Facts | None = None) -> Baseline:
    """Build a baseline from what was said of each document; a passage's text is its id."""
    documents = {
        name: SavedDocument(labels=dict(zip(key_passages(_passages(rows)), map(_drop_id, rows), strict=True)))
        for name, rows in labels.items()
    }
    if facts:
        documents = {name: each.model_copy(update={"facts": facts}) for name, each in documents.items()}
    return Baseline(Path("baseline.json"), documents)


def make_evaluation(
    labels: Mapping[str, tuple[Sequence[LabelRow], Sequence[LabelRow]]], *, facts: Facts | None = None
) -> Evaluation:
    """Build an evaluation from the gold and the system's labels of each document."""
    outcomes = tuple(
        Outcome(
            gold=GoldSet(name, _passages(gold), labels=tuple(gold)),
            labels=tuple(said),
            reading=None,
            facts={case: dict(fields) for case, fields in (facts or {}).items()},
        )
        for name, (gold, said) in labels.items()
    )
    gold, said = (tuple(row for pair in labels.values() for row in pair[side]) for side in (0, 1))
    return Evaluation(compare_labels(gold, said, sets=SETS) if gold else {}, {}, outcomes, SETS)


def _passages(rows: Sequence[LabelRow]) -> tuple[GoldPassage, ...]:
    return tuple(GoldPassage(row.id, row.id) for row in rows)


def _drop_id(row: LabelRow) -> PassageLabels:
    return PassageLabels.model_validate(row.model_dump(exclude={"id"}))
