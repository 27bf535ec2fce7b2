"""Doubts that can change a result."""

from dataclasses import replace


def test_doubt_asks_and_tells_what_each_answer_leads_to(make_report):
    (doubt,) = make_report()[0].doubts
    assert (doubt.goal, doubt.yes, doubt.no) == ("P4", "omtalt", "ikke funnet")
    assert doubt.quote.text.startswith("Kommunen bør vurdere velferdsteknologi")


def test_doubt_that_changes_nothing_is_left_out(make_report, results):
    review = replace(results.reviews[0], score_if_no=2)
    assert make_report(replace(results, reviews=(review,)))[0].doubts == ()
