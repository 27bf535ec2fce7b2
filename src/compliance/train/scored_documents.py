"""Gold sets with readers' scores as examples, and the model of document scores fitted on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from compliance.errors import GoldError, GoldProblem
from compliance.evaluate.gold import GoldSet, Labels
from compliance.evaluate.gold_scores import Cells
from compliance.evaluate.intervals import Figures
from compliance.evaluate.scores import compare_scores, list_assessed
from compliance.evaluate.system import make_reading
from compliance.files import write_atomically
from compliance.records import DocumentType, Finding, Level
from compliance.resources import Resources
from compliance.score.documents import DocumentEvidence
from compliance.score.scores import collect_documents
from compliance.train.document_scores import Answer, ScoredDocument, assess_held_out, fit_documents, score_elements
from compliance.train.examples import list_goals

MIN_DOCUMENTS = 10  # so that each fold has one and its model nine
MAX_LISTED = 3  # passages that a reader lists for a score
_OF_LEVEL = {Level.NONE: 1, Level.BACKGROUND: 2, Level.INTENTION: 2, Level.COMMITMENT: 3, Level.CONCRETE: 4}
_COPIED = 1  # the most that another's words give


def train_scores(golds: Sequence[GoldSet], *, resources: Resources, out: Path) -> Figures:
    """Fit the document model on the sets with scores that are not of the test split, and write it to the file `out`.

    Of kinds of which readers have scored too few documents, goals are learnt also from sets that have only labels.
    Returns the figures of each document left out alone. The passages are judged by the settings' model, so this takes
    as long as analysing the documents. Raises GoldError where fewer than MIN_DOCUMENTS have scores.
    """
    chosen = [gold for gold in golds if gold.scores and gold.description.split != "test"]
    if len(chosen) < MIN_DOCUMENTS:
        what = f"treningen trenger minst {MIN_DOCUMENTS} dokumenter med skår; her er {len(chosen)}"
        raise GoldError(GoldProblem(what, Path()))
    documents = [make_scored(gold, resources) for gold in chosen]
    also = [make_implied(gold, resources) for gold in golds if is_rare(gold)]
    model = fit_documents(documents, elements=resources.criteria, also=also)
    with write_atomically(out) as file:
        file.write(json.dumps(model.to_json(), ensure_ascii=False, separators=(",", ":")).encode())
    held_out = assess_held_out(documents, elements=resources.criteria, also=also, folds=len(documents))
    return compare_scores([(_list_truth(each, resources), list_assessed(found)) for each, found in held_out])


def make_scored(gold: GoldSet, resources: Resources) -> ScoredDocument:
    """Return a gold set with its evidence; the set must have scores."""
    if gold.scores is None:
        raise ValueError(f"{gold.name} has no scores")
    said = gold.scores.consensus
    return ScoredDocument(
        name=gold.name,
        evidence=_collect_evidence(gold, resources),
        goals={label: Answer(each.score, each.passages) for label, each in said.goals.items()},
        criteria={label: Answer(each.value, each.passages) for label, each in said.criteria.items()},
    )


def is_rare(gold: GoldSet) -> bool:
    """Tell whether the set is of a kind that is learnt from labels alone: no reader has scored an analysis."""
    if gold.scores or not gold.labels or gold.description.split != "train":
        return False
    return make_reading(gold).profile.document_type.value == DocumentType.UTREDNING


def make_implied(gold: GoldSet, resources: Resources) -> ScoredDocument:
    """Return a gold set with its evidence and the goals' scores that its labels imply."""
    goals = [goal.id for goal in list_goals(resources)]
    return ScoredDocument(gold.name, _collect_evidence(gold, resources), imply_scores(gold.labels or (), goals), {})


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


def _collect_evidence(gold: GoldSet, resources: Resources) -> DocumentEvidence:
    reading = make_reading(gold)
    findings = [each for each in resources.analyse(reading) if isinstance(each, Finding)]
    observed = resources.evidence_reader.read([reading], findings=findings, reuse_spans=())
    (evidence,) = collect_documents([reading], observed, config=resources.config.score)
    return evidence


def _list_truth(document: ScoredDocument, resources: Resources) -> Cells:
    criteria = {label: each.value for label, each in document.criteria.items()}
    return {
        "goals": {label: each.value for label, each in document.goals.items()},
        "criteria": criteria,
        "elements": score_elements(criteria, resources.criteria),
    }
