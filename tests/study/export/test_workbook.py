"""The workbook and the files of views, opened by other readers."""

from __future__ import annotations

import csv
import json

import duckdb
import pytest
from openpyxl import load_workbook

from compliance.config import Config
from compliance.files import hash_file
from compliance.store.runs import open_run
from compliance.study.export.run import ExportKind, export_run
from compliance.study.export.views import load_view_texts


@pytest.fixture(scope="module")
def exported(notes_study, notes_out, tmp_path_factory):
    out = tmp_path_factory.mktemp("eksport")
    export_run(notes_out, out=out, config=Config(), kinds=[ExportKind.XLSX, ExportKind.PARQUET, ExportKind.CSV])
    return out


@pytest.fixture(scope="module")
def book(exported):
    return load_workbook(exported / "studie.xlsx")


@pytest.fixture
def views(tmp_path):
    with open_run(tmp_path) as store:
        yield store.views().list_all()


def test_every_view_and_column_is_explained(views):
    texts = load_view_texts()
    assert {view.name for view in views} == set(texts.views)
    assert {column.name for view in views for column in view.columns} == set(texts.columns)


def test_names_of_sheets_are_short_and_all_different():
    sheets = [text.sheet for text in load_view_texts().views.values() if text.sheet]
    assert len(set(sheets)) == len(sheets)
    assert all(len(sheet) <= 31 and not set(sheet) & set("[]:*?/\\'") for sheet in sheets)


def test_sheet_has_the_rows_of_its_view_with_filter_and_frozen_head(book, notes_out):
    sheet = book["Saksark"]
    with open_run(notes_out) as store:
        (view,) = [each for each in store.views().list_all() if each.name == "case_sheets"]
        rows = list(store.views().read_rows(view))
    assert [cell.value for cell in sheet[1]] == [column.name for column in view.columns]
    assert [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)] == [row[3] for row in rows]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:J{len(rows) + 1}"


def test_matrix_has_the_cells_of_the_study(book, notes_study):
    sheet = book["Elementer × kommune"]
    names = [cell.value for cell in sheet[1]][2:]
    shown = {
        (row[0], name): value
        for row in sheet.iter_rows(min_row=2, values_only=True)
        for name, value in zip(names, row[2:], strict=True)
    }
    study = notes_study.study
    places = {each.id: each.name for each in study.municipalities}
    cells = [cell for cell in study.cells if cell.subject == "element"]
    assert cells
    for cell in cells:
        found = shown[cell.label, places[cell.municipality]]
        assert found == (cell.value if cell.sure else f"{cell.value} ?")


def test_codebook_explains_codes_and_columns(book):
    assert tuple(row[0][:3] for row in book["Kodebok"].iter_rows(min_row=2, values_only=True) if "DA1" in row[0]) >= (
        "DA1",
    )
    assert all(row[2] for row in book["Kolonner"].iter_rows(min_row=2, values_only=True))


def test_run_without_a_study_has_a_workbook_too(notes_study, notes_out, tmp_path):
    import shutil

    shutil.copytree(notes_out, tmp_path / "run")
    with duckdb.connect(str(tmp_path / "run" / "run.duckdb")) as connection:
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'study%'"
        ).fetchall():
            connection.execute(f"DELETE FROM {name}")
    export_run(tmp_path / "run", out=tmp_path / "ut", config=Config(), kinds=[ExportKind.XLSX])
    names = load_workbook(tmp_path / "ut" / "studie.xlsx").sheetnames
    assert "Alle filer" in names
    assert "Saksark" not in names


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_files_are_as_their_description_says(exported, kind):
    package = json.loads((exported / kind / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["name"] for each in package["resources"]} >= {"case_sheets", "study_matrix", "document_profiles"}
    for each in package["resources"]:
        path = exported / kind / each["path"]
        read = duckdb.sql(f"SELECT * FROM '{path}'") if kind == "parquet" else read_csv(path)
        columns = read.columns if kind == "parquet" else list(read[0])
        assert (len(read), columns) == (each["rows"], [field["name"] for field in each["schema"]["fields"]])
        assert each["hash"] == f"sha256:{hash_file(path)}"
        assert all(field["description"] for field in each["schema"]["fields"])
