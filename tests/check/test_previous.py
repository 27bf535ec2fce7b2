"""A new version of a plan beside the old one."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.check.previous import Fate, ScoreChange, compare_versions
from compliance.records import BlockKind, Certainty, Score, ScoreSubject

OLD = [
    (BlockKind.HEADING, "1 Tjenester"),
    "Kommunen skal ha ett felles skjema for flytting innen 2027.",
    "Vi vurderer å dele værdata med bøndene i dalen.",
    (BlockKind.HEADING, "2 Sikkerhet"),
    "Personvernombudet rapporterer til kommunestyret hvert år.",
    "Alle ansatte skal øve på hendelser to ganger i året.",
]
NEW = [
    (BlockKind.HEADING, "2 Tjenester"),
    "Kommunen skal ha ett felles skjema for flytting innen 2027.",
    "Personvernombudet rapporterer til kommunestyret hvert år.",
    "Vi skal dele værdata med bøndene i dalen fra 2026.",
    "Biblioteket låner ut nettbrett til dem som mangler et.",
]


@pytest.fixture(scope="module")
def changes():
    old, new = make_reading(OLD, document_id="old-00000000"), make_reading(NEW, document_id="new-00000000")
    return compare_versions(old, new, scores=[*_score(old, EN2=2, DA1=3, KS5_1=3), *_score(new, EN2=4, DA1=3, KS5_1=0)])


def _score(reading, **values):
    return [
        Score(reading.document.id, ScoreSubject.GOAL, label, value, "", (), Certainty.CLEAR)
        for label, value in values.items()
    ]


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        pytest.param("ett felles skjema", Fate.KEPT, id="same words under the same heading, which has a new number"),
        pytest.param("Personvernombudet", Fate.MOVED, id="same words under another heading"),
        pytest.param("dele værdata", Fate.CHANGED, id="firmer words"),
        pytest.param("Biblioteket", Fate.NEW, id="nothing like it before"),
    ],
)
def test_a_passage_of_the_new_version(words, fate, changes):
    (change,) = [each for each in changes.passages if each.new and words in each.new.text]
    assert change.fate is fate


def test_a_passage_that_is_gone_is_told(changes):
    assert [each.old.text for each in changes.passages if each.fate is Fate.REMOVED] == [OLD[5]]


def test_goals_won_come_first_and_lost_ones_last_and_equal_ones_not_at_all(changes):
    assert changes.goals == (ScoreChange("EN2", 2, 4, unsure=False), ScoreChange("KS5_1", 3, 0, unsure=False))


def test_each_old_passage_answers_for_one_new_only():
    old = make_reading(["Kommunen skal ha ett felles skjema for flytting."], document_id="old-00000000")
    new = make_reading(["Kommunen skal ha ett felles skjema for flytting."] * 2, document_id="new-00000000")
    changes = compare_versions(old, new, scores=())
    assert [each.fate for each in changes.passages] == [Fate.KEPT, Fate.NEW]


def test_a_version_of_nothing_but_headings_has_no_passages():
    empty = make_reading([(BlockKind.HEADING, "Plan")], document_id="old-00000000")
    assert compare_versions(empty, make_reading(NEW), scores=()).count(Fate.NEW) == 4
