"""What a run found, a line a document: counted in the database, so that no record has to be loaded for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.records import ReuseKind, ScoreSubject, SourceKind

if TYPE_CHECKING:
    import duckdb

COMMITTED = 3  # the score from which a goal is more than described
_QUERY = """
    SELECT
        name,
        municipality.value,
        document_type.value,
        coalesce(pages.total, 0),
        coalesce(passages.total, 0),
        coalesce(goals.mentioned, 0),
        coalesce(goals.committed, 0),
        coalesce(goals.total, 0),
        coalesce(shared.nationals, 0),
        coalesce(shared.municipals, 0)
    FROM documents
    LEFT JOIN (SELECT document_id, count(*) AS total FROM pages GROUP BY ALL) AS pages
        ON pages.document_id = documents.id
    LEFT JOIN (SELECT document_id, count(*) AS total FROM passages GROUP BY ALL) AS passages
        ON passages.document_id = documents.id
    LEFT JOIN (
        SELECT
            document_id,
            count(*) AS total,
            count(*) FILTER (WHERE "value" > 0) AS mentioned,
            count(*) FILTER (WHERE "value" >= $committed) AS committed
        FROM scores WHERE subject = $goal GROUP BY ALL
    ) AS goals ON goals.document_id = documents.id
    LEFT JOIN (
        SELECT
            document_id,
            count(DISTINCT passage_id) FILTER (WHERE source_kind <> $municipality) AS nationals,
            count(DISTINCT passage_id) FILTER (WHERE source_kind = $municipality) AS municipals
        FROM reuse_spans WHERE NOT boilerplate AND kind <> $reworked GROUP BY ALL
    ) AS shared ON shared.document_id = documents.id
    ORDER BY name, id
"""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document on one line; spans are counted by the passages that hold any."""

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


def load_summaries(connection: duckdb.DuckDBPyConnection) -> tuple[DocumentSummary, ...]:
    """Return a line per document, by name."""
    values = {
        "committed": COMMITTED,
        "goal": ScoreSubject.GOAL.value,
        "municipality": SourceKind.MUNICIPALITY.value,
        "reworked": ReuseKind.REWORKED.value,
    }
    return tuple(DocumentSummary(*row) for row in connection.execute(_QUERY, values).fetchall())
