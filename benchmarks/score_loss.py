"""Where are the scores of whole documents lost: in what is judged of passages, or in how it adds up?

    python benchmarks/score_loss.py corpus/labelled

On the documents of the test split with labels and scores: quadratic kappa and share equal of the goals' scores with our
own judgement, with a reader's levels, with a reader's goals, and with both. The document step is learnt for each on the
training split with the same. Takes as long as analysing the documents, and two minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from compliance.config import Config
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.gold import GoldSet, load_gold
from compliance.evaluate.scores import compare_scores, list_assessed
from compliance.evaluate.system import make_reading
from compliance.records import Finding, Meaning, Reading, Task
from compliance.resources import Resources
from compliance.score.documents import assess_document
from compliance.score.scores import collect_documents
from compliance.train.document_scores import ScoredDocument, fit_documents
from compliance.train.touch import Answer

SURE = 0.95  # how likely a reader's label counts as
SPEAKING = frozenset({Task.GOALS, Task.REVIEW})


def put_readers(gold: GoldSet, findings: Sequence[Finding], *, goals: bool, levels: bool) -> Iterator[Finding]:
    """Yield the findings with a reader's goals or levels in place of ours."""
    rows = {row.id: row for row in gold.labels or ()}
    ours = {(each.passage_id, each.label): each for each in findings if each.task in SPEAKING}
    for each in findings:
        if levels and each.task is Task.LEVEL:
            yield replace(each, label=rows[each.passage_id].level, score=SURE)
        elif not (goals and each.task in SPEAKING):
            yield each
    if goals:
        name = f"{gold.name}-gold"
        for passage_id, label in ((row.id, label) for row in rows.values() for label in row.goals):
            found = ours.get((passage_id, label), Finding(name, passage_id, Task.GOALS, label, SURE, ()))
            yield replace(found, task=Task.GOALS, score=SURE)


Judged = tuple[Sequence[Finding], Sequence[Meaning]]


def make_scored(gold: GoldSet, reading: Reading, judged: Judged, resources: Resources) -> ScoredDocument:
    """Return the document's evidence by these findings and meanings, beside the reader's scores."""
    findings, meanings = judged
    observed = resources.evidence_reader.read([reading], findings=findings, meanings=meanings, reuse_spans=())
    (evidence,) = collect_documents([reading], observed, config=resources.config.score)
    assert gold.scores
    said = gold.scores.consensus
    goals = {label: Answer(each.score, each.passages) for label, each in said.goals.items()}
    criteria = {label: Answer(each.value, each.passages) for label, each in said.criteria.items()}
    return ScoredDocument(gold.name, evidence, goals, criteria)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+")
    resources = Resources(Config()).with_default_sets()
    golds = [load_gold(folder) for folder in find_gold_folders(parser.parse_args().folder)]
    golds = [gold for gold in golds if gold.scores and gold.labels]
    readings = [make_reading(gold) for gold in golds]
    records = [resources.analyse(reading) for reading in readings]
    judged = [[each for each in some if isinstance(each, Finding)] for some in records]
    meant = [[each for each in some if isinstance(each, Meaning)] for some in records]
    for goals, levels in product((False, True), repeat=2):
        documents = [
            make_scored(
                gold, reading, (list(put_readers(gold, findings, goals=goals, levels=levels)), meanings), resources
            )
            for gold, reading, findings, meanings in zip(golds, readings, judged, meant, strict=True)
        ]
        split = [gold.description.split for gold in golds]
        train = [each for each, part in zip(documents, split, strict=True) if part != "test"]
        model, _ = fit_documents(train, elements=resources.criteria)
        pairs = []
        for each in (each for each, part in zip(documents, split, strict=True) if part == "test"):
            found = assess_document(each.evidence, goals=tuple(each.goals), elements=resources.criteria, model=model)
            pairs.append(
                ({"goals": {label: answer.value for label, answer in each.goals.items()}}, list_assessed(found))
            )
        figures = compare_scores(pairs)["goals"]
        print(f"reader's goals {goals}, reader's levels {levels}: kappa {figures['kappa']}, equal {figures['equal']}")


if __name__ == "__main__":
    main()
