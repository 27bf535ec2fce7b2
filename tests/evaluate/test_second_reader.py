"""A second reader is measured on the gold passages it would be asked about, and held against ours on the same."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from compliance.config import GuidelinesConfig, SecondReaderConfig
from compliance.evaluate.gold import load_gold
from compliance.evaluate.second_reader import measure_second_reader
from compliance.guidelines.load import load_guidelines
from compliance.records import Finding, Method, ReaderOutcome, Task
from compliance.second_reader.cache import AnswerCache
from compliance.second_reader.prompt import load_prompt
from compliance.second_reader.reader import SecondReader
from compliance.second_reader.reply import Failure
from gold_folders import make_row, write_gold

# A passage each: the gold goals, what we give it with which probability, and what the second reader says of it.
CASES = (
    ("Kommunen skal dele åpne data.", ("KS5.1",), {"KS5.1": 0.55}, "KS5.1"),
    ("Vi skal ta i bruk nye skjemaer.", ("DA1",), {"DA1": 0.3}, "DA1"),
    ("Kommunen har åtte barnehager.", (), {"DA2": 0.5}, None),
    ("Alle ansatte skal få kurs.", ("KS3.2",), {"KS3.2": 0.9}, None),
)
THRESHOLD = 0.4


class Answers:
    """An endpoint that says what the cases say; other passages get `otherwise`."""

    def __init__(self, otherwise=None) -> None:
        self.otherwise = otherwise

    def ask(self, body):
        passage = json.loads(body["messages"][1]["content"])["passage"]
        goal = next(said for text, _, _, said in CASES if text == passage)
        if self.otherwise is not None:
            return self.otherwise
        goals = [{"goal": goal, "quote": passage.split()[0]}] if goal else []
        return json.dumps({"goals": goals, "level": "none"})


@pytest.fixture
def measure(tmp_path):
    rows = [make_row(number, goals=goals) for number, (_, goals, _, _) in enumerate(CASES)]
    write_gold(tmp_path / "plan", [text for text, *_ in CASES], labels=rows)
    sets = [each for each in load_guidelines(GuidelinesConfig()) if each.default]

    def judge(reading):
        found = []
        for passage, (_, _, scores, _) in zip(reading.passages, CASES, strict=True):
            for goal, score in scores.items():
                tasks = [Task.GOALS] * (score >= THRESHOLD) + [Task.REVIEW] * (score < 0.5)
                found += [
                    Finding(passage.document_id, passage.id, task, goal, score, (), method=Method.MODEL)
                    for task in tasks
                ]
        return tuple(found)

    resources = SimpleNamespace(analyse=judge, guidelines_for=lambda _: sets)

    def run(endpoint):
        config = SecondReaderConfig(enabled=True, model="leser-1")
        reader = SecondReader(config, endpoint, AnswerCache(tmp_path / "answers"), load_prompt())
        return measure_second_reader([load_gold(tmp_path / "plan")], reader, resources=resources)

    return run


def value(measured, path: str) -> float:
    return measured.to_json()["second_reader"][path]


def test_reader_and_ours_are_measured_on_the_same_passages(measure) -> None:
    measured = measure(Answers())
    assert value(measured, "doubtful.reader.micro_f1") == 1.0
    assert value(measured, "doubtful.ours.micro_f1") == 0.5  # one found, one missed, one given wrongly
    assert value(measured, "all.joined.micro_f1") == 1.0  # the fourth is ours alone, and right
    assert value(measured, "all.ours.micro_f1") == pytest.approx(2 / 3, abs=1e-4)
    assert measured.measurement.passages == 3
    assert measured.measurement.is_usable
    assert (measured.measurement.low, measured.measurement.high) == (1.0, 1.0)


def test_a_lying_reader_is_measured_and_advised_against(measure) -> None:
    measured = measure(Answers('{"goals": [{"goal": "DA1", "quote": "ord som ikke står her"}], "level": "none"}'))
    assert value(measured, "doubtful.reader.micro_f1") == 0.0
    assert value(measured, "all.joined.micro_f1") == value(measured, "all.ours.micro_f1")
    assert not measured.measurement.is_usable
    told = list(measured.describe())
    assert told[0].startswith("3 avsnitt uten uttalelse, regnet som uten mål: Svaret siterte")
    assert "ikke bruk den" in told[-1]


def test_a_reader_that_is_away_is_not_measured(measure) -> None:
    measured = measure(Answers(Failure(ReaderOutcome.FAILED, "Fikk ikke kontakt.")))
    assert measured.measurement is None
    assert "ikke målt" in list(measured.describe())[-1]
    assert measured.to_json()["usable"] is False


def test_without_doubts_there_is_nothing_to_measure(measure, monkeypatch) -> None:
    monkeypatch.setattr("compliance.evaluate.second_reader.find_doubts", lambda *_, **__: ())
    measured = measure(Answers())
    assert (measured.figures, measured.measurement) == ({}, None)
    assert "ingen avsnitt" in list(measured.describe())[-1]
