"""The lists that a planner edits by, as a workbook."""

import gc
import sys
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.writer.excel import ExcelWriter

from compliance.files import write_atomically
from compliance.report.catalogue import load_catalogue
from compliance.report.sheet import build_lists, save_book, write_sheet
from compliance.report.surroundings import Uptake
from compliance.report.views.document import build_report


@pytest.fixture
def book(make_report, tmp_path):
    def write(changed=None, language="nb"):
        report, _, context = make_report(changed, language=language) if changed else make_report(language=language)
        write_sheet(report, tmp_path / "ark.xlsx", texts=context.texts)
        return load_workbook(tmp_path / "ark.xlsx")

    return write


def test_four_lists_and_the_goals(book):
    assert book().sheetnames == ["Tiltak", "Ikke funnet", "Andres ord", "Spørsmål", "Mål for mål"]


@pytest.mark.parametrize("language", ["nn", "en"])
def test_lists_exist_in_every_language(book, language):
    assert len(book(language=language).sheetnames) == 5


@pytest.mark.parametrize(
    ("uptake", "told"), [(Uptake("counted", 3, 7), "3 av 7"), (Uptake("some"), "mellom 1 av 10 og halvparten")]
)
def test_what_is_not_found_says_how_many_others_have_it(make_report, results, uptake, told):
    report, plan, context = make_report()
    around = replace(context.around, uptake={report.not_found[0].id: uptake})
    again = build_report(plan, run=results.run, context=context.place(around))
    rows = build_lists(again, texts=context.texts)[1].rows
    assert [row[6] for row in rows] == [told, *("" for _ in rows[1:])]


def test_measures_have_owner_deadline_and_marked_holes(book):
    sheet = book()["Tiltak"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][1:3] == ("Hjemmetjenesten", "2025")
    assert rows[1][0] == "Alle skjemaer skal kunne fylles ut på mobil."
    assert [cell.fill.fgColor.rgb for cell in sheet[3][1:4]] == ["00FDF3E1"] * 3


def test_deadline_known_to_the_day_is_a_date(book, results):
    measure = results.measures[0]
    details = (measure.details[0], replace(measure.details[1], value="2026-06-30"))
    sheet = book(replace(results, measures=(replace(measure, details=details),)))["Tiltak"]
    assert sheet["C2"].value.date() == date(2026, 6, 30)


def test_goal_not_found_has_what_was_searched_for(book):
    rows = list(book()["Ikke funnet"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[3], row[7]) for row in rows] == [("P3", "Ingen tekst ligger i nærheten.", "åpne data")]


def test_doubt_has_a_place_for_the_answer(book):
    sheet = book()["Spørsmål"]
    assert [cell.value for cell in sheet[1]][-1] == "Svar"
    assert sheet.cell(2, 1).value == "P4"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tskjult", "a\x00b\ud800"])
def test_text_of_a_document_is_never_a_formula(book, results, granvik, words):
    document = replace(granvik.document, title=words)
    readings = (replace(results.readings[1], document=replace(results.readings[1].document, title=words)),)
    spans = (replace(results.reuse_spans[0], source_text=words),)
    made = replace(results, readings=(replace(granvik, document=document), *readings), reuse_spans=spans, findings=())
    for row in book(made)["Andres ord"].iter_rows(min_row=2):
        assert [cell.data_type for cell in row if cell.data_type == "f"] == []


def test_column_names_exist_in_every_language():
    keys = {language: set(load_catalogue(language).messages) for language in ("nb", "nn", "en")}
    assert keys["nb"] == keys["nn"] == keys["en"]


def test_interrupted_workbook_leaves_no_file_and_no_complaint(tmp_path, monkeypatch):
    def interrupt(_):
        raise SystemExit(130)

    complaints = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    monkeypatch.setattr(ExcelWriter, "write_data", interrupt)
    with pytest.raises(SystemExit), write_atomically(tmp_path / "ark.xlsx") as stream:
        save_book(Workbook(), stream)
    gc.collect()
    assert complaints == []
    assert list(tmp_path.iterdir()) == []
