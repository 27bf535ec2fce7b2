"""All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or roll all of it back where it raised."""
    import duckdb

    connection.begin()
    done = False
    try:
        yield
        connection.commit()
        done = True
    finally:
        if not done:
            with suppress(duckdb.Error):  # a full disk has ended the transaction already; the first error tells why
                connection.rollback()
