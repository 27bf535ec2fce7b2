"""Which passages are asked about, what is sent, what is kept, and when the reader is given up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from builders import make_reading
from compliance.config import GuidelinesConfig, SecondReaderConfig
from compliance.guidelines.load import load_guidelines
from compliance.records import BlockKind, Finding, Level, Method, ReaderOutcome, Task
from compliance.second_reader.cache import AnswerCache
from compliance.second_reader.measurement import Measurement, Measurements
from compliance.second_reader.prompt import load_prompt
from compliance.second_reader.reader import SecondReader, find_doubts
from compliance.second_reader.reply import Failure
from compliance.second_reader.summary import describe_readings

READING = make_reading(
    [
        (BlockKind.HEADING, "Innbyggerne"),
        "Vi skal:",
        (BlockKind.LIST_ITEM, "gjøre skjemaene digitale"),
        "Alle skal ha nett.",
        "Hemmelig nabotekst.",
    ]
)
CONFIG = SecondReaderConfig(enabled=True, model="leser-1", address="http://127.0.0.1:8080/v1")
NOTHING = json.dumps({"goals": [], "level": "none"})


@pytest.fixture(scope="module")
def goals():
    return [goal for each in load_guidelines(GuidelinesConfig()) if each.default for goal in each.goals]


def find(passage: int, score: float, *, label="DA1", task=Task.GOALS, method=Method.MODEL) -> Finding:
    place = READING.passages[passage]
    return Finding(place.document_id, place.id, task, label, score, (), method=method)


class Listener:
    """An endpoint that keeps what it is asked and answers from a list, the last one over again."""

    def __init__(self, *answers) -> None:
        self.asked, self.answers = [], answers or (NOTHING,)

    def ask(self, body):
        self.asked.append(body)
        said = self.answers[min(len(self.asked), len(self.answers)) - 1]
        if isinstance(said, BaseException):
            raise said
        return said


@pytest.fixture
def make_reader(tmp_path):
    def make(endpoint, config=CONFIG, **more) -> SecondReader:
        return SecondReader(config, endpoint, AnswerCache(tmp_path / "answers"), load_prompt(), **more)

    return make


def doubts(*passages: int):
    return find_doubts(READING, [find(each, 0.4) for each in passages], config=CONFIG)


@pytest.mark.parametrize(
    ("finding", "asked"),
    [
        pytest.param(find(2, 0.2), True, id="at the lower end"),
        pytest.param(find(2, 0.599), True, id="under the upper end"),
        pytest.param(find(2, 0.6), False, id="sure enough"),
        pytest.param(find(2, 0.199), False, id="too unlikely"),
        pytest.param(find(2, 0.3, task=Task.REVIEW), True, id="left to a person"),
        pytest.param(find(2, 0.4, task=Task.ELEMENTS, label="W1"), False, id="no goal"),
        pytest.param(find(2, 0.4, method=Method.RULES), False, id="a score that is no probability"),
    ],
)
def test_only_doubtful_goals_are_asked_about(finding, asked) -> None:
    found = find_doubts(READING, [finding], config=CONFIG)
    assert [each.passage.id for each in found] == [READING.passages[2].id] * asked


def test_a_passage_is_asked_about_once_with_all_its_doubts() -> None:
    found = find_doubts(
        READING,
        [find(3, 0.3), find(3, 0.5, label="KS4.8"), find(3, 0.5, label="KS4.8", task=Task.REVIEW)],
        config=CONFIG,
    )
    assert [each.goals for each in found] == [(("KS4.8", 0.5), ("DA1", 0.3))]


def test_what_is_sent_is_the_passage_and_what_is_above_it(make_reader, goals) -> None:
    endpoint = Listener()
    make_reader(endpoint).read(doubts(2)[0], goals)
    (body,) = endpoint.asked
    system, user = (message["content"] for message in body["messages"])
    assert json.loads(user) == {
        "headings": ["Innbyggerne"],
        "lead_in": "Vi skal:",
        "passage": "gjøre skjemaene digitale",
    }
    assert all(f"- {goal.id} {' '.join(goal.title.nb.split())}: " in system for goal in goals)
    assert body["response_format"]["json_schema"]["schema"]["properties"]["goals"]["items"]["properties"]["goal"][
        "enum"
    ] == [goal.id for goal in goals]
    assert "nabotekst" not in json.dumps(body)
    assert READING.document.name not in json.dumps(body)
    assert body["model"] == "leser-1"


def test_half_a_surrogate_pair_can_be_sent(make_reader, goals) -> None:
    endpoint = Listener()
    passage = replace(READING.passages[2], text="gjøre \ud83d skjemaene")
    make_reader(endpoint).read(replace(doubts(2)[0], passage=passage), goals)
    endpoint.asked[0]["messages"][1]["content"].encode()


def test_borders_of_goals_that_are_not_used_are_left_out(goals) -> None:
    few = [goal for goal in goals if goal.id in {"DA1", "DA2"}]
    told = load_prompt().instruct(few)
    assert "DA2: innovasjon" in told
    assert "KS" not in told.split("Grenser mellom målene")[1]


def test_every_border_is_of_goals_that_there_are(goals) -> None:
    known = {goal.id for goal in goals}
    assert all(known.issuperset(each.goals) for each in load_prompt().conventions)


def test_answer_becomes_a_reading(make_reader, goals) -> None:
    said = json.dumps({"goals": [{"goal": "DA1", "quote": "digitale"}], "level": "intention"})
    reading = make_reader(Listener(said)).read(doubts(2)[0], goals)
    assert (reading.outcome, reading.level, reading.detail) == (ReaderOutcome.ANSWERED, Level.INTENTION, "")
    assert [READING.document.text[each.start : each.end] for each in reading.goals] == ["digitale"]
    assert reading.doubts == (("DA1", 0.4),)
    assert reading.address == CONFIG.address


def test_nothing_is_asked_twice(make_reader, goals) -> None:
    first = make_reader(Listener()).read(doubts(2)[0], goals)
    silent = Listener(Failure(ReaderOutcome.FAILED, "borte"))
    assert make_reader(silent).read(doubts(2)[0], goals) == first
    assert silent.asked == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda config, goals: (config.model_copy(update={"model": "leser-2"}), goals), id="model"),
        pytest.param(lambda config, goals: (config, goals[:-1]), id="goals"),
    ],
)
def test_another_model_or_prompt_is_asked_anew(make_reader, goals, change) -> None:
    make_reader(Listener()).read(doubts(2)[0], goals)
    config, others = change(CONFIG, goals)
    endpoint = Listener()
    make_reader(endpoint, config).read(doubts(2)[0], others)
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text[:40], id="cut"),
        pytest.param(lambda text: text.replace("none", "concrete"), id="changed"),
        pytest.param(lambda text: "", id="empty"),
    ],
)
def test_a_damaged_answer_is_asked_for_again(make_reader, goals, tmp_path, damage) -> None:
    make_reader(Listener()).read(doubts(2)[0], goals)
    (kept,) = (tmp_path / "answers").rglob("*.json")
    kept.write_text(damage(kept.read_text(encoding="utf-8")), encoding="utf-8")
    endpoint = Listener()
    reading = make_reader(endpoint).read(doubts(2)[0], goals)
    assert (len(endpoint.asked), reading.level) == (1, Level.NONE)


def test_a_lie_is_not_kept(make_reader, goals) -> None:
    lie = json.dumps({"goals": [{"goal": "DA1", "quote": "noe annet"}], "level": "none"})
    reading = make_reader(Listener(lie)).read(doubts(2)[0], goals)
    assert (reading.outcome, reading.goals, reading.level) == (ReaderOutcome.INVALID, (), None)
    assert "ikke står i avsnittet" in reading.detail
    assert make_reader(Listener()).read(doubts(2)[0], goals).outcome is ReaderOutcome.ANSWERED


def test_an_interrupt_keeps_what_was_read(make_reader, goals) -> None:
    reader = make_reader(Listener(NOTHING, KeyboardInterrupt()))
    first, second = doubts(2, 3)
    reader.read(first, goals)
    with pytest.raises(KeyboardInterrupt):
        reader.read(second, goals)
    again = Listener()
    reader = make_reader(again)
    assert [reader.read(each, goals).outcome for each in (first, second)] == [ReaderOutcome.ANSWERED] * 2
    assert len(again.asked) == 1


def test_an_answer_that_cannot_be_kept_is_used(make_reader, goals, tmp_path) -> None:
    (tmp_path / "answers").write_text("a file where the folder should be", encoding="utf-8")
    assert make_reader(Listener()).read(doubts(2)[0], goals).outcome is ReaderOutcome.ANSWERED


def test_a_reader_that_is_away_is_given_up_and_the_rest_told(make_reader, goals) -> None:
    away = Failure(ReaderOutcome.FAILED, "Fikk ikke kontakt.")
    endpoint = Listener(away)
    reader = make_reader(endpoint, CONFIG.model_copy(update={"give_up_after": 2}))
    readings = [reader.read(each, goals) for each in doubts(0, 1, 2, 3)]
    assert [each.outcome for each in readings] == [ReaderOutcome.FAILED] * 2 + [ReaderOutcome.NOT_ASKED] * 2
    assert len(endpoint.asked) == 2
    assert [each.address for each in readings] == [CONFIG.address] * 2 + [""] * 2
    told = list(describe_readings(readings, config=CONFIG, measured=None))
    assert "2 avsnitt uten uttalelse: Leseren svarte ikke på 2 avsnitt på rad, og ble ikke spurt mer." in told


def test_one_failure_between_answers_gives_nothing_up(make_reader, goals) -> None:
    away = Failure(ReaderOutcome.FAILED, "Fikk ikke kontakt.")
    endpoint = Listener(away, NOTHING, away, NOTHING)
    reader = make_reader(endpoint, CONFIG.model_copy(update={"give_up_after": 2}))
    outcomes = [reader.read(each, goals).outcome for each in doubts(0, 1, 2, 3)]
    assert outcomes == [ReaderOutcome.FAILED, ReaderOutcome.ANSWERED] * 2


def test_time_for_a_run_runs_out_but_kept_answers_are_used(make_reader, goals) -> None:
    make_reader(Listener()).read(doubts(3)[0], goals)
    times = iter([0.0, 59.0, 61.0])
    endpoint = Listener()
    reader = make_reader(endpoint, CONFIG.model_copy(update={"run_minutes": 1}), clock=lambda: next(times))
    outcomes = [reader.read(each, goals).outcome for each in doubts(0, 1, 2, 3)]
    assert outcomes == [
        ReaderOutcome.ANSWERED,
        ReaderOutcome.ANSWERED,
        ReaderOutcome.NOT_ASKED,
        ReaderOutcome.ANSWERED,
    ]
    assert len(endpoint.asked) == 2


def test_summary_says_where_text_went_and_that_nobody_measured(make_reader, goals) -> None:
    told = list(describe_readings([make_reader(Listener()).read(doubts(2)[0], goals)], config=CONFIG, measured=None))
    assert told == [
        "En annen leser («leser-1») uttalte seg om 1 av 1 tvilsomme avsnitt.",
        "Avsnittene, med overskrift og innledning, er sendt til http://127.0.0.1:8080/v1 (på denne maskinen).",
        "«leser-1» er ikke målt her. Mål den først: compliance evaluate MAPPE --second-reader.",
    ]


@pytest.mark.parametrize(
    ("figures", "said", "usable"),
    [
        pytest.param((0.7499, 0.7, 0.8), "ikke bruk den", False, id="under the least"),
        pytest.param((0.76, 0.7, 0.8), "Usikkert om den når 0.75", True, id="the interval reaches under"),
        pytest.param((0.85, 0.8, 0.9), "kan brukes", True, id="good"),
    ],
)
def test_a_measurement_says_whether_to_use_the_reader(tmp_path, figures, said, usable) -> None:
    f1, low, high = figures
    measured = Measurement(model="leser-1", prompt_sha256="p", f1=f1, low=low, high=high, passages=40)
    Measurements(tmp_path).keep(measured)
    found = Measurements(tmp_path).find("leser-1", "p")
    assert found == measured
    assert said in found.describe()
    assert found.is_usable is usable
    assert Measurements(tmp_path).find("leser-1", "another prompt") is None
