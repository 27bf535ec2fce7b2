from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import duckdb
import pytest

from compliance.errors import RunFolderError
from compliance.files import DATABASE_NAME
from compliance.records import EvidenceCode, Method, Task
from compliance.store.runs import open_run
from compliance.store.schema import Migration, load_migrations, migrate, read_version
from compliance.store.tables import DOCUMENT_TABLES, FINDINGS, REJECTED, RUNS


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


def test_versions_count_from_one_without_gaps() -> None:
    assert [migration.version for migration in load_migrations()] == list(range(1, len(load_migrations()) + 1))


def test_a_second_opening_applies_nothing(connection) -> None:
    migrate(connection, load_migrations())
    before = connection.execute("SELECT * FROM schema_version").fetchall()
    migrate(connection, load_migrations())
    assert connection.execute("SELECT * FROM schema_version").fetchall() == before


def test_a_later_migration_is_applied_to_an_older_database(connection) -> None:
    migrate(connection, load_migrations())
    version = len(load_migrations()) + 1
    later = Migration(version, "more", "ALTER TABLE runs ADD COLUMN note VARCHAR")
    assert migrate(connection, (*load_migrations(), later)) == version
    assert connection.execute("SELECT note FROM runs").fetchall() == []


def test_a_migration_that_fails_leaves_the_schema_as_it_was(connection) -> None:
    migrate(connection, load_migrations())
    broken = Migration(len(load_migrations()) + 1, "bad", "CREATE TABLE half (a INTEGER); SELECT nothing FROM nowhere")
    with pytest.raises(duckdb.Error):
        migrate(connection, (*load_migrations(), broken))
    assert read_version(connection) == len(load_migrations())
    assert ("half",) not in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with open_run(tmp_path):
        pass
    with duckdb.connect(tmp_path / DATABASE_NAME) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999, 'future', now()::TIMESTAMP)")
    with pytest.raises(RunFolderError, match="nyere versjon"), open_run(tmp_path):
        pass


@pytest.mark.parametrize("table", [*DOCUMENT_TABLES, REJECTED, RUNS], ids=lambda table: table.name)
def test_columns_are_the_fields_of_the_record(connection, table) -> None:
    migrate(connection, load_migrations())
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table.name}").fetchall()]
    assert sorted(columns) == sorted(table.columns)
    assert {field.name for field in fields(table.record)} <= set(columns)


OLD_FINDINGS = """
INSERT INTO findings VALUES
(0, 'd', 'd:0', 'borrowed', 'quoted', 0.7, [
    {kind: 'wording', reference: 'ks', score: 0.7, "start": NULL, "end": NULL, against: false},
    {kind: 'rule', reference: 'definition', score: 0.7, "start": 1, "end": 5, against: false}
], []),
(1, 'd', 'd:0', 'level', 'none', 0.5, [
    {kind: 'rule', reference: 'default.none', score: 0.5, "start": NULL, "end": NULL, against: false}
], []),
(2, 'd', 'd:0', 'goals', 'DA1', 0.6, [
    {kind: 'term', reference: 'name', score: 0.7, "start": 0, "end": 4, against: false}
], [{name: 'own', "value": 1.0}]),
(3, 'd', 'd:0', 'level', 'background', 0.8, [
    {kind: 'rule', reference: 'definition', score: 0.8, "start": 0, "end": 4, against: true},
    {kind: 'embedding', reference: 'level.background', score: 0.8, "start": NULL, "end": NULL, against: false}
], [{name: 'rules', "value": -1.5}])
"""


def test_findings_of_an_earlier_version_get_their_task_method_source_and_codes(connection) -> None:
    migrate(connection, load_migrations()[:3])
    connection.execute(OLD_FINDINGS)
    migrate(connection, load_migrations())
    borrowed, default, goal, trained = FINDINGS.load_all(connection)
    assert (borrowed.task, borrowed.method, borrowed.source) == (Task.ATTRIBUTION, Method.RULES, "ks")
    assert [(item.reference, item.code) for item in borrowed.evidence] == [("", EvidenceCode.DEFINITION)]
    assert [(item.reference, item.code) for item in default.evidence] == [("none", EvidenceCode.DEFAULT_LEVEL)]
    assert (goal.method, goal.features, goal.evidence[0].reference) == (Method.RULES, (("own", 4.4),), "name")
    assert goal.evidence[0].code is None
    assert (trained.method, trained.features) == (Method.MODEL, (("rules", -1.5),))
    assert [(item.reference, item.code) for item in trained.evidence] == [
        ("definition", None),
        ("background", EvidenceCode.LEVEL_READ),
    ]
