"""A run's folder and everything kept in it: one DuckDB file, written in transactions, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.errors import RunFolderError
from compliance.files import DATABASE_NAME, describe_path, is_run_folder, lock_folder
from compliance.records import (
    Assessment,
    Fact,
    Finding,
    Reading,
    Rejected,
    RejectionReason,
    Relations,
    Results,
    ReuseSpan,
    Run,
    SecondReading,
    Stage,
)
from compliance.records.study import Study, TextShare
from compliance.store import readings
from compliance.store.exports import Views
from compliance.store.schema import load_migrations, migrate
from compliance.store.studies import delete_study, insert_study, select_study
from compliance.store.summaries import DocumentSummary, load_summaries
from compliance.store.tables import (
    CITATIONS,
    COMPARISONS,
    CORPUS_TABLES,
    CRITERIA,
    DOCUMENT_TABLES,
    FACTS,
    FINDINGS,
    MEASURES,
    REJECTED,
    REUSE_SPANS,
    REVIEWS,
    RUNS,
    SCORES,
    SECOND_READINGS,
    STRUCTURES,
    TEXT_SHARES,
)
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class SavedDocument:
    """What tells whether a file is one that the folder holds already."""

    id: str
    name: str
    sha256: str
    config_sha256: str  # the settings it was analysed with
    path: str | None  # where its file lay; None: unknown, saved by an earlier version of the program


NO_RELATIONS = Relations()
AT_ONCE = 8  # documents whose findings are fetched together: as rows they take several times what they take as records


@contextmanager
def open_run(folder: Path) -> Iterator[RunStore]:
    """Open the folder's database, made where missing, and keep other runs out until the block ends.

    Raises RunFolderError at once where another run holds the folder, where the database was written by a newer
    version, or where the folder or the database cannot be used.
    """
    import duckdb

    path = folder / DATABASE_NAME
    with lock_folder(folder):
        try:
            connection = duckdb.connect(path, config={"autoinstall_known_extensions": "false"})
            try:
                migrate(connection, load_migrations())
                yield RunStore(connection)
            finally:
                connection.close()
        except duckdb.Error as error:
            raise RunFolderError(_describe_error(error, path)) from error


def load_run(folder: Path) -> Results:
    """Return everything that the folder's last run knows, documents by name.

    Raises RunFolderError where no run has been made into the folder, or one is being made now.
    """
    if not is_run_folder(folder):
        raise RunFolderError(f"{describe_path(folder)}: her er det ikke laget noen analyse ({DATABASE_NAME} mangler).")
    with open_run(folder) as store:
        return store.load_results()


def _describe_error(error: Exception, path: Path) -> str:
    said = str(error).splitlines()[0]
    if "No space left" in said or "could not write" in said.lower():
        what = "disken er full. Det som er lagret, er tatt vare på; gjør plass, og kjør på nytt."
    else:
        what = (
            "databasen kan ikke brukes. Lukk programmet som har den åpen. Er den skadet eller laget av et annet "
            "program, så velg en annen mappe, eller slett den og analyser på nytt."
        )
    return f"{describe_path(path)}: {what} (DuckDB: {said})"


class RunStore:
    """The records of one run folder. Each `save_…` is one transaction; what is loaded equals what was saved.

    Saving or removing a reading forgets the corpus key and the report key, and saving the corpus the report key:
    what is derived can never be taken for newer than what it was made from.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def start(self, run: Run) -> Run:
        """Note that a run began, and return it; `load_results` speaks of the run started last."""
        with transaction(self._connection):
            RUNS.insert(self._connection, [run], first=len(RUNS.load_all(self._connection)))
        return run

    def finish(self, run_id: str) -> Run:
        """Note that the run is complete, now, and return it as it then stands."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection.execute("UPDATE runs SET finished = ? WHERE id = ?", [now, run_id])
        return self.load_run()

    def list_documents(self) -> tuple[SavedDocument, ...]:
        """Return the documents that the folder holds, by name."""
        rows = self._connection.execute(
            "SELECT id, name, sha256, config_sha256, path FROM documents ORDER BY name, id"
        ).fetchall()
        return tuple(SavedDocument(*row) for row in rows)

    def save_reading(
        self,
        reading: Reading,
        *,
        records: Sequence[Finding | Fact],
        config_sha256: str,
        path: str | None = None,
        replaces: Sequence[str] = (),
    ) -> None:
        """Save a document with all that was found in it, in place of any earlier version and of those it replaces."""
        with transaction(self._connection):
            self._forget("corpus", "report", "study")
            self._remove([reading.document.id, *replaces])
            readings.insert_reading(self._connection, reading, config_sha256=config_sha256, path=path)
            FINDINGS.insert(self._connection, [record for record in records if isinstance(record, Finding)])
            FACTS.insert(self._connection, [record for record in records if isinstance(record, Fact)])

    def move_documents(self, paths: Mapping[str, str]) -> None:
        """Note where the files of documents lie now, by document id."""
        if paths:
            with transaction(self._connection):
                self._connection.executemany(
                    "UPDATE documents SET path = ? WHERE id = ? AND path IS DISTINCT FROM ?",
                    [[path, document_id, path] for document_id, path in paths.items()],
                )

    def load_readings(self, ids: Sequence[str]) -> tuple[Reading, ...]:
        """Return the documents' readings in the order of `ids`; raises KeyError for an id that is not saved."""
        return readings.load_readings(self._connection, ids)

    def load_findings(self, ids: Sequence[str]) -> tuple[Finding, ...]:
        """Return the documents' findings in the order of `ids`, within each as saved."""
        found: list[Finding] = []
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            groups = FINDINGS.load_groups(self._connection, by="document_id", values=some)
            found += (finding for document_id in some for finding in groups[document_id])
        return tuple(found)

    def load_facts(self, ids: Sequence[str]) -> tuple[Fact, ...]:
        """Return the documents' facts in the order of `ids`, within each as saved."""
        groups = FACTS.load_groups(self._connection, by="document_id", values=ids)
        return tuple(fact for document_id in ids for fact in groups[document_id])

    def save_corpus(
        self,
        *,
        spans: Sequence[ReuseSpan],
        assessment: Assessment,
        key: str,
        relations: Relations = NO_RELATIONS,
        shares: Sequence[TextShare] = (),
    ) -> None:
        """Save what was derived from all documents together, in place of the earlier; `key` names its input.

        A study of what was there before is gone with it.
        """
        with transaction(self._connection):
            for table in CORPUS_TABLES:
                self._connection.execute(f"DELETE FROM {table.name}")
            REUSE_SPANS.insert(self._connection, spans)
            SCORES.insert(self._connection, assessment.scores)
            CRITERIA.insert(self._connection, assessment.criteria)
            REVIEWS.insert(self._connection, assessment.reviews)
            MEASURES.insert(self._connection, assessment.measures)
            CITATIONS.insert(self._connection, relations.citations)
            STRUCTURES.insert(self._connection, relations.structures)
            COMPARISONS.insert(self._connection, relations.comparisons)
            TEXT_SHARES.insert(self._connection, shares)
            delete_study(self._connection)
            self._forget("corpus", "report", "study")
            self._connection.execute("INSERT INTO keys VALUES ('corpus', ?)", [key])

    def corpus_key(self) -> str | None:
        """Return the key the corpus was saved with, or None where it has to be made again."""
        return self._load_key("corpus")

    def load_corpus(self) -> tuple[tuple[ReuseSpan, ...], Assessment]:
        """Return the reuse spans and the assessment as saved."""
        assessment = Assessment(
            scores=tuple(SCORES.load_all(self._connection)),
            criteria=tuple(CRITERIA.load_all(self._connection)),
            reviews=tuple(REVIEWS.load_all(self._connection)),
            measures=tuple(MEASURES.load_all(self._connection)),
        )
        return tuple(REUSE_SPANS.load_all(self._connection)), assessment

    def load_relations(self) -> Relations:
        """Return what was saved of citations, structure and comparison; empty for runs of earlier versions."""
        return Relations(
            citations=tuple(CITATIONS.load_all(self._connection)),
            structures=tuple(STRUCTURES.load_all(self._connection)),
            comparisons=tuple(COMPARISONS.load_all(self._connection)),
        )

    def load_text_shares(self) -> tuple[TextShare, ...]:
        """Return whose words each document's are; empty for runs of earlier versions."""
        return tuple(TEXT_SHARES.load_all(self._connection))

    def save_study(self, study: Study, *, key: str) -> None:
        """Save a study in place of the earlier; `key` names all that it was made from."""
        with transaction(self._connection):
            insert_study(self._connection, study)
            self._forget("study")
            self._connection.execute("INSERT INTO keys VALUES ('study', ?)", [key])

    def load_study(self) -> Study | None:
        """Return the study as saved, None where there is none of these documents."""
        return select_study(self._connection)

    def study_key(self) -> str | None:
        """Return the key the study was saved with, or None where it has to be made again."""
        return self._load_key("study")

    def views(self) -> Views:
        """Return the views of the database, for other programs."""
        return Views(self._connection)

    def remove_documents(self, ids: Sequence[str]) -> None:
        """Remove documents with all that was found in them."""
        if ids:
            with transaction(self._connection):
                self._forget("corpus", "report", "study")
                self._remove(ids)

    def give_up(self, sha256: str, rejected: Rejected, *, settings: str) -> None:
        """Note that a file is not to be tried again with these settings, and what is to be said of it."""
        row = [sha256, settings, rejected.stage.value, rejected.reason.value, rejected.detail]
        with transaction(self._connection):
            self._connection.execute("DELETE FROM given_up WHERE sha256 = ?", [sha256])
            self._connection.execute("INSERT INTO given_up VALUES (?, ?, ?, ?, ?)", row)

    def load_given_up(self, *, settings: str) -> dict[str, tuple[Stage, RejectionReason, str]]:
        """Return, by the file's sha256, what is not to be tried again with these settings, and why."""
        rows = self._connection.execute(
            "SELECT sha256, stage, reason, detail FROM given_up WHERE settings = ?", [settings]
        ).fetchall()
        return {sha256: (Stage(stage), RejectionReason(reason), detail) for sha256, stage, reason, detail in rows}

    def save_rejected(self, rejected: Sequence[Rejected]) -> None:
        """Save what the current run left out, in place of what it saved before; raises LookupError before `start`."""
        run_id = self.load_run().id
        with transaction(self._connection):
            self._connection.execute("DELETE FROM rejected WHERE run_id = ?", [run_id])
            REJECTED.insert(self._connection, rejected, owner_id=run_id)

    def save_second_readings(self, readings: Sequence[SecondReading]) -> None:
        """Save what a second reader said in this run, in place of all that one said before."""
        with transaction(self._connection):
            self._connection.execute(f"DELETE FROM {SECOND_READINGS.name}")
            SECOND_READINGS.insert(self._connection, readings)

    def load_second_readings(self) -> tuple[SecondReading, ...]:
        """Return what a second reader said in the last run; empty where none was asked."""
        return tuple(SECOND_READINGS.load_all(self._connection))

    def load_rejected(self, run_id: str) -> tuple[Rejected, ...]:
        """Return what a run left out."""
        return tuple(REJECTED.load(self._connection, where="run_id", value=run_id))

    def report_key(self) -> str | None:
        """Return the key the report was rendered with, or None where it has to be rendered again."""
        return self._load_key("report")

    def set_report_key(self, key: str) -> None:
        """Note what the report was rendered from."""
        with transaction(self._connection):
            self._forget("report")
            self._connection.execute("INSERT INTO keys VALUES ('report', ?)", [key])

    def list_imperfect(self) -> tuple[str, ...]:
        """Return the ids of the documents with pages that were not read or warnings about the reading, by name."""
        rows = self._connection.execute(
            "SELECT id FROM documents WHERE len(quality.warnings) > 0"
            " OR id IN (SELECT document_id FROM pages WHERE unread) ORDER BY name, id"
        ).fetchall()
        return tuple(row[0] for row in rows)

    def summarise(self) -> tuple[DocumentSummary, ...]:
        """Return a line per document, by name."""
        return load_summaries(self._connection)

    def load_results(self) -> Results:
        """Return everything of the run started last, documents by name; raises LookupError before any `start`."""
        run = self.load_run()
        rows = self._connection.execute("SELECT id FROM documents ORDER BY name, id").fetchall()
        ids = [row[0] for row in rows]
        spans, assessment = self.load_corpus()
        return Results(
            run=run,
            readings=self.load_readings(ids),
            findings=self.load_findings(ids),
            reuse_spans=spans,
            facts=self.load_facts(ids),
            scores=assessment.scores,
            rejected=self.load_rejected(run.id),
            measures=assessment.measures,
            criteria=assessment.criteria,
            reviews=assessment.reviews,
            relations=self.load_relations(),
            second_readings=self.load_second_readings(),
        )

    def load_run(self) -> Run:
        """Return the run started last. Raises LookupError before any `start`."""
        runs = RUNS.load_all(self._connection)
        if not runs:
            raise LookupError("no run was started in this folder")
        return runs[-1]

    def _load_key(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM keys WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def _forget(self, *names: str) -> None:
        self._connection.execute("DELETE FROM keys WHERE name IN (SELECT unnest(?))", [list(names)])

    def _remove(self, ids: Sequence[str]) -> None:
        for table in DOCUMENT_TABLES:
            self._connection.execute(f"DELETE FROM {table.name} WHERE document_id IN (SELECT unnest(?))", [list(ids)])
        self._connection.execute("DELETE FROM documents WHERE id IN (SELECT unnest(?))", [list(ids)])
