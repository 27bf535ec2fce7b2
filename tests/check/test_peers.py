"""A draft's goals among comparable plans."""

from __future__ import annotations

from builders import make_reading
from compliance.check.peers import MAX_PASSAGES, compare_with_peers
from compliance.records import Certainty, Results, Run, Score, ScoreSubject

DRAFT = make_reading(["Kommunen skal dele data."], document_id="draft-00000000")
PEERS = [
    make_reading(["Vi deler data."], document_id=f"peer{n}-00000000", municipality=name)
    for n, name in enumerate(["Hol", "Ål", "Gol", "Hol"])
]


def score(reading, value, *, certainty=Certainty.CLEAR):
    passages = (reading.passages[0].id,) if value else ()
    return Score(reading.document.id, ScoreSubject.GOAL, "EN2", value, "", passages, certainty)


def place(*values, certainty=Certainty.CLEAR):
    scores = [
        score(DRAFT, 1),
        *(score(peer, value, certainty=certainty) for peer, value in zip(PEERS, values, strict=True)),
    ]
    results = Results(Run("r", "0", "", "", (), "", None), (DRAFT, *PEERS), (), (), (), tuple(scores), ())
    (goal,) = compare_with_peers(DRAFT, PEERS, results=results)
    return goal


def test_plans_that_speak_and_that_bind_themselves_are_counted():
    goal = place(0, 2, 3, 4)
    assert (goal.score, goal.speaking, goal.binding, goal.plans) == (1, 3, 2, 4)


def test_passages_come_from_those_that_go_furthest_one_a_municipality():
    goal = place(3, 1, 2, 4)
    assert [(each.reading.profile.municipality.value, each.score) for each in goal.passages] == [("Hol", 4), ("Gol", 2)]
    assert len(goal.passages) == MAX_PASSAGES


def test_a_plan_whose_score_is_unsure_is_no_example():
    assert place(3, 3, 3, 3, certainty=Certainty.UNSURE).passages == ()
