"""Doubts that can change a result."""

from dataclasses import replace

import pytest


def test_doubt_asks_and_tells_what_each_answer_leads_to(make_report):
    (doubt,) = make_report()[0].doubts
    assert (doubt.goal, doubt.yes, doubt.no) == ("P4", "omtalt", "ikke funnet")
    assert doubt.quote.text.startswith("Kommunen bør vurdere velferdsteknologi")


@pytest.mark.parametrize("score_if_no", [pytest.param(2, id="no change"), pytest.param(3, id="yes lowers it")])
def test_doubt_whose_yes_lifts_nothing_is_left_out(make_report, results, score_if_no):
    review = replace(results.reviews[0], score_if_no=score_if_no)
    assert make_report(replace(results, reviews=(review,)))[0].doubts == ()
