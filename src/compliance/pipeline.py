"""The complete pipeline: read → segment → analyse → compare → score, as functions of their input.

Nothing here opens a database, starts a process or writes a file: how the pipeline is run over many files is in `runs/`.
Stages 3 and 4 are imported where they are called: who only reads need not wait for their libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.config import Config
from compliance.ingest.profile import profile_document
from compliance.ingest.read import read_document
from compliance.records import Analysis, Assessment, Finding, Meaning, Reading, Relations, ReuseSpan
from compliance.segment.passages import segment_document

if TYPE_CHECKING:
    from compliance.resources import Resources


def read_file(path: Path, *, config: Config) -> Reading:
    """Read one file and cut it into passages (stages 1 and 2). Raises DocumentError when it cannot be read."""
    document = read_document(path, config=config.ingest)
    profile = profile_document(document, config=config.ingest, correction=config.corpus.find(document.sha256))
    passages = segment_document(document, config=config.segment)
    return Reading(document, profile, passages)


def analyse_reading(reading: Reading, *, resources: Resources) -> Analysis:
    """Return a document with every finding and fact that it yields by itself (stage 3)."""
    return Analysis(reading, resources.analyse(reading))


def analyse_file(path: Path, *, resources: Resources) -> Analysis:
    """Take one file through stages 1 to 3, as far as it goes alone. Raises DocumentError when it cannot be read."""
    return analyse_reading(read_file(path, config=resources.config), resources=resources)


def compare_readings(
    readings: Sequence[Reading], *, references: Sequence[Reading], resources: Resources
) -> tuple[ReuseSpan, ...]:
    """Return the wording that documents share with each other and with national texts (stage 3, over all documents)."""
    return tuple(resources.reuse_analyser(references=references).analyse(readings))


def relate_readings(readings: Sequence[Reading], *, references: Sequence[Reading], resources: Resources) -> Relations:
    """Return what documents cite, whose structure they have and what they were compared with (stage 3, over all)."""
    from compliance.analyse.reuse.relations import find_relations

    return find_relations(
        readings,
        references=len(references),
        official_sentences=len(resources.fingerprints),
        guidelines=resources.guidelines,
        rules=resources.rules,
    )


def assess_readings(
    readings: Sequence[Reading],
    *,
    findings: Sequence[Finding],
    meanings: Sequence[Meaning],
    reuse_spans: Sequence[ReuseSpan],
    resources: Resources,
) -> Assessment:
    """Return how far each document goes on each goal, criterion and element that it is held against (stage 4)."""
    from compliance.score.scores import collect_documents, join_assessments, list_measures, score_documents

    observed = resources.evidence_reader.read(readings, findings=findings, meanings=meanings, reuse_spans=reuse_spans)
    score = partial(score_documents, elements=resources.criteria, model=resources.score_model)
    groups = resources.group_by_guidelines(readings)
    assessed = [
        score(collect_documents(group, observed, config=resources.config.score), guidelines=sets)
        for sets, group in groups
    ]
    assessment = join_assessments(assessed)
    return replace(assessment, measures=list_measures(assessment, observed))
