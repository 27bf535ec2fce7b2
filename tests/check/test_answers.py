"""A reader's answers, from one run to the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import make_reading
from compliance.check.answers import Answer, AnswerBook, apply_answers, hash_passage
from compliance.records import Certainty, Results, Review, Run, Score, ScoreSubject

PLAN = make_reading(["Vi vurderer åpne data.", "Data brukes i styringen."])
FIRST, SECOND = PLAN.passages
ID = PLAN.document.id


def settle(*answers, reviews=((FIRST, 3, 1), (SECOND, 2, 1))):
    score = Score(ID, ScoreSubject.GOAL, "EN2", 2, "", (), Certainty.UNSURE)
    element = replace(score, subject=ScoreSubject.ELEMENT, label="W4")
    doubts = tuple(Review(ID, "EN2", passage.id, yes, no) for passage, yes, no in reviews)
    run = Run("r", "0", "", "", (), "", None)
    results = Results(run, (PLAN,), (), (), (), (score, element), (), (), (), doubts)
    said = {
        (hash_passage(passage.text), "EN2"): Answer(hash_passage(passage.text), "EN2", yes) for passage, yes in answers
    }
    settled = apply_answers(results, said)
    assert settled.scores[1] == element
    return settled.scores[0].value, settled.scores[0].certainty, [each.passage_id for each in settled.reviews]


@pytest.mark.parametrize(
    ("answers", "value", "certainty", "left"),
    [
        pytest.param([], 2, Certainty.UNSURE, [FIRST.id, SECOND.id], id="nobody has answered"),
        pytest.param([(FIRST, True)], 3, Certainty.CONFIRMED, [], id="one yes is enough: the other gives no more"),
        pytest.param([(SECOND, True)], 2, Certainty.CONFIRMED, [FIRST.id], id="the other could still give more"),
        pytest.param([(FIRST, False)], 2, Certainty.UNSURE, [SECOND.id], id="one no leaves the other open"),
        pytest.param([(FIRST, False), (SECOND, False)], 1, Certainty.CONFIRMED, [], id="no to all"),
    ],
)
def test_answers_settle_a_score(answers, value, certainty, left):
    assert settle(*answers) == (value, certainty, left)


def test_an_answer_is_kept_by_the_words_and_a_later_one_replaces_it(tmp_path):
    book = AnswerBook(tmp_path / "answers.jsonl")
    assert book.load() == {}
    book.add(Answer(hash_passage("Vi deler  data."), "EN2", speaks_for_it=True))
    book.add(Answer(hash_passage("Vi deler data."), "EN2", speaks_for_it=False, note="bare et ønske"))
    (answer,) = AnswerBook(tmp_path / "answers.jsonl").load().values()
    assert (answer.speaks_for_it, answer.note) == (False, "bare et ønske")
    assert answer.answered


def test_an_answer_can_be_taken_back(tmp_path):
    book = AnswerBook(tmp_path / "answers.jsonl")
    book.add(Answer("a", "EN2", speaks_for_it=True))
    book.remove("a", "DA1")
    assert len(book.load()) == 1
    book.remove("a", "EN2")
    assert book.load() == {}
