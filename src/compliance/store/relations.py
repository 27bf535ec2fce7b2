"""A run's tables and views from Python: DuckDB relations, which give Arrow, pandas and polars where installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.errors import RunFolderError
from compliance.extras import check_extra
from compliance.files import DATABASE_NAME, describe_path, is_run_folder

if TYPE_CHECKING:
    import duckdb


class RunTables:
    """The tables and views of one run folder, read only (docs/store.md lists them)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def list_names(self) -> tuple[str, ...]:
        """Return the names of all tables and views."""
        rows = self._connection.execute(
            "SELECT table_name FROM information_schema.tables ORDER BY table_name"
        ).fetchall()
        return tuple(str(name) for (name,) in rows)

    def relation(self, name: str) -> duckdb.DuckDBPyRelation:
        """Return a table or view, to `.filter(…)`, `.fetchall()` or `.arrow()`; raises KeyError for another name.

        DuckDB's `.arrow()` needs pyarrow, which is an extra (`arrow`): `read_arrow` says so where it is missing.
        """
        if name not in self.list_names():
            raise KeyError(name)
        return self._connection.table(name)

    def read_arrow(self, name: str) -> Any:
        """Return a table or view as a pyarrow.Table; raises KeyError for another name, MissingExtraError without."""
        check_extra("arrow", asked_for="Arrow-tabeller")
        return self.relation(name).to_arrow_table()

    def query(self, sql: str) -> duckdb.DuckDBPyRelation:
        """Return what a query of one's own gives."""
        return self._connection.sql(sql)


@contextmanager
def open_tables(folder: Path) -> Iterator[RunTables]:
    """Open a run folder's tables until the block ends.

    Raises RunFolderError where no run has been made into the folder, or one is being made now.
    """
    import duckdb

    path = folder / DATABASE_NAME
    if not is_run_folder(folder):
        raise RunFolderError(f"{describe_path(folder)}: her er det ikke laget noen analyse ({DATABASE_NAME} mangler).")
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        raise RunFolderError(f"{describe_path(path)}: kan ikke åpnes. Vent til kjøringen er ferdig.") from error
    try:
        yield RunTables(connection)
    finally:
        connection.close()
