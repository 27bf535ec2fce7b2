"""A run's folder and everything kept in it: one DuckDB file, written in transactions, one writer at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.errors import RunFolderError
from compliance.files import DATABASE_NAME, describe_path, is_run_folder, lock_folder
from compliance.records import (
    Assessment,
    Fact,
    Finding,
    Meaning,
    Reading,
    Rejected,
    RejectionReason,
    Relations,
    Results,
    ReuseSpan,
    Run,
    SecondReading,
    Stage,
    Task,
)
from compliance.records.study import Study, TextShare
from compliance.store import readings
from compliance.store.connection import connect, describe_error
from compliance.store.exports import Views
from compliance.store.given_up import load_given_up, save_given_up
from compliance.store.per_document import DocumentParts
from compliance.store.readings import SavedDocument
from compliance.store.schema import load_migrations, migrate
from compliance.store.sharing import SharingTables, remove_pairs
from compliance.store.studies import StudyBlocks, StudySummary, insert_study, select_study, select_summary
from compliance.store.summaries import DocumentSummary, load_summaries
from compliance.store.tables import (
    CITATIONS,
    COMPARISONS,
    CRITERIA,
    DOCUMENT_TABLES,
    FACTS,
    FINDINGS,
    MEANINGS,
    MEASURES,
    REJECTED,
    REUSE_SPANS,
    REVIEWS,
    RUNS,
    SCORES,
    SECOND_READINGS,
    STRUCTURES,
    TEXT_SHARES,
    R,
    Table,
    among,
)
from compliance.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb


INPUTS, STUDY_INPUTS = "inputs", "study inputs"
KEYS = ("corpus", "report", "study", INPUTS, STUDY_INPUTS)


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
            store = RunStore(connect(path), path)
            try:
                store.migrate()
                yield store
            finally:
                store.close()
        except duckdb.Error as error:
            raise RunFolderError(describe_error(error, path)) from error


def read_run(database: Path) -> RunStore:
    """Return a run's records to be read by another process while their owner lends them (`RunStore.lend`)."""
    return RunStore(connect(database, read_only=True), database)


def load_run(folder: Path) -> Results:
    """Return everything that the folder's last run knows, documents by name.

    Raises RunFolderError where no run has been made into the folder, or one is being made now.
    """
    if not is_run_folder(folder):
        raise RunFolderError(f"{describe_path(folder)}: her er det ikke laget noen analyse ({DATABASE_NAME} mangler).")
    with open_run(folder) as store:
        return store.load_results()


class RunStore:
    """The records of one run folder. Each `save_…` is one transaction; what is loaded equals what was saved.

    Saving or removing a reading forgets the corpus key and the report key, and saving the corpus the report key:
    what is derived can never be taken for newer than what it was made from.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, database: Path) -> None:
        self._connection = connection
        self.database = database  # the file

    def migrate(self) -> None:
        """Bring the schema up to date. Raises RunFolderError where a newer version wrote the database."""
        migrate(self._connection, load_migrations())

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Let other processes read the database (`read_run`) until the block ends; nothing is read or saved here."""
        self._connection.close()
        try:
            yield
        finally:
            self._connection = connect(self.database)

    def start(self, run: Run) -> Run:
        """Note that a run began, and return it; `load_results` speaks of the run started last."""
        with transaction(self._connection):
            self._forget(INPUTS, STUDY_INPUTS)
            RUNS.insert(self._connection, [run], first=len(RUNS.load_all(self._connection)))
        return run

    def finish(self, run_id: str) -> Run:
        """Note that the run is complete, now, and return it as it then stands."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection.execute("UPDATE runs SET finished = ? WHERE id = ?", [now, run_id])
        return self.load_run()

    def list_documents(self) -> tuple[SavedDocument, ...]:
        """Return the documents that the folder holds, by name."""
        return readings.list_documents(self._connection)

    def save_reading(
        self,
        reading: Reading,
        *,
        records: Sequence[Finding | Meaning | Fact],
        config_sha256: str,
        path: str | None = None,
        replaces: Sequence[str] = (),
    ) -> None:
        """Save a document with all that was found in it, in place of any earlier version and of those it replaces."""
        with transaction(self._connection):
            self._forget(*KEYS)
            self._remove([reading.document.id, *replaces])
            readings.insert_reading(self._connection, reading, config_sha256=config_sha256, path=path)
            FINDINGS.insert(self._connection, [record for record in records if isinstance(record, Finding)])
            MEANINGS.insert(self._connection, [record for record in records if isinstance(record, Meaning)])
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

    def load_texts(self, ids: Sequence[str]) -> tuple[Reading, ...]:
        """Return the documents' readings as `load_readings` does, without their layout: enough to compare them."""
        return readings.load_readings(self._connection, ids, parts=readings.TEXT_PARTS)

    def load_findings(self, ids: Sequence[str]) -> tuple[Finding, ...]:
        """Return the documents' findings in the order of `ids`, within each as saved."""
        found: list[Finding] = []
        for first in range(0, len(ids), readings.AT_ONCE):
            some = ids[first : first + readings.AT_ONCE]
            groups = FINDINGS.load_groups(self._connection, by="document_id", values=some)
            found += (finding for document_id in some for finding in groups[document_id])
        return tuple(found)

    def load_reuse_spans(self, ids: Sequence[str]) -> tuple[ReuseSpan, ...]:
        """Return the documents' reuse spans in the order of `ids`, within each as saved."""
        return tuple(self._load_of(REUSE_SPANS, ids))

    def load_meanings(self, ids: Sequence[str]) -> tuple[Meaning, ...]:
        """Return what the documents' passages mean, in the order of `ids`; empty for runs of earlier versions."""
        return tuple(self._load_of(MEANINGS, ids))

    def load_facts(self, ids: Sequence[str]) -> tuple[Fact, ...]:
        """Return the documents' facts in the order of `ids`, within each as saved."""
        return tuple(self._load_of(FACTS, ids))

    def parts(self) -> DocumentParts:
        """Return what is kept of each document with a key of its own: scores, and rows of the report."""
        return DocumentParts(self._connection)

    def shared(self) -> SharingTables:
        """Return what is kept to compare documents by, and how they stand to each other and to national texts."""
        return SharingTables(self._connection, forget=lambda: self._forget(*KEYS))

    def set_corpus_key(self, key: str) -> None:
        """Note that relations and scores are those of all documents; `key` names what they were made from."""
        self._set_key("corpus", key)

    def corpus_key(self) -> str | None:
        """Return the key the corpus was saved with, or None where it has to be made again."""
        return self._load_key("corpus")

    def load_corpus(self, ids: Sequence[str]) -> tuple[tuple[ReuseSpan, ...], Assessment]:
        """Return the documents' reuse spans and scores in the order of `ids`, within each as saved."""
        assessment = Assessment(
            scores=tuple(self._load_of(SCORES, ids)),
            criteria=tuple(self._load_of(CRITERIA, ids)),
            reviews=tuple(self._load_of(REVIEWS, ids)),
            measures=tuple(self._load_of(MEASURES, ids)),
        )
        return self.load_reuse_spans(ids), assessment

    def load_relations(self, ids: Sequence[str]) -> Relations:
        """Return the documents' citations, structure and comparison; empty for runs of earlier versions."""
        return Relations(
            citations=tuple(self._load_of(CITATIONS, ids)),
            structures=tuple(self._load_of(STRUCTURES, ids)),
            comparisons=tuple(self._load_of(COMPARISONS, ids)),
        )

    def load_text_shares(self) -> tuple[TextShare, ...]:
        """Return whose words each document's are, documents by name; empty for runs of earlier versions."""
        return tuple(self._load_of(TEXT_SHARES, self._list_ids()))

    def save_study(self, study: Study, *, key: str) -> None:
        """Save a study in place of the earlier; `key` names all that it was made from."""
        with transaction(self._connection):
            insert_study(self._connection, study)
            self._forget("study", STUDY_INPUTS)
            self._connection.execute("INSERT INTO keys VALUES ('study', ?)", [key])

    def study_blocks(self) -> StudyBlocks:
        """Return the municipalities' rows and the pages that are kept from one study to the next."""
        return StudyBlocks(self._connection)

    def load_study(self) -> Study | None:
        """Return the study as saved, None where there is none of these documents."""
        return select_study(self._connection)

    def load_study_summary(self) -> StudySummary:
        """Return the main points of the study as saved, empty where there is none."""
        return select_summary(self._connection)

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
                self._forget(*KEYS)
                self._remove(ids)

    def give_up(self, sha256: str, rejected: Rejected, *, settings: str) -> None:
        """Note that a file is not to be tried again with these settings, and what is to be said of it."""
        save_given_up(self._connection, sha256, rejected, settings=settings)

    def load_given_up(self, *, settings: str) -> dict[str, tuple[Stage, RejectionReason, str]]:
        """Return, by the file's sha256, what is not to be tried again with these settings, and why."""
        return load_given_up(self._connection, settings=settings)

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
        self._set_key("report", key)

    def inputs_key(self, of: str = INPUTS) -> str | None:
        """Return a hash of all that the last run or study read, None where it has to look at everything again."""
        return self._load_key(of)

    def set_inputs_key(self, key: str, of: str = INPUTS) -> None:
        """Note what the whole run or study was made from, once it has nothing left to do."""
        self._set_key(of, key)

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

    def load_results(self, ids: Sequence[str] | None = None, *, tasks: Collection[Task] | None = None) -> Results:
        """Return everything of the run started last, documents by name; raises LookupError before any `start`.

        With `ids` only of these documents. With `tasks` only their findings, without features and layout: a page has
        a hundred findings, most of what there is.
        """
        run, ids = self.load_run(), self._list_ids() if ids is None else ids
        spans, assessment = self.load_corpus(ids)
        return Results(
            run=run,
            readings=self.load_readings(ids) if tasks is None else self.load_texts(ids),
            findings=self.load_findings(ids) if tasks is None else self.parts().load_judgements(ids, tasks),
            reuse_spans=spans,
            facts=self.load_facts(ids),
            scores=assessment.scores,
            rejected=self.load_rejected(run.id),
            measures=assessment.measures,
            criteria=assessment.criteria,
            reviews=assessment.reviews,
            relations=self.load_relations(ids),
            second_readings=tuple(self._load_of(SECOND_READINGS, ids)),
        )

    def load_run(self) -> Run:
        """Return the run started last. Raises LookupError before any `start`."""
        runs = RUNS.load_all(self._connection)
        if not runs:
            raise LookupError("no run was started in this folder")
        return runs[-1]

    def _list_ids(self) -> list[str]:
        return [each.id for each in self.list_documents()]

    def _load_of(self, table: Table[R], ids: Sequence[str]) -> list[R]:
        """Return the documents' records in the order of `ids`, within each as saved."""
        groups = table.load_groups(self._connection, by="document_id", values=ids)
        return [record for document_id in ids for record in groups[document_id]]

    def _load_key(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM keys WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def _set_key(self, name: str, value: str) -> None:
        with transaction(self._connection):
            self._forget(name)
            self._connection.execute("INSERT INTO keys VALUES (?, ?)", [name, value])

    def _forget(self, *names: str) -> None:
        self._connection.execute(f"DELETE FROM keys WHERE name {among(names)}", list(names))

    def _remove(self, ids: Sequence[str]) -> None:
        """Remove those of the documents that are there; of a new one there is nothing in any of thirty tables."""
        rows = self._connection.execute(f"SELECT id FROM documents WHERE id {among(ids)}", list(ids)).fetchall()
        saved = [row[0] for row in rows]
        if not saved:
            return
        for name in (*(table.name for table in DOCUMENT_TABLES), "document_keys", "report_rows"):
            self._connection.execute(f"DELETE FROM {name} WHERE document_id {among(saved)}", saved)
        remove_pairs(self._connection, saved)
        self._connection.execute(f"DELETE FROM documents WHERE id {among(saved)}", saved)
