"""Everything that a list of gold folders allows to be measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from compliance.evaluate.gold import load_gold
from compliance.evaluate.ingest import measure_reading, summarise_readings
from compliance.evaluate.intervals import Figure
from compliance.records import Reading


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures by part ("ingest") and name ("recovered"). A part that no folder can measure is absent."""

    parts: Mapping[str, Mapping[str, Figure]]

    def to_json(self) -> dict[str, Any]:
        """Return GOLD.md's object: plain values, and the same paths under "intervals" with support and interval."""
        values = {
            part: {name: figure.value for name, figure in figures.items()} for part, figures in self.parts.items()
        }
        intervals = {
            part: {name: asdict(figure) for name, figure in figures.items()} for part, figures in self.parts.items()
        }
        return {**values, "intervals": intervals}


def evaluate_folders(folders: Sequence[Path], *, read: Callable[[Path], Reading]) -> Evaluation:
    """Measure what the folders allow; `read` is the system under test, from file to passages.

    Raises GoldError when a folder is malformed, and DocumentError when its document cannot be read.
    """
    golds = [load_gold(folder) for folder in folders]
    readings = [measure_reading(gold, read=partial(read, gold.document)) for gold in golds if gold.document]
    return Evaluation({"ingest": summarise_readings(readings)} if readings else {})
