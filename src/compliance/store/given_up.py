"""Files that are not to be tried again with the same settings, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.records import Rejected, RejectionReason, Stage
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb


def save_given_up(connection: duckdb.DuckDBPyConnection, sha256: str, rejected: Rejected, *, settings: str) -> None:
    """Note a file by its content."""
    row = [sha256, settings, rejected.stage.value, rejected.reason.value, rejected.detail]
    with transaction(connection):
        connection.execute("DELETE FROM given_up WHERE sha256 = ?", [sha256])
        connection.execute("INSERT INTO given_up VALUES (?, ?, ?, ?, ?)", row)


def load_given_up(
    connection: duckdb.DuckDBPyConnection, *, settings: str
) -> dict[str, tuple[Stage, RejectionReason, str]]:
    """Return what was noted, by the file's sha256."""
    rows = connection.execute(
        "SELECT sha256, stage, reason, detail FROM given_up WHERE settings = ?", [settings]
    ).fetchall()
    return {sha256: (Stage(stage), RejectionReason(reason), detail) for sha256, stage, reason, detail in rows}
