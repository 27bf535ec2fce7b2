"""A reading as rows: `documents` holds the document with its profile, the other tables its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.records import Document, Profile, Reading
from compliance.store.codec import encode_record, field_codecs, field_names
from compliance.store.tables import BLOCKS, FURNITURE, PAGES, PASSAGES, append_rows, quote_columns

if TYPE_CHECKING:
    import duckdb

DOCUMENT_FIELDS = ("id", "name", "sha256", "media_type", "title", "text")
PROFILE_FIELDS = tuple(name for name in field_names(Profile) if name != "document_id")


def insert_reading(connection: duckdb.DuckDBPyConnection, reading: Reading, *, config_sha256: str) -> None:
    """Append the document, its profile and its passages."""
    document = reading.document
    row = [
        *encode_record(document, DOCUMENT_FIELDS),
        *encode_record(reading.profile, PROFILE_FIELDS),
        config_sha256,
    ]
    append_rows(connection, "documents", (*DOCUMENT_FIELDS, *PROFILE_FIELDS, "config_sha256"), [row])
    PAGES.insert(connection, document.pages, owner_id=document.id)
    BLOCKS.insert(connection, document.blocks, owner_id=document.id)
    FURNITURE.insert(connection, document.furniture, owner_id=document.id)
    PASSAGES.insert(connection, reading.passages)


def load_reading(connection: duckdb.DuckDBPyConnection, document_id: str) -> Reading:
    """Return a saved reading; raises KeyError where there is none with this id."""
    columns = quote_columns((*DOCUMENT_FIELDS, *PROFILE_FIELDS))
    row = connection.execute(f"SELECT {columns} FROM documents WHERE id = ?", [document_id]).fetchone()
    if row is None:
        raise KeyError(document_id)
    values = dict(zip((*DOCUMENT_FIELDS, *PROFILE_FIELDS), row, strict=True))
    document = Document(
        **{name: values[name] for name in DOCUMENT_FIELDS},
        pages=tuple(PAGES.load(connection, where="document_id", value=document_id)),
        blocks=tuple(BLOCKS.load(connection, where="document_id", value=document_id)),
        furniture=tuple(FURNITURE.load(connection, where="document_id", value=document_id)),
    )
    codecs = field_codecs(Profile)
    return Reading(
        document=document,
        profile=Profile(document_id, **{name: codecs[name].decode(values[name]) for name in PROFILE_FIELDS}),
        passages=tuple(PASSAGES.load(connection, where="document_id", value=document_id)),
    )
