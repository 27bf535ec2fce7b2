"""Stage 4 over all documents: what was observed in each, added up to scores, answers and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.config import ScoreConfig
from compliance.guidelines.criteria import ElementCriteria
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Assessment,
    EvidenceKind,
    Finding,
    Meaning,
    Measure,
    Reading,
    ReuseSpan,
    ScoreSubject,
)
from compliance.records.grouping import group_by, group_by_document
from compliance.score.copied import list_national, measure_copied
from compliance.score.documents import assess_document
from compliance.score.evidence import DocumentEvidence, Seen, collect_evidence
from compliance.score.model import ScoreModel


@dataclass(frozen=True, slots=True)
class Observed:
    """What is known of the passages of several documents."""

    findings: Sequence[Finding]
    reuse_spans: Sequence[ReuseSpan]
    measures: Sequence[Measure]  # of goals
    touching: Sequence[Finding]  # passages that may answer a criterion; the label is its id
    criterion_measures: Sequence[Measure]  # of criteria; `goal` is the criterion's id
    whole_measures: Sequence[Measure] = ()  # of passages that have a meaning; `goal` is WHOLE
    meanings: Sequence[Meaning] = ()


def collect_documents(
    readings: Sequence[Reading], observed: Observed, *, config: ScoreConfig
) -> tuple[DocumentEvidence, ...]:
    """Return the evidence of each document, in their order."""
    copied = _find_copied(readings, observed, config)
    findings, touching = group_by_document(observed.findings), group_by_document(observed.touching)
    meanings = group_by_document(observed.meanings)
    measures = group_by_document([*observed.measures, *observed.criterion_measures, *observed.whole_measures])
    return tuple(
        collect_evidence(
            reading,
            Seen(
                findings=findings.get(reading.document.id, []),
                measures=measures.get(reading.document.id, []),
                touching=touching.get(reading.document.id, []),
                meanings=meanings.get(reading.document.id, []),
                copied=copied,
            ),
        )
        for reading in readings
    )


def score_documents(
    evidence: Sequence[DocumentEvidence],
    *,
    guidelines: Sequence[GuidelineSet],
    elements: Sequence[ElementCriteria],
    model: ScoreModel,
) -> Assessment:
    """Return every document's scores on every goal, in the guidelines' order, then on every element.

    Goals, elements and criteria that no passage speaks for are there with 0: what is missing is a result.
    """
    goals = [goal.id for each in guidelines for goal in each.goals]
    found = [assess_document(each, goals=goals, elements=elements, model=model.choose(each)) for each in evidence]
    return join_assessments(found)


def list_measures(assessment: Assessment, observed: Observed) -> tuple[Measure, ...]:
    """Return the measures of the goals, with those of passages that count for a goal by their meaning alone."""
    named = {(each.passage_id, each.goal) for each in observed.measures}
    whole = group_by(observed.whole_measures, lambda measure: measure.passage_id)
    behind = [
        *(
            (passage, each.label)
            for each in assessment.scores
            for passage in each.passage_ids
            if each.subject is ScoreSubject.GOAL
        ),
        *((each.passage_id, each.label) for each in assessment.reviews),
    ]
    unnamed = dict.fromkeys(key for key in behind if key not in named)
    meant = (replace(each, goal=goal) for passage, goal in unnamed for each in whole.get(passage, ()))
    return (*observed.measures, *meant)


def join_assessments(found: Sequence[Assessment]) -> Assessment:
    """Return several assessments as one, in their order."""
    return Assessment(
        scores=tuple(score for each in found for score in each.scores),
        criteria=tuple(answer for each in found for answer in each.criteria),
        reviews=tuple(review for each in found for review in each.reviews),
        measures=tuple(measure for each in found for measure in each.measures),
    )


def _find_copied(readings: Sequence[Reading], observed: Observed, config: ScoreConfig) -> dict[str, bool]:
    """Return the passages whose words are another's: by shared wording, or by what the text says of them.

    Shared wording to which a clause adds who, when or how much is the municipality's own commitment.
    """
    national = list_national(observed.reuse_spans)
    measures = (*observed.measures, *observed.criterion_measures, *observed.whole_measures)
    own = {each.passage_id for each in measures if each.adds_to(national.get(each.passage_id, ()))}
    passages = [passage for reading in readings for passage in reading.passages]
    shares = measure_copied(passages, observed.reuse_spans)
    copied = {
        passage_id: share >= config.max_copied_share and passage_id not in own for passage_id, share in shares.items()
    }
    for finding in observed.findings:
        if finding.borrows and not _is_partly(finding):
            copied[finding.passage_id] = True
    return copied


def _is_partly(finding: Finding) -> bool:
    """Tell an attribution of only a stretch of the passage: its reuse span says how much."""
    return any(item.kind is EvidenceKind.WORDING and item.start is not None for item in finding.evidence)
