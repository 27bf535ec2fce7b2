"""A measurement held against an earlier one, passage by passage: what became worse, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from compliance.config import ToleranceConfig
from compliance.errors import BaselineError
from compliance.evaluate.baseline import Baseline
from compliance.evaluate.flips import Flip, find_fact_flips, find_flips
from compliance.evaluate.folders import Evaluation
from compliance.evaluate.intervals import ENDS, Tally, draw_weights
from compliance.evaluate.labels import GoalSets
from compliance.evaluate.pairing import Pair, pair_documents, tally_pairs

MIN_DOCUMENTS = 5  # with fewer, few resamples of them differ: passages are resampled instead
MIN_GATED = 10  # gold passages of a label whose F1 is gated; with fewer, one flip moves it by more than 0.1
LESS_IS_BETTER = frozenset({"goals.false_rate", "ingest.furniture"})
# Which tolerance a figure has, by its path; what is not here is shown and never gated. Precision and recall stand
# behind F1, and pages_per_second is the machine's as much as the tool's.
GATED = {
    "goals.micro_f1": "micro_f1",
    "goals.macro_f1": "macro_f1",
    "goals.false_rate": "false_rate",
    "goals.by_set.*.micro_f1": "set_f1",
    "goals.by_label.*": "label_f1",
    "elements.micro_f1": "micro_f1",
    "elements.macro_f1": "macro_f1",
    "elements.by_label.*": "label_f1",
    "level.accuracy": "level_accuracy",
    "level.kappa": "level_kappa",
    "reuse.f1": "borrowed_f1",
    "reuse.kind_accuracy": "borrowed_accuracy",
    "reuse.source_accuracy": "borrowed_accuracy",
    "local.f1": "local_f1",
    "ingest.*": "ingest",
    "facts.accuracy": "facts",
    "copies.accuracy": "copies",
    "scores.*.kappa": "score_kappa",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A gated figure then and now, on what both measured. `gain` is positive where it became better."""

    path: str  # "goals.micro_f1"
    before: float
    now: float
    gain: float
    low: float  # ends of the gain's 90 % paired bootstrap interval
    high: float
    tolerance: float

    @property
    def is_worse(self) -> bool:
        """Tell whether the lower end lies below the baseline by more than the tolerance."""
        return self.low < -self.tolerance

    def describe(self) -> str:
        """Return the difference on one line."""
        return (
            f"{self.path}: {self.before:.3f} før, {self.now:.3f} nå; bedring {self.gain:+.3f} "
            f"({self.low:+.3f} til {self.high:+.3f}), toleranse {self.tolerance:g}"
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since the baseline."""

    differences: tuple[Difference, ...]
    flips: tuple[Flip, ...]
    passages: int  # compared
    added: int  # passages measured now that the baseline lacks
    gone: int  # passages of the baseline that were not measured now
    sets: GoalSets = field(default_factory=dict)

    @property
    def worse(self) -> tuple[Difference, ...]:
        """The figures that fell too far."""
        return tuple(each for each in self.differences if each.is_worse)

    def flips_of(self, difference: Difference) -> tuple[Flip, ...]:
        """Return the flips that a figure is made of: of its label, of its guideline set or of its part."""
        part, _, rest = difference.path.partition(".")
        group, _, name = rest.partition(".")
        if group == "by_set":
            of_set = {f"{part} {goal}" for goal, owner in self.sets.items() if owner == name.split(".")[0]}
            return tuple(each for each in self.flips if each.label in of_set)
        pattern = {"kind_accuracy": "reuse", "source_accuracy": "source"}.get(rest, f"{part}*")
        pattern = f"{part} {name}" if group == "by_label" else pattern
        return tuple(each for each in self.flips if fnmatch(each.label, pattern))

    def describe(self) -> str:
        """Return what was compared, and how many judgements flipped."""
        worse = sum(each.is_worse for each in self.flips)
        missing = f" {self.added} avsnitt er ikke i grunnlinjen." if self.added else ""
        missing += f" {self.gone} avsnitt i grunnlinjen er ikke målt nå." if self.gone else ""
        return (
            f"{self.passages} avsnitt sammenlignet med grunnlinjen: {worse} merker gikk fra rett til galt, "
            f"{len(self.flips) - worse} fra galt til rett.{missing}"
        )


def compare_with(baseline: Baseline, evaluation: Evaluation, *, tolerance: ToleranceConfig) -> Comparison:
    """Hold an evaluation against an earlier one, both against today's gold.

    The interval of a difference is a paired bootstrap over documents, or over passages where fewer than
    MIN_DOCUMENTS documents are shared. Raises BaselineError when the two have no gated figure in common.
    """
    pairs = pair_documents(baseline, evaluation.outcomes)
    measured = sum(len(each.labels or ()) for each in evaluation.outcomes)
    shared = sum(len(each.rows) for each in pairs)
    facts = [find_fact_flips(each.outcome.gold.name, each.before.facts, each.outcome.facts) for each in pairs]
    facts += [
        find_fact_flips(each.outcome.gold.name, each.before.copies, each.outcome.copies, part="copies")
        for each in pairs
    ]
    differences = tuple(_compare_figures(pairs, tolerance, evaluation.sets))
    if not differences:
        raise BaselineError("har ingenting til felles med det som er målt nå", file=baseline.file)
    return Comparison(
        differences=differences,
        flips=(*chain.from_iterable(find_flips(each.outcome.gold.name, each.rows) for each in pairs), *chain(*facts)),
        passages=shared,
        added=measured - shared,
        gone=sum(len(each.labels) for each in baseline.documents.values()) - shared,
        sets=evaluation.sets,
    )


def _compare_figures(pairs: Sequence[Pair], tolerance: ToleranceConfig, sets: GoalSets) -> Iterator[Difference]:
    for paired in tally_pairs(pairs, sets=sets):
        for path, now in paired.now.items():
            name = next((name for pattern, name in GATED.items() if fnmatch(path, pattern)), None)
            before = paired.before.get(path)
            if name and before and _has_support(path, now):
                yield _measure_difference(
                    path, before, now, documents=paired.documents, tolerance=getattr(tolerance, name)
                )


def _has_support(path: str, tally: Tally) -> bool:
    if ".by_label." not in path:
        return True
    hit, _, missed = tally.counts.sum(axis=0)
    return bool(hit + missed >= MIN_GATED)


def _measure_difference(
    path: str, before: Tally, now: Tally, *, documents: NDArray[np.int64], tolerance: float
) -> Difference:
    sign = -1 if path in LESS_IS_BETTER else 1
    old, new = _sum_units(before, documents), _sum_units(now, documents)
    weights = draw_weights(len(new))
    draws = sign * (now.figure(weights @ new) - before.figure(weights @ old)) + 0.0  # no minus zero
    low, high = np.quantile(draws, ENDS)
    then, today = float(before.figure(old.sum(axis=0))), float(now.figure(new.sum(axis=0)))
    values = (then, today, sign * (today - then), float(low), float(high), tolerance)
    return Difference(path, *(round(value, 4) for value in values))


def _sum_units(tally: Tally, documents: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the counts of each unit that is resampled: documents, or items where there are few documents."""
    counts = tally.counts.astype(np.float64)
    _, places = np.unique(documents, return_inverse=True)
    if places.max() + 1 < MIN_DOCUMENTS:
        return counts
    sums = np.zeros((places.max() + 1, counts.shape[1]))
    np.add.at(sums, places, counts)
    return sums
