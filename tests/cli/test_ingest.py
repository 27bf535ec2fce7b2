"""`compliance ingest` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli import reading
from compliance.cli.app import app
from compliance.records import DocumentType, Passage

PLAN = """\
# Digitaliseringsstrategi for Fjellvik kommune 2025–2028

## Mål

Kommunen skal:

- dele data med innbyggerne

| Tiltak | 2025 |
|---|---|
| Fiber | 300 |
"""
runner = CliRunner()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_json_is_one_passage_a_line(plan: Path) -> None:
    result = runner.invoke(app, ["ingest", str(plan), "--json"])
    passages = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [passage["kind"] for passage in passages] == [
        "heading",
        "heading",
        "paragraph",
        "list_item",
        *["table_row"] * 2,
    ]
    assert all(set(passage) == set(Passage.__dataclass_fields__) for passage in passages)
    assert passages[-1]["table"]["header"] == ["Tiltak", "2025"]


def test_overview_says_what_the_document_is(plan: Path) -> None:
    result = runner.invoke(app, ["ingest", str(plan)])
    assert result.exit_code == 0
    for words in ["digitaliseringsstrategi", "bokmål", "2025-2028", "1 listepunkt", "Mål", "Tiltak: Fiber · 2025: 300"]:
        assert words in result.stdout


def test_a_bad_file_does_not_stop_the_rest(plan: Path) -> None:
    bad = plan.with_name("a.docx")
    bad.write_bytes(b"")
    result = runner.invoke(app, ["ingest", str(bad), str(plan), "--json"])
    assert result.exit_code == 1
    assert "Filen er tom" in result.stderr
    assert len(result.stdout.splitlines()) == 6


def test_furniture_is_shown_where_asked_for(plan: Path) -> None:
    plan.write_text("---\ntitle: Plan\n---\nTekst.\n", encoding="utf-8")
    quiet = runner.invoke(app, ["ingest", str(plan), "--json"])
    full = runner.invoke(app, ["ingest", str(plan), "--json", "--furniture"])
    assert len(quiet.stdout.splitlines()) == 1
    assert json.loads(full.stdout.splitlines()[1]) | {"document_id": ""} == {
        "document_id": "",
        "furniture": "header",
        "text": "title: Plan",
        "box": None,
    }


def test_what_the_user_says_of_a_document_counts(plan: Path) -> None:
    result = runner.invoke(app, ["ingest", str(plan), "--type", "temaplan", "--municipality", "Hemsedal"])
    assert "temaplan" in result.stdout
    assert "Hemsedal" in result.stdout


def test_every_kind_of_document_has_a_name_to_show():
    assert {each.value for each in DocumentType} == reading._TYPES.keys()
