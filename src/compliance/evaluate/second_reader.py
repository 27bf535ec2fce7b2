"""How good a second reader is on the gold passages that it would be asked about (docs/second-reader.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from compliance.evaluate.folders import OnProgress
from compliance.evaluate.gold import GoldSet, LabelRow
from compliance.evaluate.intervals import Figure, Figures, flatten_figures
from compliance.evaluate.labels import compare_labels
from compliance.evaluate.system import collect_labels, make_reading
from compliance.records import Finding, ReaderOutcome, SecondReading
from compliance.resources import Resources
from compliance.second_reader.measurement import Measurement
from compliance.second_reader.reader import SecondReader, find_doubts

HEARD = frozenset({ReaderOutcome.ANSWERED, ReaderOutcome.INVALID})  # the reader's own doing, good or bad


@dataclass(frozen=True, slots=True)
class _Row:
    """One gold passage with what is said of it; `second` is None where there is no doubt to ask about."""

    gold: LabelRow
    ours: LabelRow
    second: SecondReading | None

    @property
    def theirs(self) -> LabelRow:
        """The reader's goals; none where it has no opinion, so that what it cannot read counts against it."""
        given = self.second.goals if self.second else ()
        return self.ours.model_copy(update={"goals": tuple(each.goal for each in given)})

    @property
    def joined(self) -> LabelRow:
        """Our goals with the reader's in their place where it has an opinion."""
        heard = self.second is not None and self.second.outcome is ReaderOutcome.ANSWERED
        return self.theirs if heard else self.ours


@dataclass(frozen=True, slots=True)
class ReaderMeasure:
    """The figures of goals, in the passages asked about and in all.

    `measurement` is None where nothing was asked, or not all of it: a reader that was not heard is not measured.

    `doubtful.reader` against `doubtful.ours` is what the reader is worth; `all.joined` is what ours would be if its
    word were taken, which the tool never does.
    """

    figures: Figures
    measurement: Measurement | None
    silent: tuple[tuple[str, int], ...]  # passages without an opinion, by reason

    def describe(self) -> Iterator[str]:
        """Yield what to tell the user beside the figures."""
        for detail, count in self.silent:
            yield f"{count} avsnitt uten uttalelse, regnet som uten mål: {detail}"
        if self.measurement:
            yield self.measurement.describe()
        elif self.figures:
            yield "Leseren er ikke målt: den ble ikke hørt om alle avsnittene. Kjør på nytt når den svarer."
        else:
            yield "Leseren er ikke målt: ingen avsnitt i gullmappene er tvilsomme nok til at den ville blitt spurt."

    def to_json(self) -> dict[str, Any]:
        """Return the figures by path, the same under "intervals", and the verdict."""
        flat = dict(flatten_figures(self.figures))
        return {
            "second_reader": {name: figure.value for name, figure in flat.items()},
            "intervals": {name: asdict(figure) for name, figure in flat.items()},
            "usable": self.measurement is not None and self.measurement.is_usable,
            "silent": dict(self.silent),
        }


def measure_second_reader(
    golds: Sequence[GoldSet], reader: SecondReader, *, resources: Resources, on_progress: OnProgress = lambda *_: None
) -> ReaderMeasure:
    """Put every gold passage with a doubtful goal to the reader, and hold its goals and ours against the gold."""
    rows: list[_Row] = []
    for done, gold in enumerate(golds, start=1):
        rows += _read_set(gold, reader, resources)
        on_progress(gold.name, done, len(golds))
    asked = [row for row in rows if row.second]
    if not asked:
        return ReaderMeasure({}, None, ())
    figures: Figures = {
        "doubtful": {
            "reader": _measure([row.gold for row in asked], [row.theirs for row in asked]),
            "ours": _measure([row.gold for row in asked], [row.ours for row in asked]),
        },
        "all": {
            "joined": _measure([row.gold for row in rows], [row.joined for row in rows]),
            "ours": _measure([row.gold for row in rows], [row.ours for row in rows]),
        },
    }
    found = dict(flatten_figures(figures)).get("doubtful.reader.micro_f1")
    silent = Counter(each.detail for row in asked if (each := row.second) and each.detail)
    heard = all(row.second.outcome in HEARD for row in asked if row.second)
    measurement = _judge(reader, found, len(asked)) if heard else None
    return ReaderMeasure(figures, measurement, tuple(silent.most_common()))


def _read_set(gold: GoldSet, reader: SecondReader, resources: Resources) -> Iterator[_Row]:
    if not gold.labels:
        return
    reading = make_reading(gold)
    records = resources.analyse(reading)
    goals = [goal for each in resources.guidelines_for(reading.profile) for goal in each.goals]
    doubts = find_doubts(reading, [each for each in records if isinstance(each, Finding)], config=reader.config)
    second = {doubt.passage.id: reader.read(doubt, goals) for doubt in doubts}
    for said, ours in zip(gold.labels, collect_labels(gold, records), strict=True):
        yield _Row(said, ours, second.get(said.id))


def _measure(gold: Sequence[LabelRow], other: Sequence[LabelRow]) -> Figures:
    """Return the figures of goals but those by label and set: too few passages for them."""
    goals = compare_labels(gold, other, sets={})["goals"]
    return {name: each for name, each in goals.items() if isinstance(each, Figure)} if isinstance(goals, dict) else {}


def _judge(reader: SecondReader, f1: Figure | None, passages: int) -> Measurement:
    """Return what is kept; a reader that finds nothing where there is nothing to find is worth nothing."""
    return Measurement(
        model=reader.config.model,
        prompt_sha256=reader.prompt.sha256,
        f1=f1.value if f1 else 0.0,
        low=f1.low if f1 else 0.0,
        high=f1.high if f1 else 0.0,
        passages=passages,
    )
