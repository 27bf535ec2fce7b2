"""What is derived from documents one by one: each with a key of what it was made from, so that the rest can stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from compliance.records import (
    Assessment,
    Certainty,
    Finding,
    Neighbour,
    Profile,
    ReuseKind,
    ScoreSubject,
    SourceKind,
    Task,
)
from compliance.records.study import TextShare
from compliance.store.codec import decode_records, field_codecs, field_names
from compliance.store.readings import PAGED, PROFILE_FIELDS
from compliance.store.tables import CRITERIA, MEASURES, REVIEWS, SCORES, TEXT_SHARES, Table, among, quote_columns
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb

SCORED: Final[tuple[Table[Any], ...]] = (SCORES, CRITERIA, REVIEWS, MEASURES, TEXT_SHARES)
SCORE_KEY, PAGE_KEY = "scores", "page"
_EVERY_TASK: Final = tuple(Task)
_NEIGHBOURS = f"""
    SELECT d.id, coalesce(nullif(d.title, ''), d.name), d.municipality.value, d.document_type.value,
        d.id IN ({PAGED})
    FROM documents AS d ORDER BY d.name, d.id
"""
_SHARING = """
    WITH owners AS (
        SELECT id, coalesce(municipality.value, nullif(title, ''), name) AS owner FROM documents
    )
    SELECT own.owner, coalesce(other.owner, r.source_name), count(DISTINCT r.passage_id)
    FROM reuse_spans AS r
    JOIN owners AS own ON own.id = r.document_id
    LEFT JOIN owners AS other ON other.id = r.source_id
    WHERE r.source_kind = $municipality AND NOT r.boilerplate AND r.kind <> $reworked
        AND own.owner <> coalesce(other.owner, r.source_name)
    GROUP BY ALL
"""


class DocumentParts:
    """Scores and report rows of documents, saved and kept one by one."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def load_keys(self, name: str) -> dict[str, str]:
        """Return what each document's part of this name was made from, by document id."""
        rows = self._connection.execute("SELECT document_id, value FROM document_keys WHERE name = ?", [name])
        return dict(rows.fetchall())

    def save_scores(self, document_id: str, assessment: Assessment, shares: Sequence[TextShare], *, key: str) -> None:
        """Save a document's scores and whose words it is, in place of the earlier."""
        parts = (assessment.scores, assessment.criteria, assessment.reviews, assessment.measures, shares)
        with transaction(self._connection):
            for table, records in zip(SCORED, parts, strict=True):
                self._connection.execute(f"DELETE FROM {table.name} WHERE document_id = ?", [document_id])
                table.insert(self._connection, records)
            self._set_key(document_id, SCORE_KEY, key)

    def save_rows(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Save documents' rows of the overview, once their pages are written: id, row and key of each."""
        with transaction(self._connection):
            for document_id, content, key in rows:
                self._connection.execute("DELETE FROM report_rows WHERE document_id = ?", [document_id])
                self._connection.execute("INSERT INTO report_rows VALUES (?, ?)", [document_id, content])
                self._set_key(document_id, PAGE_KEY, key)

    def load_rows(self) -> tuple[str, ...]:
        """Return the overview's rows of all documents whose page is written, by name."""
        rows = self._connection.execute(
            "SELECT r.content FROM report_rows r JOIN documents d ON d.id = r.document_id ORDER BY d.name, d.id"
        ).fetchall()
        return tuple(row[0] for row in rows)

    def load_judgements(
        self, ids: Sequence[str], tasks: Collection[Task], *, with_evidence: Collection[Task] = _EVERY_TASK
    ) -> tuple[Finding, ...]:
        """Return the documents' findings of some tasks in the order of `ids`, without their features.

        Evidence, most of what there is, only those of `with_evidence` have.
        """
        wanted, explained = ([task.value for task in some] for some in (tasks, with_evidence))
        instead = {"features": "[]", "evidence": f"CASE WHEN task {among(explained)} THEN evidence ELSE [] END"}
        columns = ", ".join(instead.get(name, f'"{name}"') for name in field_names(Finding))
        found: list[Finding] = []
        for document_id in ids:
            rows = self._connection.execute(
                f"SELECT {columns} FROM findings WHERE document_id = ? AND task {among(wanted)} ORDER BY position",
                [*explained, document_id, *wanted],
            ).fetchall()
            found += decode_records(Finding, rows)
        return tuple(found)

    def load_profiles(self) -> dict[str, Profile]:
        """Return what each document is, by its id, documents by name."""
        columns = quote_columns(("id", *PROFILE_FIELDS))
        rows = self._connection.execute(f"SELECT {columns} FROM documents ORDER BY name, id").fetchall()
        codecs = field_codecs(Profile)
        return {
            document_id: Profile(
                document_id,
                **{name: codecs[name].decode(value) for name, value in zip(PROFILE_FIELDS, values, strict=True)},
            )
            for document_id, *values in rows
        }

    def load_neighbours(self) -> tuple[Neighbour, ...]:
        """Return the documents as each other's reports speak of them, by name."""
        goals: dict[str, dict[str, tuple[int, bool]]] = {}
        scored = self._connection.execute(
            'SELECT document_id, label, "value", certainty <> ? FROM scores WHERE subject = ? ORDER BY position',
            [Certainty.UNSURE.value, ScoreSubject.GOAL.value],
        )
        for document_id, label, value, sure in scored.fetchall():
            goals.setdefault(document_id, {})[label] = (value, sure)
        found = self._connection.execute(_NEIGHBOURS).fetchall()
        return tuple(
            Neighbour(document_id, name, municipality, kind, has_pages, goals.get(document_id, {}))
            for document_id, name, municipality, kind, has_pages in found
        )

    def load_sources(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of what each document shares wording with, in their order, by document id."""
        rows = self._connection.execute(
            "SELECT document_id, list(DISTINCT source_id ORDER BY source_id) FROM reuse_spans GROUP BY document_id"
        ).fetchall()
        return {document_id: tuple(sources) for document_id, sources in rows}

    def count_sharing(self) -> dict[tuple[str, str], int]:
        """Return how many passages municipalities share, by pair of names; what everybody writes is not counted."""
        values = {"municipality": SourceKind.MUNICIPALITY.value, "reworked": ReuseKind.REWORKED.value}
        rows = self._connection.execute(_SHARING, values).fetchall()
        return {(own, other): count for own, other, count in rows}

    def _set_key(self, document_id: str, name: str, value: str) -> None:
        self._connection.execute("DELETE FROM document_keys WHERE document_id = ? AND name = ?", [document_id, name])
        self._connection.execute("INSERT INTO document_keys VALUES (?, ?, ?)", [document_id, name, value])
