"""Everything that a list of gold sets allows to be measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from compliance.evaluate.baseline import DOCUMENTS, SavedDocument, key_passages
from compliance.evaluate.copies import GoldCopies, compare_copies, summarise_copies
from compliance.evaluate.facts import GoldCase, compare_case, summarise_cases
from compliance.evaluate.gold import GoldSet, Labels, PassageLabels
from compliance.evaluate.gold_scores import Cells
from compliance.evaluate.ingest import ReadingMeasure, count_reading, measure_reading, summarise_readings
from compliance.evaluate.intervals import Figure, Figures
from compliance.evaluate.labels import GoalSets, compare_labels
from compliance.evaluate.scores import compare_scores, list_assessed
from compliance.evaluate.system import collect_labels, make_reading
from compliance.records import AnalysisRecord, Assessment, Reading, ReuseSpan

OnProgress: TypeAlias = Callable[[str, int, int], None]  # the set that is done, how many are, and of how many


@dataclass(frozen=True, slots=True)
class System:
    """What is measured: from file to passages, and from passages to what is said of them."""

    read: Callable[[Path], Reading]
    judge: Callable[[Reading], Sequence[AnalysisRecord]]
    sets: GoalSets = field(default_factory=dict)  # of every goal that can be given
    assess: Callable[[Reading, Sequence[AnalysisRecord]], Assessment] | None = None  # None: scores are not measured
    # of documents, with national texts; None: copies are not measured
    compare: Callable[[Sequence[Reading], Sequence[Reading]], Sequence[ReuseSpan]] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the system made of one gold set."""

    gold: GoldSet
    labels: Labels | None  # in the passages' order; None where the set has no labels to compare with
    reading: ReadingMeasure | None
    facts: dict[str, dict[str, bool]]  # whether right, by case and field
    copies: dict[str, dict[str, bool]] = field(default_factory=dict)  # whether right, by copy or document
    scores: Cells = field(default_factory=dict)  # the document's values; empty where the set has none to compare with

    def save(self) -> SavedDocument:
        """Return what a later measurement needs to compare with this one."""
        keys = key_passages(self.gold.passages)
        return SavedDocument(
            labels={key: _drop_id(row) for key, row in zip(keys, self.labels or (), strict=False)},
            ingest=count_reading(self.reading) if self.reading else {},
            facts=self.facts,
            copies=self.copies,
            scores={part: dict(values) for part, values in self.scores.items()},
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures by part ("ingest") and name ("recovered"). A part that no folder can measure is absent.

    `agreement` is the same table of two readers against each other, where folders have two.
    """

    parts: Figures
    agreement: Figures
    outcomes: tuple[Outcome, ...] = ()
    sets: GoalSets = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain values by path, the same paths under "intervals", and what was said of each passage."""
        values, intervals = _plain(self.parts, _value), _plain(self.parts, asdict)
        if self.agreement:
            values["agreement"] = _plain(self.agreement, _value)
            intervals["agreement"] = _plain(self.agreement, asdict)
        documents = {
            each.gold.name: each.save().model_dump(mode="json", exclude_defaults=True)
            for each in self.outcomes
            if not each.gold.only_readers
        }
        return {**values, "intervals": intervals, DOCUMENTS: documents}


def evaluate_gold(golds: Sequence[GoldSet], *, system: System, on_progress: OnProgress = lambda *_: None) -> Evaluation:
    """Measure what the sets allow. Raises DocumentError when a document cannot be read."""
    outcomes: list[Outcome] = []
    for done, gold in enumerate(golds, start=1):
        outcomes.append(_try_system(gold, system))
        on_progress(gold.name, done, len(golds))
    readers = [gold.annotators for gold in golds if gold.annotators]
    return Evaluation(
        parts=_measure_parts(outcomes, system.sets),
        agreement=compare_labels(*_pool(readers), sets=system.sets) if readers else {},
        outcomes=tuple(outcomes),
        sets=system.sets,
    )


def _try_system(gold: GoldSet, system: System) -> Outcome:
    reading = make_reading(gold)
    records = system.judge(reading) if gold.labels or gold.scores else ()
    scored = gold.scores is not None and system.assess is not None
    return Outcome(
        gold=gold,
        labels=collect_labels(gold, records) if gold.labels else None,
        reading=measure_reading(gold, read=partial(system.read, gold.document)) if gold.document else None,
        facts={case.name: dict(compare_case(case, _judge_files(case, system))) for case in gold.cases},
        copies=_find_copies(gold.copies, system) if gold.copies else {},
        scores=list_assessed(system.assess(reading, records)) if scored and system.assess else {},
    )


def _find_copies(gold: GoldCopies, system: System) -> dict[str, dict[str, bool]]:
    if system.compare is None:
        return {}
    readings = {gold.name_of(path): system.read(path) for path in (*gold.documents, *gold.references)}
    documents, references = (
        [readings[gold.name_of(path)] for path in paths] for paths in (gold.documents, gold.references)
    )
    return compare_copies(gold, readings, system.compare(documents, references))


def _judge_files(case: GoldCase, system: System) -> tuple[AnalysisRecord, ...]:
    """Return what the system says of all that a case is read from."""
    return tuple(record for file in case.files for record in system.judge(system.read(file)))


def _measure_parts(outcomes: Sequence[Outcome], sets: GoalSets) -> Figures:
    parts: Figures = {}
    labelled = [(each.gold.labels, each.labels) for each in outcomes if each.gold.labels and each.labels]
    if labelled:
        parts |= compare_labels(*_pool(labelled), sets=sets)
    if readings := [each.reading for each in outcomes if each.reading]:
        parts["ingest"] = dict(summarise_readings(readings))
    if fields := [field for each in outcomes for facts in each.facts.values() for field in facts.items()]:
        parts["facts"] = summarise_cases(fields)
    if copies := {name: right for each in outcomes for name, right in each.copies.items()}:
        parts["copies"] = summarise_copies(copies)
    if scored := [each for each in outcomes if each.gold.scores and each.scores]:
        parts["scores"] = _measure_scores(scored)
    return parts


def _measure_scores(outcomes: Sequence[Outcome]) -> Figures:
    golds = [(each.gold.scores, each.scores) for each in outcomes]
    pairs = [(gold.consensus.list_cells(), scores) for gold, scores in golds if gold]
    readers = [gold.readers for gold, _ in golds if gold and gold.readers]
    return compare_scores(pairs, readers=[(first.list_cells(), second.list_cells()) for first, second in readers])


def _pool(pairs: Sequence[tuple[Labels, Labels]]) -> tuple[Labels, Labels]:
    """Join the passages of several sets: micro figures are over passages, whatever set they are from."""
    return tuple(row for pair in pairs for row in pair[0]), tuple(row for pair in pairs for row in pair[1])


def _drop_id(row: PassageLabels) -> PassageLabels:
    return PassageLabels.model_validate(row.model_dump(exclude={"id"}))


def _plain(figures: Figures, form: Callable[[Figure], Any]) -> dict[str, Any]:
    return {
        name: form(figure) if isinstance(figure, Figure) else _plain(figure, form) for name, figure in figures.items()
    }


def _value(figure: Figure) -> float:
    return figure.value
