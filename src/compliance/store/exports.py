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
        """Return every view, by name."""
        names = self._connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
        ).fetchall()
        return tuple(self._describe(str(name)) for (name,) in names)

    def read_rows(self, view: View) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a view, in the view's own order."""
        cursor = self._connection.cursor().execute(f'SELECT * FROM "{view.name}"')
        while rows := cursor.fetchmany(BATCH):
            yield from rows

    def write(self, view: View, path: Path, *, file_format: FileFormat) -> None:
        """Write a view as a file. Raises what DuckDB raises where it cannot."""
        options = "FORMAT parquet, COMPRESSION zstd" if file_format is FileFormat.PARQUET else "FORMAT csv, HEADER"
        target = str(path).replace("'", "''")
        self._connection.execute(f"COPY (SELECT * FROM \"{view.name}\") TO '{target}' ({options})")

    def _describe(self, name: str) -> View:
        described = self._connection.execute(f'DESCRIBE "{name}"').fetchall()
        row = self._connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        return View(name, tuple(ViewColumn(each[0], each[1]) for each in described), int(row[0]) if row else 0)
