"""What a run found, a line a document: what the command prints, and a program can read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from compliance.records import Reading, Results, ReuseKind, ScoreSubject, SourceKind

COMMITTED = 3  # the score from which a goal is more than described


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document on one line."""

    document: str
    municipality: str | None
    document_type: str
    pages: int
    passages: int
    goals_mentioned: int
    goals_committed: int
    goals: int
    national_spans: int
    municipal_spans: int


def summarise_run(results: Results) -> list[DocumentSummary]:
    """Return a line per document, in the order of the results."""
    return [_summarise_document(reading, results) for reading in results.readings]


def _summarise_document(reading: Reading, results: Results) -> DocumentSummary:
    document_id = reading.document.id
    goals = [
        score.value
        for score in results.scores
        if score.document_id == document_id and score.subject is ScoreSubject.GOAL
    ]
    shared: dict[bool, set[str]] = defaultdict(set)
    for span in results.reuse_spans:
        if span.document_id == document_id and not span.boilerplate and span.kind is not ReuseKind.REWORKED:
            shared[span.source_kind is SourceKind.MUNICIPALITY].add(span.passage_id)
    profile = reading.profile
    return DocumentSummary(
        document=reading.document.name,
        municipality=profile.municipality.value if profile.municipality else None,
        document_type=profile.document_type.value,
        pages=len(reading.document.pages),
        passages=len(reading.passages),
        goals_mentioned=sum(value > 0 for value in goals),
        goals_committed=sum(value >= COMMITTED for value in goals),
        goals=len(goals),
        national_spans=len(shared[False]),
        municipal_spans=len(shared[True]),
    )
