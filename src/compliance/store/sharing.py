"""What is kept of documents to compare them by, and the spans that are made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from compliance.records import (
    Attribution,
    ComparedDocument,
    Comparison,
    Retelling,
    ReuseKind,
    ReuseSpan,
    SharedProse,
    SharedSide,
    SharedStretch,
    SharedText,
    SourceKind,
    Span,
    StructureMatch,
)
from compliance.store.codec import decode_records, field_names
from compliance.store.readings import PAGED
from compliance.store.studies import delete_study
from compliance.store.tables import (
    CITATIONS,
    COMPARISONS,
    RETELLINGS,
    REUSE_SPANS,
    SHARED_PROSE,
    SHARED_SIDES,
    SHARED_TEXTS,
    STRUCTURES,
    among,
    append_rows,
)
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb

SHARING_KEY: Final = "sharing"
AT_ONCE: Final = 16  # documents whose rows are read together
SPANS_AT_ONCE: Final = 2000  # written together
_MILDER: Final = [each.value for each in (Attribution.UNATTRIBUTED, Attribution.UNCERTAIN, Attribution.QUOTED)]
_SETTLE = """
    UPDATE reuse_spans SET attribution = $milder[m.mildest] FROM (
        SELECT a.position, max(list_position($milder, s.attribution)) OVER (PARTITION BY a.alike) AS mildest
        FROM alike AS a JOIN reuse_spans AS s ON s.position = a.position
    ) AS m
    WHERE m.position = reuse_spans.position AND list_position($milder, reuse_spans.attribution) <> m.mildest
"""
_PASSAGES = f"""
    WITH paged AS ({PAGED})
    SELECT id, document_id, "start", text, CASE WHEN document_id IN (FROM paged) THEN pages[1] END
    FROM passages WHERE id IN (SELECT unnest(?::VARCHAR[]))
"""
_SHARED_PASSAGES = """
    SELECT DISTINCT document_id, source_id, passage_id FROM reuse_spans
    WHERE source_kind = $municipality AND NOT boilerplate AND kind <> $reworked
    ORDER BY ALL
"""
_UNDESCRIBED = """
    SELECT document_id, source_id, sentences."start", sentences."end", named, described FROM shared_sides
    WHERE source_kind = ? AND document_id IN (SELECT document_id FROM shared_sides WHERE NOT described)
    ORDER BY document_id
"""
_REMOVE_SIDES = """
    DELETE FROM shared_sides WHERE (document_id, source_id) IN
        (SELECT (pair.own, pair.source) FROM (SELECT unnest(?::STRUCT(own VARCHAR, source VARCHAR)[]) AS pair))
"""
_REMOVE_RETELLING = """
    DELETE FROM retellings
    WHERE document_id = ? AND span."start" = ? AND source_id = ? AND source_start = ?
"""
# All of a span that scores and pages rest on: not its reasons, which weigh words over the whole corpus.
_TOLD = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '')" for name in field_names(ReuseSpan) if name != "evidence")
_HASHES = f"""
    SELECT document_id, md5(string_agg(md5(concat_ws(chr(31), {_TOLD})), '' ORDER BY position))
    FROM reuse_spans GROUP BY document_id
"""


class SharingTables:
    """The kept part, saved with the documents it is of, and the derived part, made anew for all."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, forget: Callable[[], None]) -> None:
        self._connection, self._forget = connection, forget

    def save_compared(self, documents: Sequence[ComparedDocument], sides: Iterable[SharedSide], *, key: str) -> None:
        """Save documents that have been compared with each other and with all that were saved so before.

        `key` names what decides it beside the documents.
        """
        ids = [each.text.document_id for each in documents]
        with transaction(self._connection):
            self._remove(ids)
            SHARED_TEXTS.insert(self._connection, [each.text for each in documents])
            SHARED_PROSE.insert(self._connection, [each.prose for each in documents])
            SHARED_SIDES.insert(self._connection, [side for each in documents for side in each.sides])
            SHARED_SIDES.insert(self._connection, sides)
            CITATIONS.insert(self._connection, [row for each in documents for row in each.citations])
            STRUCTURES.insert(self._connection, [row for each in documents for row in each.structures])
            for document_id in ids:
                self._connection.execute("INSERT INTO document_keys VALUES (?, ?, ?)", [document_id, SHARING_KEY, key])

    def _remove(self, ids: Sequence[str]) -> None:
        """Remove what is kept of documents, also from the side of those they were compared with."""
        for table in (SHARED_TEXTS, SHARED_PROSE, SHARED_SIDES, RETELLINGS, CITATIONS, STRUCTURES):
            self._connection.execute(f"DELETE FROM {table.name} WHERE document_id {among(ids)}", list(ids))
        remove_pairs(self._connection, ids)
        self._connection.execute(
            f"DELETE FROM document_keys WHERE name = ? AND document_id {among(ids)}", [SHARING_KEY, *ids]
        )

    def load_texts(self) -> tuple[SharedText, ...]:
        """Return whose the documents are and how old, documents by name."""
        columns = ", ".join(f't."{name}"' for name in field_names(SharedText))
        rows = self._connection.execute(
            f"SELECT {columns} FROM shared_texts t JOIN documents d ON d.id = t.document_id ORDER BY d.name, d.id"
        ).fetchall()
        return tuple(decode_records(SharedText, rows))

    def list_sizes(self) -> dict[str, int]:
        """Return how many characters each document of the folder has, by id, documents by name."""
        return dict(self._connection.execute("SELECT id, length(text) FROM documents ORDER BY name, id").fetchall())

    def load_prose(self, ids: Sequence[str]) -> Iterator[SharedProse]:
        """Yield what the documents' structure and sentences are compared by, in the order of `ids`."""
        for some in _cut(ids):
            found = SHARED_PROSE.load_groups(self._connection, by="document_id", values=some)
            yield from (prose for document_id in some for prose in found[document_id])

    def load_sides(self, ids: Sequence[str]) -> Iterator[tuple[str, list[SharedSide]]]:
        """Yield what each document shares with others, in the order of `ids`."""
        for some in _cut(ids):
            yield from SHARED_SIDES.load_groups(self._connection, by="document_id", values=some).items()

    def load_national(self) -> dict[str, list[tuple[int, int]]]:
        """Return the words of each document that national texts have too, by document id."""
        rows = self._connection.execute(
            'SELECT document_id, words."start", words."end" FROM shared_sides WHERE source_kind <> ?',
            [SourceKind.MUNICIPALITY.value],
        ).fetchall()
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for document_id, start, end in rows:
            found[document_id].append((start, end))
        return found

    def list_undescribed(self) -> Iterator[Sequence[SharedStretch]]:
        """Yield what each document that has matches which are not described shares with municipalities."""
        found = self._connection.cursor().execute(_UNDESCRIBED, [SourceKind.MUNICIPALITY.value])
        rows = iter(found.fetchone, None)
        for _, group in groupby(rows, key=itemgetter(0)):
            yield [SharedStretch(own, source, Span(start, end), *told) for own, source, start, end, *told in group]

    def replace_sides(self, pairs: Sequence[tuple[str, str]], sides: Sequence[SharedSide]) -> None:
        """Save all that the first document of each pair shares with the second, in place of the earlier."""
        with transaction(self._connection):
            self._connection.execute(_REMOVE_SIDES, [[{"own": own, "source": source} for own, source in pairs]])
            SHARED_SIDES.insert(self._connection, sides)

    def load_retellings(self, ids: Sequence[str]) -> Iterator[Retelling]:
        """Yield the pairs of sentences that were judged, of these documents, in the order of `ids`."""
        for some in _cut(ids):
            for found in RETELLINGS.load_groups(self._connection, by="document_id", values=some).values():
                yield from found

    def load_passages(self, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, str, int | None]]:
        """Return where passages begin, their text and first page, by document and number."""
        wanted = [{"id": document_id, "number": number} for document_id, number in places]
        rows = self._connection.execute(
            'SELECT p.document_id, p."index", p."start", p.text, p.pages[1] FROM passages AS p'
            " JOIN (SELECT DISTINCT unnest(?::STRUCT(id VARCHAR, number INTEGER)[]) AS w)"
            ' ON w.id = p.document_id AND w.number = p."index"',
            [wanted],
        ).fetchall()
        return {(document_id, number): (start, text, page) for document_id, number, start, text, page in rows}

    def find_passages(self, ids: Collection[str]) -> list[tuple[str, str, int, str, int | None]]:
        """Return passages by id: id, document, first character, text, and the page where the document has pages."""
        return self._connection.execute(_PASSAGES, [list(ids)]).fetchall()

    def list_passages(self) -> list[tuple[str, str, str]]:
        """Return the passages that municipalities share, what everybody writes aside: document, source and passage."""
        values = {"municipality": SourceKind.MUNICIPALITY.value, "reworked": ReuseKind.REWORKED.value}
        return self._connection.execute(_SHARED_PASSAGES, values).fetchall()

    def remove_retellings(self, keys: Iterable[tuple[str, int, str, int]]) -> None:
        """Remove pairs of sentences by document, first character, source and its first character."""
        with transaction(self._connection):
            for key in keys:
                self._connection.execute(_REMOVE_RETELLING, list(key))

    def save_retellings(self, retellings: Sequence[Retelling]) -> None:
        """Save pairs of sentences that were judged, beside the earlier."""
        with transaction(self._connection):
            RETELLINGS.insert(self._connection, retellings)

    def save_spans(
        self,
        spans: Iterable[tuple[ReuseSpan, str]],
        *,
        structures: Sequence[StructureMatch],
        comparisons: Sequence[Comparison],
    ) -> None:
        """Save how the documents stand to each other, in place of the earlier; a study of that is gone with it.

        Each span comes with a hash of its words in their surroundings: those alike get the mildest attribution of any.
        `structures` are those of other municipalities' plans.
        """
        with transaction(self._connection):
            self._connection.execute("CREATE OR REPLACE TEMP TABLE alike (position INTEGER, alike VARCHAR)")
            self._connection.execute("DELETE FROM reuse_spans")
            self._insert_spans(spans)
            self._connection.execute(_SETTLE, {"milder": _MILDER})
            self._connection.execute("DROP TABLE alike")
            kind = [SourceKind.MUNICIPALITY.value]
            self._connection.execute("DELETE FROM structures WHERE source_kind = ?", kind)
            self._connection.execute("DELETE FROM comparisons")
            STRUCTURES.insert(self._connection, structures, first=self._count_structures())
            COMPARISONS.insert(self._connection, comparisons)
            delete_study(self._connection)
            self._forget()

    def hash_spans(self) -> dict[str, str]:
        """Return a hash of each document's spans, by document id; documents without any are left out."""
        return dict(self._connection.execute(_HASHES).fetchall())

    def _insert_spans(self, spans: Iterable[tuple[ReuseSpan, str]]) -> None:
        first, left = 0, iter(spans)
        while some := list(islice(left, SPANS_AT_ONCE)):
            REUSE_SPANS.insert(self._connection, [span for span, _ in some], first=first)
            rows = [(first + number, alike) for number, (_, alike) in enumerate(some)]
            append_rows(self._connection, "alike", ("position", "alike"), rows)
            first += len(some)

    def _count_structures(self) -> int:
        rows = self._connection.execute("SELECT coalesce(max(position), -1) + 1 FROM structures").fetchall()
        return int(rows[0][0])


def remove_pairs(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Remove what other documents share with these."""
    for table in (SHARED_SIDES, RETELLINGS):
        connection.execute(f"DELETE FROM {table.name} WHERE source_id {among(ids)}", list(ids))


def _cut(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))
