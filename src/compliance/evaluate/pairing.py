"""Two measurements of the same documents, paired: what both said of each passage, and the figures of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.evaluate.baseline import Baseline, SavedDocument, key_passages
from compliance.evaluate.folders import Outcome
from compliance.evaluate.gold import LabelRow, PassageLabels
from compliance.evaluate.intervals import Tallies, Tally, share, tally_share
from compliance.evaluate.labels import GoalSets, tally_labels
from compliance.evaluate.scores import list_pairs, tally_scores


@dataclass(frozen=True, slots=True)
class Pair:
    """One document's labels by key, where both measurements have the passage."""

    outcome: Outcome
    before: SavedDocument
    rows: tuple[tuple[LabelRow, PassageLabels, PassageLabels], ...]  # gold, before, now


@dataclass(frozen=True, slots=True)
class Paired:
    """The same figures then and now, their rows paired, and the document of each row."""

    before: Mapping[str, Tally]
    now: Mapping[str, Tally]
    documents: NDArray[np.int64]


def pair_documents(baseline: Baseline, outcomes: Sequence[Outcome]) -> tuple[Pair, ...]:
    """Return the documents that both measured, in the order of the outcomes."""
    known = baseline.documents
    return tuple(_pair(each, known[each.gold.name]) for each in outcomes if each.gold.name in known)


def _pair(outcome: Outcome, before: SavedDocument) -> Pair:
    gold, now = outcome.gold, outcome.labels or ()
    keyed = zip(key_passages(gold.passages), gold.labels or (), now, strict=False)
    return Pair(
        outcome, before, tuple((row, before.labels[key], each) for key, row, each in keyed if key in before.labels)
    )


def tally_pairs(pairs: Sequence[Pair], *, sets: GoalSets) -> tuple[Paired, ...]:
    """Return the figures that both have: of passages, readings, facts, copies and whole documents."""
    return (
        *_tally_passages(pairs, sets),
        *_tally_readings(pairs),
        *_tally_facts(pairs),
        *_tally_copies(pairs),
        *_tally_document_scores(pairs),
    )


def _tally_passages(pairs: Sequence[Pair], sets: GoalSets) -> Iterator[Paired]:
    rows = [(number, *row) for number, each in enumerate(pairs) for row in each.rows]
    if rows:
        documents, gold, before, now = zip(*rows, strict=True)
        then, today = (_flatten(tally_labels(gold, each, sets=sets)) for each in (before, now))
        yield Paired(then, today, np.array(documents))


def _tally_readings(pairs: Sequence[Pair]) -> Iterator[Paired]:
    """Yield the figures of ingest, a row for each document."""
    both = [(each.before.ingest, each.outcome.save().ingest) for each in pairs]
    both = [(before, now) for before, now in both if before and now]
    if both:
        before, now = (_tally_parts([pair[side] for pair in both]) for side in (0, 1))
        yield Paired(before, now, np.arange(len(both)))


def _tally_parts(readings: Sequence[Mapping[str, tuple[float, float]]]) -> Mapping[str, Tally]:
    return {f"ingest.{name}": Tally(np.array([each[name] for each in readings]), share) for name in readings[0]}


def _tally_facts(pairs: Sequence[Pair]) -> Iterator[Paired]:
    """Yield the share of right fields, a row for each field; a case counts as a document."""
    yield from _tally_right(
        "facts.accuracy",
        [(each.before.facts.get(case, {}), now) for each in pairs for case, now in each.outcome.facts.items()],
    )


def _tally_copies(pairs: Sequence[Pair]) -> Iterator[Paired]:
    """Yield the share of what is right of known copies, a row for each thing that is judged."""
    yield from _tally_right(
        "copies.accuracy",
        [(each.before.copies.get(name, {}), now) for each in pairs for name, now in each.outcome.copies.items()],
    )


def _tally_right(path: str, judged: Sequence[tuple[Mapping[str, bool], Mapping[str, bool]]]) -> Iterator[Paired]:
    rows = [(k, old[field], now[field]) for k, (old, now) in enumerate(judged) for field in now if field in old]
    if rows:
        documents, before, after = zip(*rows, strict=True)
        yield Paired({path: tally_share(before)}, {path: tally_share(after)}, np.array(documents))


def _tally_document_scores(pairs: Sequence[Pair]) -> Iterator[Paired]:
    """Yield the figures of documents' scores, a row for each cell."""
    both = [
        (each.outcome.gold.scores.consensus.list_cells(), each.before.scores, each.outcome.scores)
        for each in pairs
        if each.outcome.gold.scores and each.before.scores and each.outcome.scores
    ]
    before = tally_scores([(gold, then) for gold, then, _ in both])
    now = tally_scores([(gold, today) for gold, _, today in both])
    for part in before.keys() & now.keys():
        documents = [number for number, *_ in list_pairs([(gold, today) for gold, _, today in both], part)]
        then, today = ({part: each[part]} for each in (before, now))
        yield Paired(_flatten(then, "scores."), _flatten(today, "scores."), np.array(documents))


def _flatten(tallies: Tallies, prefix: str = "") -> Mapping[str, Tally]:
    found: dict[str, Tally] = {}
    for name, each in tallies.items():
        found |= {prefix + name: each} if isinstance(each, Tally) else _flatten(each, f"{prefix}{name}.")
    return found
