"""A study's rows in a run's database: saved together, loaded together, gone when the run's documents change."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from compliance.errors import RunFolderError
from compliance.files import DATABASE_NAME, describe_path
from compliance.records.study import (
    BudgetLine,
    CaseValue,
    Commitment,
    CopiedSource,
    CorpusRemark,
    Estimate,
    FindingCase,
    InventoryCell,
    MunicipalityBlocks,
    NationalTiming,
    SampleItem,
    StrategyState,
    Study,
    StudyAnswer,
    StudyCell,
    StudyDocument,
    StudyFinding,
    StudyInfo,
    StudyMunicipality,
)
from compliance.store.codec import field_names, make_codec
from compliance.store.tables import Table, append_rows
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb

INFO: Final = Table("study_info", StudyInfo)

# By the field of Study that holds the rows.
STUDY_TABLES: Final[dict[str, Table[Any]]] = {
    "municipalities": Table("study_municipalities", StudyMunicipality),
    "documents": Table("study_documents", StudyDocument),
    "inventory": Table("study_inventory", InventoryCell),
    "remarks": Table("study_remarks", CorpusRemark),
    "states": Table("study_states", StrategyState),
    "case_values": Table("study_case_values", CaseValue),
    "budget_lines": Table("study_budget_lines", BudgetLine),
    "cells": Table("study_cells", StudyCell),
    "copied": Table("study_copied", CopiedSource),
    "commitments": Table("study_commitments", Commitment),
    "timings": Table("study_timings", NationalTiming),
    "answers": Table("study_answers", StudyAnswer),
    "findings": Table("study_findings", StudyFinding),
    "finding_cases": Table("study_finding_cases", FindingCase),
    "estimates": Table("study_estimates", Estimate),
    "sample": Table("study_sample", SampleItem),
}


def insert_study(connection: duckdb.DuckDBPyConnection, study: Study) -> None:
    """Put a study in the place of the folder's earlier one."""
    delete_study(connection)
    INFO.insert(connection, [study.info])
    for name, table in STUDY_TABLES.items():
        table.insert(connection, getattr(study, name))


def delete_study(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove the folder's study."""
    for table in (INFO, *STUDY_TABLES.values()):
        connection.execute(f"DELETE FROM {table.name}")


def select_study(connection: duckdb.DuckDBPyConnection) -> Study | None:
    """Return the folder's study, None where none was made of its documents."""
    info = INFO.load_all(connection)
    if not info:
        return None
    return Study(info[0], **{name: tuple(table.load_all(connection)) for name, table in STUDY_TABLES.items()})


@dataclass(frozen=True, slots=True)
class StudySummary:
    """What a person reads first of a study."""

    municipalities: tuple[StudyMunicipality, ...]
    states: tuple[StrategyState, ...]
    findings: tuple[StudyFinding, ...]
    remarks: tuple[CorpusRemark, ...]


def select_summary(connection: duckdb.DuckDBPyConnection) -> StudySummary:
    """Return the main points of the folder's study."""
    names = field_names(StudySummary)
    return StudySummary(**{name: tuple(STUDY_TABLES[name].load_all(connection)) for name in names})


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What tells whether a page of the study would be the same again, and whether it still is."""

    made_from: str  # a hash of all that it shows
    sha256: str  # of the file


class StudyBlocks:
    """Municipalities' rows, and what is known of pages, that are kept from one study to the next."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._codec = make_codec(MunicipalityBlocks)

    def load(self, made_from: Mapping[str, str]) -> dict[str, MunicipalityBlocks]:
        """Return the rows of those municipalities that they were made of from just this, by municipality.

        In one query: DuckDB looks through all rows for each.
        """
        rows = self._connection.execute("SELECT municipality, made_from, content FROM study_blocks")
        return {
            name: self._codec.decode(json.loads(content))
            for name, source, content in iter(rows.fetchone, None)
            if made_from.get(name) == source
        }

    def save(self, municipality: str, made_from: str, blocks: MunicipalityBlocks) -> None:
        """Keep the municipality's rows in place of the earlier."""
        content = json.dumps(self._codec.encode(blocks), ensure_ascii=False, separators=(",", ":"))
        with transaction(self._connection):
            self._connection.execute("DELETE FROM study_blocks WHERE municipality = ?", [municipality])
            self._connection.execute("INSERT INTO study_blocks VALUES (?, ?, ?)", [municipality, made_from, content])

    def keep_only(self, municipalities: Collection[str]) -> None:
        """Remove the rows of municipalities that are not among these."""
        self._connection.execute(
            "DELETE FROM study_blocks WHERE municipality NOT IN (SELECT unnest(?::VARCHAR[]))", [list(municipalities)]
        )

    def load_pages(self) -> dict[str, KeptPage]:
        """Return the pages of the last study by name."""
        rows = self._connection.execute("SELECT name, made_from, sha256 FROM study_pages").fetchall()
        return {name: KeptPage(made_from, sha256) for name, made_from, sha256 in rows}

    def save_pages(self, pages: Mapping[str, KeptPage]) -> None:
        """Keep what is known of the pages in place of the earlier."""
        rows = [(name, each.made_from, each.sha256) for name, each in pages.items()]
        with transaction(self._connection):
            self._connection.execute("DELETE FROM study_pages")
            append_rows(self._connection, "study_pages", ("name", "made_from", "sha256"), rows)


def load_study(folder: Path) -> Study:
    """Return the study that was made into the folder. Raises RunFolderError where there is none."""
    from compliance.store.runs import open_run

    if (folder / DATABASE_NAME).exists():
        with open_run(folder) as store:
            study = store.load_study()
        if study is not None:
            return study
    raise RunFolderError(f"{describe_path(folder)}: her er det ikke laget noen studie. Kjør compliance study.")


assert {each.name for each in fields(Study)} == {"info", *STUDY_TABLES}, "a field of Study has no table"
