"""Gives a document's passages their goals, elements, level and local, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from compliance.analyse.classification.decide import Decision, Predictions, decide
from compliance.analyse.classification.features import describe
from compliance.analyse.classification.goal_judgement import GoalJudge, GoalJudgement
from compliance.analyse.classification.heads import Array, Features, explain_cell
from compliance.analyse.classification.model import ClassificationModel
from compliance.analyse.classification.ordinal import class_probabilities
from compliance.analyse.classification.probe import LabelNames, Probabilities, put_in_context
from compliance.analyse.classification.reasons import explain_goal, explain_level
from compliance.analyse.observation.rule_features import Observations
from compliance.records import ELEMENTS, LOCAL, Evidence, EvidenceKind, Finding, Level, Method, Passage, Task
from compliance.text.embedding import PassageEncoder

_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class UncertaintyBand:
    """Probabilities between which a label is for a person to decide."""

    low: float
    high: float

    def covers(self, probability: float) -> bool:
        """Whether the probability is too close to call."""
        return self.low <= probability < self.high


@dataclass(frozen=True, slots=True)
class _Classified:
    """One document on its way to findings."""

    seen: Observations
    read: Probabilities | None  # None where no encoder reads along
    features: dict[str, Features]
    predicted: Predictions
    decisions: list[Decision]

    @property
    def passages(self) -> list[Passage]:
        return [place.passage for place in self.seen.places]


class PassageClassifier:
    """Classifies the passages of a document by a model's heads.

    The model's own goals are judged by its head, goals that it does not know by those of `others`. What is too close to
    call is also given to a reader (Task.REVIEW), where probabilities are calibrated.
    """

    def __init__(
        self,
        model: ClassificationModel,
        encoder: PassageEncoder | None,
        *,
        doubt: UncertaintyBand,
        others: Sequence[GoalJudge] = (),
        wanted: frozenset[str],  # goals that documents are held against; the model may know more
    ) -> None:
        self._model, self._encoder, self._others, self._wanted = model, encoder, others, wanted
        self._doubt = doubt if model.method is Method.MODEL else UncertaintyBand(0.0, 0.0)

    def classify(self, seen: Observations) -> list[Finding]:
        """Return the findings of every passage, in passage order: goals, elements, level, local, and what is open."""
        if not seen.places:
            return []
        document, judgement = self._predict(seen)
        judgements = [judgement, *(judge.judge(seen) for judge in self._others)]
        found = [
            *(finding for each in judgements for finding in self._find_goals(each, document.passages)),
            *self._find_elements(document),
            *self._find_levels(document),
            *self._find_local(document),
        ]
        order = {passage.id: index for index, passage in enumerate(document.passages)}
        return sorted(found, key=lambda finding: order[finding.passage_id])

    def _predict(self, seen: Observations) -> tuple[_Classified, GoalJudgement]:
        model = self._model
        vectors = self._encoder.encode(put_in_context(seen.places)) if self._encoder and model.probe else None
        read = model.probe.read(vectors, model.names) if model.probe and vectors is not None else None
        features = describe(read, seen, LabelNames(model.names.goals, ELEMENTS))
        heads = model.heads
        goals = heads.goals.predict(features["goals"]) if model.names.goals else np.zeros((len(seen.places), 0))
        predicted = Predictions(
            goals=goals,
            elements=heads.elements.predict(features["elements"]),
            level=heads.level.predict(features["level"]),
            local=heads.local.predict(features["local"]),
        )
        judgement = GoalJudgement(
            names=model.names.goals,
            head=heads.goals,
            features=features["goals"],
            predicted=goals,
            method=model.method,
            reasons=explain_goal(seen, model, read, vectors),
        )
        return _Classified(seen, read, features, predicted, decide(predicted, heads)), judgement

    def _find_goals(self, judgement: GoalJudgement, passages: Sequence[Passage]) -> Iterator[Finding]:
        wanted = np.array([name in self._wanted for name in judgement.names], dtype=bool)
        doubt = self._doubt if judgement.method is Method.MODEL else UncertaintyBand(0.0, 0.0)
        head, predicted = judgement.head, judgement.predicted
        for row, passage in enumerate(passages):
            for column in map(int, np.flatnonzero(wanted & (predicted[row] >= min(head.threshold, doubt.low or 1.0)))):
                probability = float(predicted[row, column])
                finding = Finding(
                    passage.document_id,
                    passage.id,
                    Task.GOALS,
                    judgement.names[column],
                    round(probability, 4),
                    judgement.reasons(row, judgement.names[column]),
                    explain_cell(head, judgement.features, row, column),
                    judgement.method,
                )
                if probability >= head.threshold:
                    yield finding
                if doubt.covers(probability):
                    yield replace(finding, task=Task.REVIEW)

    def _find_elements(self, document: _Classified) -> Iterator[Finding]:
        read = document.read.elements if document.read else None
        for row, decision in enumerate(document.decisions):
            for column in decision.elements:
                name = ELEMENTS[column]
                words = document.seen.elements[row].evidence.get(name, ())
                evidence = (*words, *_read(read, (row, column), name))
                yield self._find(document, (row, column), Task.ELEMENTS, name, evidence)

    def _find_levels(self, document: _Classified) -> Iterator[Finding]:
        shares = class_probabilities(document.predicted.level)
        for row, (passage, decision) in enumerate(zip(document.passages, document.decisions, strict=True)):
            rank = _LEVELS.index(decision.level)
            share = round(float(shares[row, rank]), 4)
            yield Finding(
                passage.document_id,
                passage.id,
                Task.LEVEL,
                decision.level,
                share,
                explain_level(document.seen.levels[row], decision.level, share),
                explain_cell(self._model.heads.level, document.features["level"], row, max(0, rank - 1)),
                self._model.method,
            )

    def _find_local(self, document: _Classified) -> Iterator[Finding]:
        read = document.read.local if document.read else None
        for row, decision in enumerate(document.decisions):
            if decision.local:
                evidence = (*document.seen.local[row].evidence, *_read(read, (row, 0), LOCAL))
                yield self._find(document, (row, 0), Task.LOCAL, LOCAL, evidence)

    def _find(
        self, document: _Classified, cell: tuple[int, int], task: Task, label: str, evidence: tuple[Evidence, ...]
    ) -> Finding:
        passage, kind = document.passages[cell[0]], task.value
        return Finding(
            passage.document_id,
            passage.id,
            task,
            label,
            round(float(getattr(document.predicted, kind)[cell]), 4),
            evidence,
            explain_cell(getattr(self._model.heads, kind), document.features[kind], *cell),
            self._model.method,
        )


def _read(probabilities: Array | None, cell: tuple[int, int], label: str) -> tuple[Evidence, ...]:
    """Return what the encoder alone reads in the passage, where one reads along."""
    if probabilities is None:
        return ()
    return (Evidence(EvidenceKind.EMBEDDING, label, round(float(probabilities[cell]), 4)),)
