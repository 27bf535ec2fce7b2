"""The views of a run's database for other programs: as rows, and as Parquet and CSV files that DuckDB writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

BATCH: Final = 10_000  # rows held at a time
# Tables that other programs want as they stand: of a study that is there, without the number that keeps their order.
TABLES: Final = ("study_estimates", "study_sample")


class FileFormat(StrEnum):
    """What DuckDB writes a view as."""

    PARQUET = "parquet"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view with DuckDB's name of its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class View:
    """A view of the database: its columns, and how many rows it has."""

    name: str
    columns: tuple[ViewColumn, ...]
    rows: int


class Views:
    """The views of one run's database; they are for reading, and each row leads to its document, passage and page."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def list_all(self) -> tuple[View, ...]:
        """Return every view, and each of TABLES, by name."""
        names = self._connection.execute(
            "SELECT view_name AS name FROM duckdb_views() WHERE NOT internal "
            "UNION ALL SELECT table_name FROM duckdb_tables() WHERE list_contains(?, table_name) ORDER BY name",
            [list(TABLES)],
        ).fetchall()
        return tuple(self._describe(str(name)) for (name,) in names)

    def read_rows(self, view: View) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a view, in the view's own order."""
        cursor = self._connection.cursor().execute(_select(view.name))
        while rows := cursor.fetchmany(BATCH):
            yield from rows

    def write(self, view: View, path: Path, *, file_format: FileFormat) -> None:
        """Write a view as a file. Raises what DuckDB raises where it cannot."""
        options = "FORMAT parquet, COMPRESSION zstd" if file_format is FileFormat.PARQUET else "FORMAT csv, HEADER"
        target = str(path).replace("'", "''")
        self._connection.execute(f"COPY ({_select(view.name)}) TO '{target}' ({options})")

    def _describe(self, name: str) -> View:
        described = self._connection.execute(f"DESCRIBE {_select(name)}").fetchall()
        row = self._connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        return View(name, tuple(ViewColumn(each[0], each[1]) for each in described), int(row[0]) if row else 0)


def _select(name: str) -> str:
    """Return the query that gives all of a view, or of one of TABLES, in its order and with a view's columns."""
    if name not in TABLES:
        return f'SELECT * FROM "{name}"'
    return f"SELECT COLUMNS(lambda name: name NOT IN ('position', 'start', 'end')) FROM \"{name}\" ORDER BY position"
