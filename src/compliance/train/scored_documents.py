"""Gold sets with readers' scores as examples, and the model of document scores fitted on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from compliance.errors import GoldError, GoldProblem
from compliance.evaluate.gold import GoldSet
from compliance.evaluate.gold_scores import Cells
from compliance.evaluate.intervals import Figures
from compliance.evaluate.scores import compare_scores, list_assessed
from compliance.evaluate.system import make_reading
from compliance.files import write_atomically
from compliance.records import Finding
from compliance.resources import Resources
from compliance.score.scores import collect_documents
from compliance.train.document_scores import Answer, ScoredDocument, assess_held_out, fit_documents, score_elements

MIN_DOCUMENTS = 10  # so that each fold has one and its model nine


def train_scores(golds: Sequence[GoldSet], *, resources: Resources, out: Path) -> Figures:
    """Fit the document model on the sets with scores that are not of the test split, and write it to the file `out`.

    Returns the figures of each document left out alone. The passages are judged by the settings' model, so this takes
    as long as analysing the documents. Raises GoldError where fewer than MIN_DOCUMENTS have scores.
    """
    chosen = [gold for gold in golds if gold.scores and gold.description.split != "test"]
    if len(chosen) < MIN_DOCUMENTS:
        what = f"treningen trenger minst {MIN_DOCUMENTS} dokumenter med skår; her er {len(chosen)}"
        raise GoldError(GoldProblem(what, Path()))
    documents = [make_scored(gold, resources) for gold in chosen]
    model = fit_documents(documents, elements=resources.criteria)
    with write_atomically(out) as file:
        file.write(json.dumps(model.to_json(), ensure_ascii=False, separators=(",", ":")).encode())
    held_out = assess_held_out(documents, elements=resources.criteria, folds=len(documents))
    return compare_scores([(_list_truth(each, resources), list_assessed(found)) for each, found in held_out])


def make_scored(gold: GoldSet, resources: Resources) -> ScoredDocument:
    """Return a gold set with its evidence; the set must have scores."""
    reading = make_reading(gold)
    findings = [each for each in resources.analyse(reading) if isinstance(each, Finding)]
    observed = resources.evidence_reader.read([reading], findings=findings, reuse_spans=())
    (evidence,) = collect_documents([reading], observed, config=resources.config.score)
    if gold.scores is None:
        raise ValueError(f"{gold.name} has no scores")
    said = gold.scores.consensus
    return ScoredDocument(
        name=gold.name,
        evidence=evidence,
        goals={label: Answer(each.score, each.passages) for label, each in said.goals.items()},
        criteria={label: Answer(each.value, each.passages) for label, each in said.criteria.items()},
    )


def _list_truth(document: ScoredDocument, resources: Resources) -> Cells:
    criteria = {label: each.value for label, each in document.criteria.items()}
    return {
        "goals": {label: each.value for label, each in document.goals.items()},
        "criteria": criteria,
        "elements": score_elements(criteria, resources.criteria),
    }
