"""Everything that a list of gold folders allows to be measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from compliance.evaluate.facts import compare_case, summarise_cases
from compliance.evaluate.gold import GoldSet, Labels, load_gold
from compliance.evaluate.ingest import measure_reading, summarise_readings
from compliance.evaluate.intervals import Figure, Figures
from compliance.evaluate.labels import compare_labels
from compliance.evaluate.system import collect_labels, make_reading
from compliance.records import AnalysisRecord, Reading


@dataclass(frozen=True, slots=True)
class System:
    """What is measured: from file to passages, and from passages to what is said of them."""

    read: Callable[[Path], Reading]
    judge: Callable[[Reading], Sequence[AnalysisRecord]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures by part ("ingest") and name ("recovered"). A part that no folder can measure is absent.

    `agreement` is the same table of two readers against each other, where folders have two.
    """

    parts: Figures
    agreement: Figures

    def to_json(self) -> dict[str, Any]:
        """Return plain values by path, and the same paths under "intervals" with support and interval."""
        values, intervals = _plain(self.parts, _value), _plain(self.parts, asdict)
        if self.agreement:
            values["agreement"] = _plain(self.agreement, _value)
            intervals["agreement"] = _plain(self.agreement, asdict)
        return {**values, "intervals": intervals}


def evaluate_folders(folders: Sequence[Path], *, system: System) -> Evaluation:
    """Measure what the folders allow.

    Raises GoldError when a folder is malformed, and DocumentError when its document cannot be read.
    """
    golds = [load_gold(folder) for folder in folders]
    parts: Figures = {}
    readings = [measure_reading(gold, read=partial(system.read, gold.document)) for gold in golds if gold.document]
    labelled = [(gold.labels, _judge(gold, system)) for gold in golds if gold.labels]
    if labelled:
        parts |= compare_labels(*_pool(labelled))
    if readings:
        parts["ingest"] = dict(summarise_readings(readings))
    cases = [case for gold in golds for case in gold.cases]
    if cases:
        judged = ((case, system.judge(system.read(case.text))) for case in cases)
        parts["facts"] = summarise_cases([field for case, records in judged for field in compare_case(case, records)])
    readers = [gold.annotators for gold in golds if gold.annotators]
    return Evaluation(parts, compare_labels(*_pool(readers)) if readers else {})


def _judge(gold: GoldSet, system: System) -> Labels:
    return collect_labels(gold, system.judge(make_reading(gold)))


def _pool(pairs: Sequence[tuple[Labels, Labels]]) -> tuple[Labels, Labels]:
    """Join the passages of several sets: micro figures are over passages, whatever set they are from."""
    return tuple(row for pair in pairs for row in pair[0]), tuple(row for pair in pairs for row in pair[1])


def _plain(figures: Figures, form: Callable[[Figure], Any]) -> dict[str, Any]:
    return {
        name: form(figure) if isinstance(figure, Figure) else _plain(figure, form) for name, figure in figures.items()
    }


def _value(figure: Figure) -> float:
    return figure.value
