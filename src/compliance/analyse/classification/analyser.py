"""Labels a document's passages as a trained reader would, each label with its probability and its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from compliance.analyse.analyser import Scope
from compliance.analyse.classification.features import (
    describe_elements,
    describe_goals,
    describe_levels,
    describe_local,
)
from compliance.analyse.classification.heads import Features, Head
from compliance.analyse.classification.model import JudgementModel
from compliance.analyse.classification.ordinal import class_probabilities, median_class
from compliance.analyse.classification.probe import Read, Vectors, put_in_context
from compliance.analyse.observation.elements import MAX_ELEMENTS
from compliance.analyse.observation.rule_features import Observations, Observer
from compliance.records import (
    LOCAL,
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Finding,
    Level,
    Method,
    Passage,
    Reading,
    Task,
)
from compliance.text.embedding import PassageEncoder

MAX_FEATURES = 6  # told of each judgement, the weightiest
_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class UncertaintyBand:
    """Probabilities between which a label is for a person to decide."""

    low: float
    high: float

    def covers(self, probability: float) -> bool:
        """Tell whether the judgement is too close to call."""
        return self.low <= probability < self.high


@dataclass(frozen=True, slots=True)
class _Judged:
    """One document on its way to findings."""

    seen: Observations
    read: Read
    vectors: Vectors  # standardised

    @property
    def passages(self) -> list[Passage]:
        return [place.passage for place in self.seen.places]


class ClassificationAnalyser:
    """Gives goals, elements, level and local; what is too close to call is also given to a reader, as "review"."""

    name = "judgement"
    scope = Scope.DOCUMENT

    def __init__(
        self,
        model: JudgementModel,
        observer: Observer,
        encoder: PassageEncoder,
        *,
        doubt: UncertaintyBand,
        goals: frozenset[str],  # those that documents are held against; the model may know more
    ) -> None:
        self._model, self._observer, self._encoder, self._doubt = model, observer, encoder, doubt
        self._wanted = np.array([name in goals for name in model.names.goals])

    def analyse(self, readings: Sequence[Reading]) -> list[Finding]:
        """Return the findings of every passage: goals, elements, level, local, and what a reader should decide."""
        return [finding for reading in readings if reading.passages for finding in self._analyse_reading(reading)]

    def _analyse_reading(self, reading: Reading) -> list[Finding]:
        judged = self._read(self._observer.observe(reading))
        found = [
            *self._judge_goals(judged),
            *self._judge_elements(judged),
            *self._judge_levels(judged),
            *self._judge_local(judged),
        ]
        order = {passage.id: index for index, passage in enumerate(reading.passages)}
        return sorted(found, key=lambda finding: order[finding.passage_id])

    def _read(self, seen: Observations) -> _Judged:
        vectors = self._encoder.encode(put_in_context(seen.places))
        layer = self._model.readout
        return _Judged(seen, layer.read(vectors, self._model.names), (vectors - layer.centre) / layer.spread)

    def _judge_goals(self, judged: _Judged) -> Iterator[Finding]:
        head, names = self._model.heads.goals, self._model.names.goals
        features = describe_goals(judged.read, judged.seen, self._model.names)
        predicted = head.predict(features)
        for row, passage in enumerate(judged.passages):
            for column in np.flatnonzero(self._wanted & (predicted[row] >= min(head.threshold, self._doubt.low))):
                probability = float(predicted[row, column])
                finding = Finding(
                    passage.document_id,
                    passage.id,
                    Task.GOALS,
                    names[column],
                    round(probability, 4),
                    self._explain_goal(judged, row, int(column)),
                    _tell(head, features, row, int(column)),
                    method=Method.MODEL,
                )
                if probability >= head.threshold:
                    yield finding
                if self._doubt.covers(probability):
                    yield replace(finding, task=Task.REVIEW)

    def _explain_goal(self, judged: _Judged, row: int, column: int) -> tuple[Evidence, ...]:
        goal = self._model.names.goals[column]
        offered = judged.seen.offered.goals[row].get(goal)
        evidence = list(offered.evidence) if offered else []
        meaning = Evidence(EvidenceKind.EMBEDDING, goal, round(float(judged.read.goals[row, column]), 4))
        nearest = self._model.examples.find_nearest(judged.vectors[row], goal)
        if nearest:
            evidence.append(Evidence(EvidenceKind.EXAMPLE, nearest.passage.id, max(0.0, nearest.cosine)))
        around = float(judged.seen.near[row, column])
        if around > 0:
            evidence.append(Evidence(EvidenceKind.NEIGHBOUR, goal, round(around, 4)))
        return (*evidence, meaning)

    def _judge_elements(self, judged: _Judged) -> Iterator[Finding]:
        head, names = self._model.heads.elements, self._model.names.elements
        features = describe_elements(judged.read, judged.seen, self._model.names)
        predicted = head.predict(features)
        for row, passage in enumerate(judged.passages):
            for column in head.choose(predicted[row], most=MAX_ELEMENTS):
                name = names[column]
                meaning = Evidence(EvidenceKind.EMBEDDING, name, round(float(judged.read.elements[row, column]), 4))
                yield Finding(
                    passage.document_id,
                    passage.id,
                    Task.ELEMENTS,
                    name,
                    round(float(predicted[row, column]), 4),
                    (*judged.seen.elements[row].evidence.get(name, ()), meaning),
                    _tell(head, features, row, column),
                    method=Method.MODEL,
                )

    def _judge_levels(self, judged: _Judged) -> Iterator[Finding]:
        head = self._model.heads.level
        features = describe_levels(judged.read, judged.seen)
        steps = head.predict(features)
        shares, levels = class_probabilities(steps), median_class(steps)
        for row, (passage, level) in enumerate(zip(judged.passages, levels, strict=True)):
            rank = _LEVELS.index(level)
            ruled = judged.seen.levels[row]
            agreed = ruled.label == level
            evidence = tuple(replace(item, against=item.against == agreed) for item in ruled.evidence)
            yield Finding(
                passage.document_id,
                passage.id,
                Task.LEVEL,
                level,
                round(float(shares[row, rank]), 4),
                ruled.evidence if agreed else (*evidence, _read_level(level, float(shares[row, rank]))),
                _tell(head, features, row, max(0, rank - 1)),
                method=Method.MODEL,
            )

    def _judge_local(self, judged: _Judged) -> Iterator[Finding]:
        head = self._model.heads.local
        features = describe_local(judged.read, judged.seen)
        predicted = head.predict(features)[:, 0]
        for row, passage in enumerate(judged.passages):
            if predicted[row] >= head.threshold:
                meaning = Evidence(EvidenceKind.EMBEDDING, LOCAL, round(float(judged.read.local[row, 0]), 4))
                yield Finding(
                    passage.document_id,
                    passage.id,
                    Task.LOCAL,
                    LOCAL,
                    round(float(predicted[row]), 4),
                    (*judged.seen.local[row].evidence, meaning),
                    _tell(head, features, row, 0),
                    method=Method.MODEL,
                )


def _read_level(level: Level, probability: float) -> Evidence:
    return Evidence(EvidenceKind.EMBEDDING, level, round(probability, 4), code=EvidenceCode.LEVEL_READ)


def _tell(head: Head, features: Features, row: int, column: int) -> tuple[tuple[str, float], ...]:
    return tuple((name, round(added, 4)) for name, added in head.explain(features, row, column)[:MAX_FEATURES])
