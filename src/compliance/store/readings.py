"""A reading as rows: `documents` holds the document with its profile, the other tables its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from compliance.records import Document, Profile, Reading
from compliance.store.codec import encode_record, field_codecs, field_names
from compliance.store.tables import BLOCKS, FURNITURE, PAGES, PASSAGES, Table, among, append_rows, quote_columns

if TYPE_CHECKING:
    import duckdb

DOCUMENT_FIELDS = ("id", "name", "sha256", "media_type", "title", "text", "quality")
PARTS: Final = (PAGES, BLOCKS, FURNITURE, PASSAGES)
TEXT_PARTS: Final = (PAGES, FURNITURE, PASSAGES)  # without the layout, which only remarks in a draft need
AT_ONCE: Final = 8  # documents
# SQL: which documents have pages to refer to, as `Document.has_pages` says.
PAGED: Final = "SELECT document_id FROM pages GROUP BY document_id HAVING max(width) > 0 OR count(*) > 1"
PROFILE_FIELDS = tuple(name for name in field_names(Profile) if name != "document_id")


@dataclass(frozen=True, slots=True)
class SavedDocument:
    """What tells whether a file is one that the folder holds already."""

    id: str
    name: str
    sha256: str
    config_sha256: str  # the settings it was analysed with
    path: str | None  # where its file lay; None: unknown, saved by an earlier version of the program


def list_documents(connection: duckdb.DuckDBPyConnection) -> tuple[SavedDocument, ...]:
    """Return the documents that are saved, by name."""
    rows = connection.execute(
        "SELECT id, name, sha256, config_sha256, path FROM documents ORDER BY name, id"
    ).fetchall()
    return tuple(SavedDocument(*row) for row in rows)


def insert_reading(
    connection: duckdb.DuckDBPyConnection, reading: Reading, *, config_sha256: str, path: str | None
) -> None:
    """Append the document, its profile and its passages."""
    document = reading.document
    row = [
        *encode_record(document, DOCUMENT_FIELDS),
        *encode_record(reading.profile, PROFILE_FIELDS),
        config_sha256,
        path,
    ]
    append_rows(connection, "documents", (*DOCUMENT_FIELDS, *PROFILE_FIELDS, "config_sha256", "path"), [row])
    PAGES.insert(connection, document.pages, owner_id=document.id)
    BLOCKS.insert(connection, document.blocks, owner_id=document.id)
    FURNITURE.insert(connection, document.furniture, owner_id=document.id)
    PASSAGES.insert(connection, reading.passages)


def load_readings(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str], *, parts: Sequence[Table[Any]] = PARTS
) -> tuple[Reading, ...]:
    """Return saved readings in the order of `ids`; raises KeyError where there is none with an id.

    Of the tables in PARTS that are not among `parts` the readings have nothing. A few documents are fetched together:
    as rows they take several times what they take as records.
    """
    batches = (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))
    return tuple(reading for some in batches for reading in _load_some(connection, some, parts))


def _load_some(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str], parts: Sequence[Table[Any]]
) -> Iterator[Reading]:
    columns = quote_columns((*DOCUMENT_FIELDS, *PROFILE_FIELDS))
    rows = connection.execute(f"SELECT {columns} FROM documents WHERE id {among(ids)}", list(ids)).fetchall()
    saved = {row[0]: dict(zip((*DOCUMENT_FIELDS, *PROFILE_FIELDS), row, strict=True)) for row in rows}
    found: dict[str, dict[str, list[Any]]] = {
        table.name: table.load_groups(connection, by="document_id", values=ids) if table in parts else {}
        for table in PARTS
    }
    codecs, document_codecs = field_codecs(Profile), field_codecs(Document)
    for document_id in ids:
        values = saved[document_id]
        own: dict[str, tuple[Any, ...]] = {table.name: tuple(found[table.name].get(document_id, ())) for table in PARTS}
        document = Document(
            **{name: document_codecs[name].decode(values[name]) for name in DOCUMENT_FIELDS},
            pages=own[PAGES.name],
            blocks=own[BLOCKS.name],
            furniture=own[FURNITURE.name],
        )
        profile = Profile(document_id, **{name: codecs[name].decode(values[name]) for name in PROFILE_FIELDS})
        yield Reading(document, profile, own[PASSAGES.name])
