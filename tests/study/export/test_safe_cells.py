"""Words of a document in a workbook: never a formula, and what a study left open stays open."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from compliance.records import Certainty, Run
from compliance.records.study import Study, StudyCell, StudyInfo, StudyMunicipality
from compliance.store.exports import View, ViewColumn, Views
from compliance.study.export.workbook import WorkbookInput, write_workbook

RUN = Run("r1", "0", "0" * 64, "modell", (), "2026-03-01T12:00:00+00:00", None)


class OneView(Views):
    """A view with one value, without a database."""

    def __init__(self, value):
        self.value = value

    def list_all(self):
        return (View("study_results", (ViewColumn("title", "VARCHAR"),), 1),)

    def read_rows(self, view):
        yield (self.value,)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tskjult", ["=1", "b"]])
def test_words_are_never_a_formula(tmp_path, words):
    path = write_workbook(WorkbookInput(RUN, None, ()), OneView(words), tmp_path / "bok.xlsx")
    cell = load_workbook(path)["Funn"]["A2"]
    assert cell.data_type == "s"
    assert not cell.value.startswith(("=", "+", "-", "@", "\t"))


def test_unsure_step_has_a_question_mark_and_a_hole_is_empty(tmp_path):
    cells = tuple(
        StudyCell(place, "goal", label, value, Certainty.UNSURE, sure, 1, 1, "d")
        for place, label, value, sure in (("1", "DA1", 3, False), ("2", "DA1", 4, True), ("1", "DA2", 0, True))
    )
    places = tuple(
        StudyMunicipality(n, n, name, None, None, None, 1, True) for n, name in (("1", "Granlia"), ("2", "Myra"))
    )
    study = Study(StudyInfo("r1", "2026-01-01", "k", "", "", "0"), municipalities=places, cells=cells)
    path = write_workbook(WorkbookInput(RUN, study, ()), OneView("x"), tmp_path / "bok.xlsx")
    rows = list(load_workbook(path)["Mål × kommune"].iter_rows(values_only=True))
    assert rows == [("Id", "Navn", "Granlia", "Myra"), ("DA1", "DA1", "3 ?", 4), ("DA2", "DA2", 0, None)]
