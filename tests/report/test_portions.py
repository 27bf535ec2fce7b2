"""Portions: every character is counted once, and reworked wording never."""

from dataclasses import replace

import pytest

from compliance.records import Attribution, BlockKind, ReuseKind
from compliance.report.catalogue import load_catalogue
from compliance.report.loans import collect_loans
from compliance.report.material import collect_material
from compliance.report.portions import Portions, measure_borrowed, measure_portions

NB = load_catalogue("nb")


@pytest.fixture
def measure(results):
    def measure_spans(*spans, findings=()) -> Portions:
        material = collect_material(replace(results, reuse_spans=spans, findings=findings))[0]
        return measure_portions(material, collect_loans(material), texts=NB)

    return measure_spans


@pytest.fixture
def goal_span(results):
    return results.reuse_spans[2]


def test_whole_is_the_text_without_headings(measure, granvik):
    whole = measure().whole
    bodies = [passage for passage in granvik.passages if passage.kind is not BlockKind.HEADING]
    assert whole.total == sum(passage.end - passage.start for passage in bodies) == whole.own


def test_overlapping_spans_are_counted_once(measure, goal_span):
    whole = measure(goal_span, replace(goal_span, source_id="prove:P1")).whole
    assert whole.unattributed == goal_span.end - goal_span.start
    assert whole.own + whole.borrowed + whole.boilerplate == whole.total


def test_words_quoted_once_are_not_counted_as_without_source(measure, goal_span):
    whole = measure(goal_span, replace(goal_span, attribution=Attribution.QUOTED)).whole
    assert (whole.quoted, whole.unattributed) == (goal_span.end - goal_span.start, 0)


def test_reworked_wording_is_own_words(measure, goal_span):
    assert measure(replace(goal_span, kind=ReuseKind.REWORKED)).whole.borrowed == 0


def test_boilerplate_is_counted_apart(measure, goal_span):
    whole = measure(replace(goal_span, boilerplate=True)).whole
    assert (whole.borrowed, whole.boilerplate) == (0, goal_span.end - goal_span.start)


def test_chapters_with_loans_are_listed_and_the_others_counted(measure, goal_span):
    portions = measure(goal_span)
    assert [chapter.name for chapter in portions.chapters] == ["4 Innbyggerne"]
    assert portions.others == 4


def test_document_without_loans_has_no_chart(measure):
    assert measure().chart == ""


def test_borrowed_share_is_of_the_passage(results, goal_span, granvik):
    material = collect_material(replace(results, reuse_spans=(goal_span,), findings=()))[0]
    passage = granvik.passages[6]
    share = measure_borrowed(material, collect_loans(material))
    assert share == {passage.id: pytest.approx((goal_span.end - goal_span.start) / (passage.end - passage.start))}
