"""What a person should read and decide."""

from dataclasses import replace

import pytest

from compliance.config import ReportConfig
from compliance.records import Task
from compliance.report import review
from compliance.report.catalogue import load_catalogue
from compliance.report.material import collect_material
from compliance.report.presentation import Presentation
from compliance.report.review import ReviewList, list_review


@pytest.fixture
def show(judged, guidelines, trained):
    presentation = Presentation(load_catalogue("nb"), ReportConfig(), guidelines, {}, {}, trained)

    def show_review(results=judged, model=trained) -> ReviewList | None:
        return list_review(collect_material(results)[0], presentation=replace(presentation, trained=model))

    return show_review


def test_most_doubtful_passage_comes_first_with_its_most_doubtful_goal(show):
    listed = show()
    assert [item.anchor for item in listed.items] == ["review-0004", "review-0007"]
    assert [candidate.label.id for candidate in listed.items[0].candidates] == ["P1", "P2"]


def test_candidate_tells_how_likely_it_is_and_whether_it_counts(show):
    told = [(each.weighing.certainty, each.counted) for item in show().items for each in item.candidates]
    assert told == [("usikker, 0,52", True), ("usikker, 0,41", False), ("usikker, 0,34", False)]


def test_candidate_has_its_reasons_and_objections(show):
    candidate = show().items[0].candidates[0]
    assert candidate.weighing.reasons == (
        "språkmodellen finner mer av temaet her enn vanlig",
        "ord fra temaet står i avsnittet",
    )
    assert candidate.weighing.objections == (
        "avsnittet foran handler mer om temaet enn vanlig, og da skjer det sjeldnere her",
    )
    assert candidate.reasons[0] == "Ord fra temaet: «velferdsteknologi»."


def test_passages_are_counted_once_and_beyond_the_limit(show, monkeypatch):
    assert (show().passages, show().left_out) == (2, 0)
    monkeypatch.setattr(review, "MAX_ITEMS", 1)
    assert (show().passages, len(show().items), show().left_out) == (2, 1, 1)


def test_goals_that_the_document_is_not_held_against_are_not_asked_about(show, judged):
    other = [replace(each, label="X9") if each.task is Task.REVIEW else each for each in judged.findings]
    assert show(replace(judged, findings=tuple(other))).items == ()


def test_rules_leave_nothing_to_review(show):
    assert show(model=None) is None
