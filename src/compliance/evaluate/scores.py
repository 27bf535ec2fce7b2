"""How far scores of whole documents agree with readers' (docs/evaluate.md)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from compliance.evaluate.gold_scores import Cells
from compliance.evaluate.intervals import Figures, Sums, Tallies, Tally, measure_all, share, tally_share
from compliance.evaluate.labels import Values, quadratic_kappa
from compliance.records import Assessment, ScoreSubject

PARTS = ("goals", "criteria", "elements")
VALUES = 5  # 0 to 4; criteria use the first three


def list_assessed(assessment: Assessment) -> Cells:
    """Return the values that the system gives one document, by part and label."""
    subjects = {"goals": ScoreSubject.GOAL, "elements": ScoreSubject.ELEMENT}
    found = {
        part: {each.label: each.value for each in assessment.scores if each.subject is subject}
        for part, subject in subjects.items()
    }
    return {**found, "criteria": {each.criterion: each.value for each in assessment.criteria}}


def compare_scores(pairs: Sequence[tuple[Cells, Cells]], *, readers: Sequence[tuple[Cells, Cells]] = ()) -> Figures:
    """Return the figures of the second of each pair held against the first, a pair for each document.

    `readers` are two readers of the same documents: their agreement is the figure beside ours.
    """
    tallies = tally_scores(pairs)
    for part, beside in tally_scores(readers).items():
        if part in tallies and isinstance(beside, dict):
            tallies[part] = {**_as_group(tallies[part]), "readers": {name: beside[name] for name in ("kappa", "equal")}}
    return measure_all(tallies)


def tally_scores(pairs: Sequence[tuple[Cells, Cells]]) -> dict[str, Tally | Tallies]:
    """Return what the figures of each part are computed from, a row for each cell; a part without cells is absent."""
    found: dict[str, Tally | Tallies] = {}
    for part in PARTS:
        cells = list_pairs(pairs, part)
        if cells:
            found[part] = _tally_cells(cells)
    return found


def list_pairs(pairs: Sequence[tuple[Cells, Cells]], part: str) -> list[tuple[int, int, int]]:
    """Return the document, the first and the second value of each cell that both have."""
    return [
        (number, value, other[part][label])
        for number, (gold, other) in enumerate(pairs)
        for label, value in gold.get(part, {}).items()
        if label in other.get(part, {})
    ]


def _tally_cells(cells: Sequence[tuple[int, int, int]]) -> Tallies:
    documents, gold, other = np.array(cells).T
    table = np.eye(VALUES**2, dtype=np.int64)[gold * VALUES + other]
    count = int(documents.max()) + 1
    by_document = (np.eye(count, dtype=np.int64)[documents][:, :, None] * table[:, None, :]).reshape(len(cells), -1)
    return {
        "kappa": Tally(table, quadratic_kappa),
        "equal": tally_share(gold == other),
        "within_one": tally_share(np.abs(gold - other) <= 1),
        "mean_signed": Tally(np.stack((other - gold, np.ones_like(gold)), axis=1), share),
        "lowest": Tally(by_document, partial(_lowest_kappa, documents=count)),
    }


def _lowest_kappa(sums: Sums, *, documents: int) -> Values:
    """Return the lowest kappa of a single document; documents that a resample leaves out are not counted."""
    tables = sums.reshape(*sums.shape[:-1], documents, VALUES**2)
    drawn = tables.sum(axis=-1) > 0
    kappas = quadratic_kappa(np.where(drawn[..., None], tables, 1.0))
    return np.asarray(np.where(drawn, kappas, 1.0).min(axis=-1))


def _as_group(tallies: Tally | Tallies) -> Tallies:
    return tallies if isinstance(tallies, dict) else {}
