"""The schema of a run's database: ordered migration files, each applied in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from compliance.errors import RunFolderError
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; `version` counts from 1 without gaps."""

    version: int
    name: str
    sql: str


def load_migrations() -> tuple[Migration, ...]:
    """Return the packaged migrations, oldest first; the file name "0001_run.sql" is version 1, named "run"."""
    folder = files("compliance.store") / "migrations"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple(
        Migration(int(number), name, entry.read_text(encoding="utf-8"))
        for entry in found
        for number, _, name in [entry.name.removesuffix(".sql").partition("_")]
    )


def migrate(connection: duckdb.DuckDBPyConnection, migrations: tuple[Migration, ...]) -> int:
    """Bring the database up to the newest migration and return its version.

    Raises RunFolderError where the database was written by a newer version of the program.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_version "
        "(version INTEGER NOT NULL, name VARCHAR NOT NULL, applied TIMESTAMP NOT NULL)"
    )
    newest = migrations[-1].version
    current = read_version(connection)
    if current > newest:
        raise RunFolderError(
            f"run.duckdb er laget av en nyere versjon av programmet (skjema {current}, vi kjenner {newest}). "
            "Oppdater programmet eller velg en annen mappe."
        )
    for migration in migrations[current:]:
        _apply(connection, migration)
    return newest


def read_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the version of the newest migration applied, 0 for a new database."""
    row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
    return int(row[0]) if row else 0


def _apply(connection: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    applied = datetime.now(UTC).replace(tzinfo=None)
    with transaction(connection):
        connection.execute(migration.sql)
        connection.execute("INSERT INTO schema_version VALUES (?, ?, ?)", [migration.version, migration.name, applied])
