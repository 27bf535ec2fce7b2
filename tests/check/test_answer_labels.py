"""Answers given in the browser, as gold that is measured on and learnt from."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from builders import make_reading
from compliance.check.answer_labels import label_answers, write_answers
from compliance.check.answers import Answer, AnswerBook, hash_passage
from compliance.check.check import CheckInput, check_document
from compliance.cli.app import app
from compliance.config import Config, override
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.gold import load_gold
from compliance.records import Finding, Results, Run, Task

PLAN = make_reading(["Skarvøya deler åpne data.", "Vi rydder i skjema.", "Ingen er spurt om dette."])
FIRST, SECOND, THIRD = PLAN.passages
ID = PLAN.document.id
RESULTS = Results(
    Run("r", "0", "", "", (), "2027-01-01T00:00:00", None),
    (PLAN,),
    (
        Finding(ID, FIRST.id, Task.GOALS, "EN2", 0.9, ()),
        Finding(ID, FIRST.id, Task.ELEMENTS, "W4", 0.9, ()),
        Finding(ID, SECOND.id, Task.GOALS, "DA1", 0.9, ()),
        Finding(ID, THIRD.id, Task.GOALS, "DA4", 0.9, ()),
    ),
    *((),) * 4,
)


def answer(*given):
    said = [Answer(hash_passage(passage.text), goal, speaks_for_it=yes) for passage, goal, yes in given]
    return {(each.passage_sha256, each.goal): each for each in said}


def test_a_yes_adds_the_goal_a_no_takes_it_and_the_rest_is_what_was_found():
    (document,) = label_answers(
        RESULTS, answer((FIRST, "KS2.3", True), (SECOND, "DA1", False), (SECOND, "KS2.1", False))
    )
    assert [each.text for each in document.passages] == [FIRST.text, SECOND.text]
    assert [(each.goals, each.elements) for each in document.labels] == [(("EN2", "KS2.3"), ("W4",)), ((), ())]


def test_answers_to_other_texts_make_no_gold():
    assert label_answers(RESULTS, {("0" * 64, "EN2"): Answer("0" * 64, "EN2", speaks_for_it=True)}) == ()


def test_what_is_written_is_read_as_gold(tmp_path):
    documents = label_answers(RESULTS, answer((FIRST, "EN2", False)))
    (folder,) = write_answers(documents, out=tmp_path)
    gold = load_gold(folder)
    assert [each.goals for each in gold.labels or ()] == [()]
    assert gold.description.split is None  # a real document: its words are never written into a model


@pytest.mark.parametrize("said", [True, False])
def test_an_answer_in_the_browser_is_measured_by_evaluate(tmp_path, said):
    draft = tmp_path / "utkast.txt"
    text = "Skarvøya kommune skal dele åpne data med alle."
    draft.write_text(f"Digitaliseringsstrategi for Skarvøya kommune\n\n{text}\n", encoding="utf-8")
    config = override(Config(), {"run.processes": 1, "model.use_cache": False})
    check_document(CheckInput(draft), out=tmp_path / "out", config=config, on_progress=lambda *_: None)
    AnswerBook(tmp_path / "answers.jsonl").add(Answer(hash_passage(text), "DA3", speaks_for_it=said))
    options = ["--answers", str(tmp_path / "answers.jsonl"), "--out", str(tmp_path / "gold")]
    exported = CliRunner().invoke(app, ["answers", "export", str(tmp_path / "out"), *options])
    assert exported.exit_code == 0, exported.output
    (folder,) = find_gold_folders([tmp_path / "gold"])
    assert ("DA3" in (load_gold(folder).labels or ())[0].goals) is said
    measured = CliRunner().invoke(app, ["evaluate", str(folder), "--json", str(tmp_path / "figures.json")])
    assert measured.exit_code == 0, measured.output
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["goals"]
