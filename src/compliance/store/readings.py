"""A reading as rows: `documents` holds the document with its profile, the other tables its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.records import Document, Profile, Reading
from compliance.store.codec import encode_record, field_codecs, field_names
from compliance.store.tables import BLOCKS, FURNITURE, PAGES, PASSAGES, append_rows, quote_columns

if TYPE_CHECKING:
    import duckdb

DOCUMENT_FIELDS = ("id", "name", "sha256", "media_type", "title", "text", "quality")
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


def load_readings(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> tuple[Reading, ...]:
    """Return saved readings in the order of `ids`; raises KeyError where there is none with an id."""
    columns = quote_columns((*DOCUMENT_FIELDS, *PROFILE_FIELDS))
    rows = connection.execute(f"SELECT {columns} FROM documents WHERE id IN (SELECT unnest(?))", [list(ids)]).fetchall()
    saved = {row[0]: dict(zip((*DOCUMENT_FIELDS, *PROFILE_FIELDS), row, strict=True)) for row in rows}
    pages = PAGES.load_groups(connection, by="document_id", values=ids)
    blocks = BLOCKS.load_groups(connection, by="document_id", values=ids)
    furniture = FURNITURE.load_groups(connection, by="document_id", values=ids)
    passages = PASSAGES.load_groups(connection, by="document_id", values=ids)
    codecs, document_codecs = field_codecs(Profile), field_codecs(Document)
    readings: list[Reading] = []
    for document_id in ids:
        values = saved[document_id]
        document = Document(
            **{name: document_codecs[name].decode(values[name]) for name in DOCUMENT_FIELDS},
            pages=tuple(pages[document_id]),
            blocks=tuple(blocks[document_id]),
            furniture=tuple(furniture[document_id]),
        )
        profile = Profile(document_id, **{name: codecs[name].decode(values[name]) for name in PROFILE_FIELDS})
        readings.append(Reading(document, profile, tuple(passages[document_id])))
    return tuple(readings)
