"""Opens a run's database, and says what is wrong with one in words that help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compliance.files import describe_path

if TYPE_CHECKING:
    import duckdb


def connect(database: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the database, made where missing unless it is only to be read. Raises what DuckDB raises."""
    import duckdb

    return duckdb.connect(database, read_only=read_only, config={"autoinstall_known_extensions": "false"})


def load_database_library() -> None:
    """Import what databases are opened with; it starts no threads before one is."""
    import duckdb  # noqa: F401


def describe_error(error: Exception, path: Path) -> str:
    """Return what DuckDB says, and what to do about it."""
    said = str(error).splitlines()[0]
    if "No space left" in said or "could not write" in said.lower():
        what = "disken er full. Det som er lagret, er tatt vare på; gjør plass, og kjør på nytt."
    else:
        what = (
            "databasen kan ikke brukes. Lukk programmet som har den åpen. Er den skadet eller laget av et annet "
            "program, så velg en annen mappe, eller slett den og analyser på nytt."
        )
    return f"{describe_path(path)}: {what} (DuckDB: {said})"
