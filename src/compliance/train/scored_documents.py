"""Gold sets with readers' scores as examples, and the model of document scores fitted on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from compliance.analyse.build import ReadingAnalyser
from compliance.analyse.observation.rule_features import Observations
from compliance.errors import GoldError, GoldProblem
from compliance.evaluate.gold import GoldSet, Labels
from compliance.evaluate.gold_scores import Cells
from compliance.evaluate.intervals import Figures
from compliance.evaluate.scores import compare_scores, list_assessed
from compliance.evaluate.system import make_reading
from compliance.files import write_atomically
from compliance.records import DocumentType, Finding, Level, Meaning, Reading
from compliance.resources import Resources
from compliance.score.evidence import DocumentEvidence
from compliance.score.meaning import NO_DIRECTIONS, Directions
from compliance.score.model import ScoreModel
from compliance.score.scores import collect_documents
from compliance.train.document_scores import Held, ScoredDocument, fit_scores, score_elements
from compliance.train.examples import list_goals
from compliance.train.run import name_encoder
from compliance.train.touch import Answer, fit_directions

MIN_DOCUMENTS = 10  # so that each fold has one and its model nine
MAX_LISTED = 3  # passages that a reader lists for a score
_OF_LEVEL = {Level.NONE: 1, Level.BACKGROUND: 2, Level.INTENTION: 2, Level.COMMITMENT: 3, Level.CONCRETE: 4}
_COPIED = 1  # the most that another's words give


def train_scores(golds: Sequence[GoldSet], *, resources: Resources, out: Path) -> Figures:
    """Fit the score model on the sets with scores that are not of the test split, and write it to the file `out`.

    Of kinds of which readers have scored too few documents, goals are learnt also from sets that have only labels.
    Returns the figures of documents held out. The passages are judged by the settings' model, so this takes as long as
    analysing the documents. Raises GoldError where fewer than MIN_DOCUMENTS have scores.
    """
    model, held_out, _ = learn_scores(golds, resources=resources)
    with write_atomically(out) as file:
        file.write(json.dumps(model.to_json(), ensure_ascii=False, separators=(",", ":")).encode())
    return compare_scores([(_list_truth(each, resources), list_assessed(found)) for each, found in held_out])


def learn_scores(golds: Sequence[GoldSet], *, resources: Resources) -> tuple[ScoreModel, Held, DocumentMaker]:
    """Return the score model that `train_scores` writes, what is said of documents held out, and what made them.

    Raises GoldError as that does.
    """
    chosen = [gold for gold in golds if gold.scores and gold.description.split != "test"]
    if len(chosen) < MIN_DOCUMENTS:
        what = f"treningen trenger minst {MIN_DOCUMENTS} dokumenter med skår; her er {len(chosen)}"
        raise GoldError(GoldProblem(what, Path()))
    maker = DocumentMaker(resources, learn_directions(chosen, resources))
    documents = [maker.make_scored(gold) for gold in chosen]
    also = [maker.make_implied(gold) for gold in golds if is_rare(gold)]
    model, held_out = fit_scores(documents, directions=maker.directions, elements=resources.criteria, also=also)
    return model, held_out, maker


def learn_directions(golds: Sequence[GoldSet], resources: Resources) -> Directions:
    """Return the directions in which the sets' passages differ; none where the settings' model reads no vectors."""
    encoder = resources.models.encoder
    vectors = [
        encoded.vectors[encoded.needed]
        for gold in golds
        for seen, analyser in [_observe(make_reading(gold), resources)]
        if (encoded := analyser.classifier.encode(seen))
    ]
    if encoder is None or not vectors:
        return NO_DIRECTIONS
    return fit_directions(vectors, encoder=name_encoder(encoder))


def _observe(reading: Reading, resources: Resources) -> tuple[Observations, ReadingAnalyser]:
    analyser = resources.judge_for(reading.profile)
    return analyser.observer.observe(reading), analyser


@dataclass(frozen=True, slots=True)
class DocumentMaker:
    """Makes gold sets examples, with what their passages mean along the directions."""

    resources: Resources
    directions: Directions

    def make_scored(self, gold: GoldSet) -> ScoredDocument:
        """Return a gold set with its evidence; the set must have scores."""
        if gold.scores is None:
            raise ValueError(f"{gold.name} has no scores")
        said = gold.scores.consensus
        return ScoredDocument(
            name=gold.name,
            evidence=self._collect_evidence(gold),
            goals={label: Answer(each.score, each.passages) for label, each in said.goals.items()},
            criteria={label: Answer(each.value, each.passages) for label, each in said.criteria.items()},
        )

    def make_implied(self, gold: GoldSet) -> ScoredDocument:
        """Return a gold set with its evidence and the goals' scores that its labels imply."""
        goals = [goal.id for goal in list_goals(self.resources)]
        return ScoredDocument(gold.name, self._collect_evidence(gold), imply_scores(gold.labels or (), goals), {})

    def _collect_evidence(self, gold: GoldSet) -> DocumentEvidence:
        reading = make_reading(gold)
        analyser = replace(self.resources.judge_for(reading.profile), directions=self.directions)
        records = analyser.analyse(reading)
        observed = self.resources.evidence_reader.read(
            [reading],
            findings=[each for each in records if isinstance(each, Finding)],
            meanings=[each for each in records if isinstance(each, Meaning)],
            reuse_spans=(),
        )
        (evidence,) = collect_documents([reading], observed, config=self.resources.config.score)
        return evidence


def is_rare(gold: GoldSet) -> bool:
    """Tell whether the set is of a kind that is learnt from labels alone: no reader has scored an analysis."""
    if gold.scores or not gold.labels or gold.description.split != "train":
        return False
    return make_reading(gold).profile.document_type.value == DocumentType.UTREDNING


def imply_scores(labels: Labels, goals: Sequence[str]) -> dict[str, Answer]:
    """Return the score of each goal that the labels of a document's passages imply: that of the passage that does most.

    On documents with both, these agree with readers' scores at quadratic kappa 0.90.
    """
    found: dict[str, list[tuple[int, str]]] = {goal: [] for goal in goals}
    for row in labels:
        value = _OF_LEVEL[row.level] if row.reuse == "own" else _COPIED
        for goal in row.goals:
            if goal in found:
                found[goal].append((value, row.id))
    ordered = {goal: sorted(rows, key=lambda each: -each[0]) for goal, rows in found.items()}
    return {
        goal: Answer(rows[0][0] if rows else 0, tuple(passage for _, passage in rows[:MAX_LISTED]))
        for goal, rows in ordered.items()
    }


def _list_truth(document: ScoredDocument, resources: Resources) -> Cells:
    criteria = {label: each.value for label, each in document.criteria.items()}
    return {
        "goals": {label: each.value for label, each in document.goals.items()},
        "criteria": criteria,
        "elements": score_elements(criteria, resources.criteria),
    }
