"""Gives a document's passages their goals, elements, level and local, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from compliance.analyse.classification.decide import Decision, Predictions, decide
from compliance.analyse.classification.features import NOTHING, describe
from compliance.analyse.classification.first_stage import FirstStage, Marks
from compliance.analyse.classification.goal_judgement import GoalJudge, GoalJudgement
from compliance.analyse.classification.heads import Array, Cell, Explanation, Features
from compliance.analyse.classification.implied import Columns, raise_implied
from compliance.analyse.classification.meanings import Encoded
from compliance.analyse.classification.model import ClassificationModel
from compliance.analyse.classification.ordinal import class_probabilities
from compliance.analyse.classification.probe import LabelNames, Probabilities
from compliance.analyse.classification.reasons import explain_brought, explain_goal, explain_level
from compliance.analyse.classification.windows import cut_windows
from compliance.analyse.observation.rule_features import Observations
from compliance.records import ELEMENTS, LOCAL, Evidence, EvidenceKind, Finding, Level, Method, Passage, Task
from compliance.text.embedding.in_context import PassageEncoder

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
class _Judgement:
    """What one model's heads make of every passage of a document."""

    model: ClassificationModel
    read: Probabilities | None  # None where no encoder reads along
    features: dict[str, Features]
    predicted: Predictions
    sources: Columns  # the goal that each goal's probability rests on
    levels: Array  # probability of each level, shape (passages, levels)
    decisions: list[Decision]


@dataclass(frozen=True, slots=True)
class _Classified:
    """One document on its way to findings."""

    seen: Observations
    judged: _Judgement
    unread: _Judgement  # the first stage's: for passages that the encoder did not read
    needed: Marks  # passages that the encoder read

    @property
    def passages(self) -> list[Passage]:
        return [place.passage for place in self.seen.places]

    def of(self, row: int) -> _Judgement:
        """Return what holds for a passage."""
        return self.judged if self.needed[row] else self.unread

    def list_decisions(self) -> list[tuple[int, Decision]]:
        """Return each passage's row with its labels."""
        return [(row, self.of(row).decisions[row]) for row in range(len(self.needed))]

    def explain(self, kind: Task, cells: Sequence[Cell]) -> list[Explanation]:
        """Return the numbers behind labels of a kind, each as the model that judged its passage weighed them."""
        found: dict[Cell, Explanation] = {}
        for judged, is_read in ((self.judged, True), (self.unread, False)):
            own = [cell for cell in cells if self.needed[cell[0]] == is_read]
            explained = getattr(judged.model.heads, kind).explain(judged.features[kind], own)
            found |= zip(own, explained, strict=True)
        return [found[cell] for cell in cells]


class PassageClassifier:
    """Classifies the passages of a document by a model's heads.

    Passages that are surely about nothing digital are not read by the encoder: they have no goals, and the first stage
    gives the rest. The model's own goals are judged by its head, goals that it does not know by those of `others`. What
    is too close to call is also given to a reader (Task.REVIEW), where probabilities are calibrated.
    """

    def __init__(
        self,
        model: ClassificationModel,
        encoder: PassageEncoder | None,
        *,
        first: FirstStage | None = None,  # None: every passage is read
        doubt: UncertaintyBand,
        others: Sequence[GoalJudge] = (),
        wanted: frozenset[str],  # goals that documents are held against; the model may know more
    ) -> None:
        self._model, self._encoder, self._others, self._wanted = model, encoder, others, wanted
        self._first = first
        self._doubt = doubt if model.method is Method.MODEL else UncertaintyBand(0.0, 0.0)

    def encode(self, seen: Observations) -> Encoded | None:
        """Return what the encoder reads of the document; None where there is nothing that reads, or to read."""
        if not self._encoder or not self._model.probe or not seen.places:
            return None
        needed = self._first.needs_reading(seen) if self._first else np.ones(len(seen.places), dtype=bool)
        vectors = np.zeros((len(seen.places), self._model.probe.weights.shape[1]), np.float32)
        if needed.any():
            vectors[needed] = self._encoder.encode(cut_windows(seen.places, needed))
        return Encoded(needed, vectors)

    def classify(self, seen: Observations, encoded: Encoded | None) -> list[Finding]:
        """Return the findings of every passage, in passage order: goals, elements, level, local, and what is open."""
        if not seen.places:
            return []
        document, judgement = self._predict(seen, encoded)
        judgements = [judgement, *(judge.judge(seen) for judge in self._others)]
        found = [
            *(finding for each in judgements for finding in self._find_goals(each, document.passages)),
            *self._find_elements(document),
            *self._find_levels(document),
            *self._find_local(document),
        ]
        order = {passage.id: index for index, passage in enumerate(document.passages)}
        return sorted(found, key=lambda finding: order[finding.passage_id])

    def _predict(self, seen: Observations, encoded: Encoded | None) -> tuple[_Classified, GoalJudgement]:
        model, names = self._model, LabelNames(self._model.names.goals, ELEMENTS)
        needed, read, vectors, unread = np.ones(len(seen.places), dtype=bool), None, None, None
        if encoded and model.probe:
            needed, vectors = encoded.needed, encoded.vectors
            read = model.probe.read(vectors, model.names)
            if self._first and not needed.all():
                unread = _judge(self._first.model, self._first.read(seen), seen, names=LabelNames((), ELEMENTS))
                read = _fill_unread(read, unread.predicted, needed)
        judged = _judge(model, read, seen, names=names)
        goals = judged.predicted.goals * needed[:, None] * seen.speaks
        judgement = GoalJudgement(
            names=model.names.goals,
            head=model.heads.goals,
            features=judged.features["goals"],
            predicted=goals,
            method=model.method,
            reasons=explain_goal(seen, model, read, vectors),
            sources=judged.sources,
        )
        return _Classified(seen, judged, unread or judged, needed), judgement

    def _find_goals(self, judgement: GoalJudgement, passages: Sequence[Passage]) -> Iterator[Finding]:
        wanted = np.array([name in self._wanted for name in judgement.names], dtype=bool)
        doubt = self._doubt if judgement.method is Method.MODEL else UncertaintyBand(0.0, 0.0)
        head, predicted = judgement.head, judgement.predicted
        likely = wanted & (predicted >= min(head.threshold, doubt.low or 1.0))
        cells: list[Cell] = [(row, column) for row, column in np.argwhere(likely).tolist()]
        sources = [
            column if judgement.sources is None else int(judgement.sources[row, column]) for row, column in cells
        ]
        behind = head.explain(
            judgement.features, [(row, source) for (row, _), source in zip(cells, sources, strict=True)]
        )
        for (row, column), source, numbers in zip(cells, sources, behind, strict=True):
            probability, passage = float(predicted[row, column]), passages[row]
            brought = () if source == column else (explain_brought(judgement.names[source], probability),)
            finding = Finding(
                passage.document_id,
                passage.id,
                Task.GOALS,
                judgement.names[column],
                round(probability, 4),
                (*judgement.reasons(row, judgement.names[column]), *brought),
                numbers,
                judgement.method,
            )
            if probability >= head.threshold:
                yield finding
            if doubt.covers(probability):
                yield replace(finding, task=Task.REVIEW)

    def _find_elements(self, document: _Classified) -> Iterator[Finding]:
        cells = [(row, column) for row, decision in document.list_decisions() for column in decision.elements]
        for (row, column), numbers in zip(cells, document.explain(Task.ELEMENTS, cells), strict=True):
            name, read = ELEMENTS[column], document.of(row).read
            words = document.seen.elements[row].evidence.get(name, ())
            evidence = (*words, *_read(read.elements if read else None, (row, column), name))
            yield self._find(document, (row, column), (Task.ELEMENTS, name), evidence, numbers)

    def _find_levels(self, document: _Classified) -> Iterator[Finding]:
        decided = [(row, _LEVELS.index(decision.level)) for row, decision in document.list_decisions()]
        behind = document.explain(Task.LEVEL, [(row, max(0, rank - 1)) for row, rank in decided])
        for (row, rank), numbers in zip(decided, behind, strict=True):
            judged, passage, level = document.of(row), document.passages[row], _LEVELS[rank]
            share = round(float(judged.levels[row, rank]), 4)
            yield Finding(
                passage.document_id,
                passage.id,
                Task.LEVEL,
                level,
                share,
                explain_level(document.seen.levels[row], level, share),
                numbers,
                judged.model.method,
            )

    def _find_local(self, document: _Classified) -> Iterator[Finding]:
        cells = [(row, 0) for row, decision in document.list_decisions() if decision.local]
        for cell, numbers in zip(cells, document.explain(Task.LOCAL, cells), strict=True):
            read = document.of(cell[0]).read
            evidence = (*document.seen.local[cell[0]].evidence, *_read(read.local if read else None, cell, LOCAL))
            yield self._find(document, cell, (Task.LOCAL, LOCAL), evidence, numbers)

    def _find(
        self,
        document: _Classified,
        cell: Cell,
        said: tuple[Task, str],
        evidence: tuple[Evidence, ...],
        numbers: Explanation,
    ) -> Finding:
        judged, passage, (task, label) = document.of(cell[0]), document.passages[cell[0]], said
        return Finding(
            passage.document_id,
            passage.id,
            task,
            label,
            round(float(getattr(judged.predicted, task)[cell]), 4),
            evidence,
            numbers,
            judged.model.method,
        )


def _judge(
    model: ClassificationModel, read: Probabilities | None, seen: Observations, *, names: LabelNames
) -> _Judgement:
    features, heads = describe(read, seen, names), model.heads
    goals = heads.goals.predict(features["goals"]) if names.goals else np.zeros((len(seen.places), 0))
    raised = raise_implied(goals, names.goals, model.implied)
    predicted = Predictions(
        goals=raised.predicted,
        elements=heads.elements.predict(features["elements"]),
        level=heads.level.predict(features["level"]),
        local=heads.local.predict(features["local"]),
    )
    levels = class_probabilities(predicted.level)
    return _Judgement(model, read, features, predicted, raised.sources, levels, decide(predicted, heads))


def _fill_unread(read: Probabilities, others: Predictions, needed: Marks) -> Probabilities:
    """Return the readings with what is predicted for passages that were not read: their neighbours weigh it too."""
    mask = needed[:, None]
    return Probabilities(
        goals=np.where(mask, read.goals, NOTHING),
        elements=np.where(mask, read.elements, others.elements),
        steps=np.where(mask, read.steps, others.level),
        local=np.where(mask, read.local, others.local),
    )


def _read(probabilities: Array | None, cell: tuple[int, int], label: str) -> tuple[Evidence, ...]:
    """Return what the encoder alone reads in the passage, where one reads along."""
    if probabilities is None:
        return ()
    return (Evidence(EvidenceKind.EMBEDDING, label, round(float(probabilities[cell]), 4)),)
