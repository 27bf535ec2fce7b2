"""Which table holds which record, and how rows get in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from compliance.records import (
    Block,
    Citation,
    Comparison,
    CriterionAnswer,
    Fact,
    Finding,
    Furniture,
    Meaning,
    Measure,
    Page,
    Passage,
    Rejected,
    Retelling,
    ReuseSpan,
    Review,
    Run,
    Score,
    SecondReading,
    SharedProse,
    SharedSide,
    SharedText,
    StructureMatch,
)
from compliance.records.study import TextShare
from compliance.store.codec import decode_records, encode_records, field_names

if TYPE_CHECKING:
    import duckdb

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A table whose rows are records: the record's fields, after an owner and a position where it needs them."""

    name: str
    record: type[R]
    owner: str | None = None  # column with the id of the document or run, for records that do not hold it themselves
    position: str | None = "position"  # column that numbers the rows of one insert; None: a field of the record does
    order: str = "position"

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order that rows are written."""
        extra = [column for column in (self.owner, self.position) if column]
        return (*extra, *field_names(self.record))

    def insert(
        self,
        connection: duckdb.DuckDBPyConnection,
        records: Iterable[R],
        *,
        owner_id: str | None = None,
        first: int = 0,
    ) -> None:
        """Append the records in their order, numbered from `first`."""
        owner = (owner_id,) if self.owner else ()
        encoded = encode_records(self.record, list(records))
        numbered = (
            (*owner, *((position,) if self.position else ()), *row) for position, row in enumerate(encoded, first)
        )
        append_rows(connection, self.name, self.columns, list(numbered))

    def load(self, connection: duckdb.DuckDBPyConnection, *, where: str, value: object) -> list[R]:
        """Return the records whose column `where` equals `value`, in order."""
        columns = quote_columns(field_names(self.record))
        rows = connection.execute(
            f'SELECT {columns} FROM {self.name} WHERE "{where}" = ? ORDER BY "{self.order}"', [value]
        ).fetchall()
        return decode_records(self.record, rows)

    def load_groups(
        self, connection: duckdb.DuckDBPyConnection, *, by: str, values: Sequence[str]
    ) -> dict[str, list[R]]:
        """Return for each of the values the records whose column `by` equals it, in order, in one query."""
        groups: dict[str, list[R]] = {value: [] for value in values}
        columns = quote_columns((*field_names(self.record), by))
        rows = connection.execute(
            f'SELECT {columns} FROM {self.name} WHERE "{by}" {among(values)} ORDER BY "{self.order}"', list(values)
        ).fetchall()
        for row, record in zip(rows, decode_records(self.record, [row[:-1] for row in rows]), strict=True):
            groups[row[-1]].append(record)
        return groups

    def load_all(self, connection: duckdb.DuckDBPyConnection) -> list[R]:
        """Return every record of the table, in order."""
        columns = quote_columns(field_names(self.record))
        rows = connection.execute(f'SELECT {columns} FROM {self.name} ORDER BY "{self.order}"').fetchall()
        return decode_records(self.record, rows)


RUNS = Table("runs", Run)
PAGES = Table("pages", Page, owner="document_id", position=None, order="number")
BLOCKS = Table("blocks", Block, owner="document_id")
FURNITURE = Table("furniture", Furniture, owner="document_id")
PASSAGES = Table("passages", Passage, position=None, order="index")
FINDINGS = Table("findings", Finding)
MEANINGS = Table("meanings", Meaning)
FACTS = Table("facts", Fact)
REUSE_SPANS = Table("reuse_spans", ReuseSpan)
SCORES = Table("scores", Score)
MEASURES = Table("measures", Measure)
CRITERIA = Table("criteria", CriterionAnswer)
REVIEWS = Table("reviews", Review)
CITATIONS = Table("citations", Citation)
STRUCTURES = Table("structures", StructureMatch)
COMPARISONS = Table("comparisons", Comparison)
TEXT_SHARES = Table("text_shares", TextShare)
SHARED_TEXTS = Table("shared_texts", SharedText, position=None, order="document_id")
SHARED_PROSE = Table("shared_prose", SharedProse, position=None, order="document_id")
SHARED_SIDES = Table("shared_sides", SharedSide)
RETELLINGS = Table("retellings", Retelling)
SECOND_READINGS = Table("second_readings", SecondReading)
REJECTED = Table("rejected", Rejected, owner="run_id")

# Tables with a row or more for each document, beside `documents` itself.
DOCUMENT_TABLES: tuple[Table[Any], ...] = (
    PAGES, BLOCKS, FURNITURE, PASSAGES, FINDINGS, MEANINGS, FACTS, REUSE_SPANS, SCORES, MEASURES, CRITERIA, REVIEWS,
    CITATIONS, STRUCTURES, COMPARISONS, TEXT_SHARES, SECOND_READINGS,
    SHARED_TEXTS, SHARED_PROSE, SHARED_SIDES, RETELLINGS,
)  # fmt: skip


def append_rows(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Add rows through DuckDB's appender: some thirty times faster than `executemany`."""
    if not rows:
        return
    appender = connection.appender(table, columns=list(columns))
    appender.append_rows(rows)
    appender.flush()


def among(values: Sequence[str]) -> str:
    """Return the condition that a column holds one of the values, which are the statement's parameters.

    A list as one parameter is joined as a table, which takes half as long again for a few.
    """
    return f"IN ({', '.join('?' * len(values))})" if values else "IS NULL AND FALSE"


def quote_columns(columns: Iterable[str]) -> str:
    """Return the columns as SQL: `end` and `table` are reserved words."""
    return ", ".join(f'"{column}"' for column in columns)
