"""An answer counts when all of it holds."""

from __future__ import annotations

import json

import pytest

from builders import make_reading
from compliance.records import Level, SecondGoal
from compliance.second_reader.answer import Answer, GoalAnswer, Opinion, check_answer
from compliance.second_reader.prompt import make_schema

IDS = ("DA1", "DA2")
READING = make_reading(["Mål", "Kommunen skal\nta i bruk digitale skjemaer (2027)."])
PASSAGE = READING.passages[1]


def check(goals, level="commitment", **more):
    return check_answer(json.dumps({"goals": goals, "level": level, **more}), PASSAGE, goal_ids=IDS)


def test_words_are_found_where_they_are() -> None:
    said = check([{"goal": "DA1", "quote": "skal ta i bruk  digitale"}])
    start = PASSAGE.start + PASSAGE.text.index("skal")
    assert said == Opinion((SecondGoal("DA1", start, start + len("skal ta i bruk digitale")),), Level.COMMITMENT)
    assert READING.document.text[start:].startswith("skal\nta i bruk digitale")


def test_none_is_an_answer() -> None:
    assert check([], "none") == Opinion((), Level.NONE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("Avsnittet handler om skjemaer.", "formen", id="prose"),
        pytest.param('```json\n{"goals": [], "level": "none"}\n```', "formen", id="a fence around it"),
        pytest.param('{"goals": []}', "formen", id="level missing"),
        pytest.param('{"goals": [], "level": "concrete", "why": "x"}', "formen", id="a field of its own"),
        pytest.param('{"goals": [], "level": "vedtatt"}', "formen", id="a level that there is not"),
        pytest.param('{"goals": "DA1", "level": "none"}', "formen", id="no list"),
    ],
)
def test_another_form_is_no_opinion(content, told) -> None:
    assert told in str(check_answer(content, PASSAGE, goal_ids=IDS))


@pytest.mark.parametrize(
    ("goals", "told"),
    [
        pytest.param([("KS9.9", "Kommunen")], "ikke finnes", id="a goal made up"),
        pytest.param([("DA1", "skal ha felles innlogging")], "ikke står i avsnittet", id="words made up"),
        pytest.param([("DA1", "Kommunen"), ("DA2", "helt andre ord")], "ikke står i avsnittet", id="one of two"),
        pytest.param([("DA1", "Mål")], "ikke står i avsnittet", id="words of the heading"),
        pytest.param([("DA1", "   ")], "ikke står i avsnittet", id="blank words"),
        pytest.param([("DA1", "skal"), ("DA1", "bruk")], "to ganger", id="the same twice"),
        pytest.param([("DA1", "skal")] * 9, "formen", id="too many"),
        pytest.param([("DA1", "")], "formen", id="no words"),
    ],
)
def test_a_lie_is_no_opinion(goals, told) -> None:
    assert told in str(check([{"goal": goal, "quote": quote} for goal, quote in goals]))


def test_signs_of_a_pattern_are_only_signs() -> None:
    assert isinstance(check([{"goal": "DA1", "quote": "skjemaer (2027)."}]), Opinion)
    assert isinstance(check([{"goal": "DA1", "quote": ".*"}]), str)


def test_schema_asks_for_what_is_checked() -> None:
    schema = make_schema(IDS)
    goal = schema["properties"]["goals"]["items"]
    assert set(schema["properties"]) == set(schema["required"]) == set(Answer.model_fields)
    assert set(goal["properties"]) == set(goal["required"]) == set(GoalAnswer.model_fields)
    assert goal["properties"]["goal"]["enum"] == list(IDS)
    assert schema["properties"]["level"]["enum"] == [level.value for level in Level]
