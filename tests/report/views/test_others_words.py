"""Others' words: fair to whoever wrote them."""

from dataclasses import replace

import pytest

from compliance.records import Attribution, Order, ReuseKind, Task
from compliance.report.document_results import collect_results
from compliance.report.views.attributed_spans import AttributionStatus, collect_attributed


def test_national_words_without_a_source_are_apart_from_other_municipalities(make_report):
    words = make_report()[0].words
    assert [each.goal for each in words.unattributed] == ["P2", "P2"]
    assert [each.source_name for each in words.unattributed] == ["Prøvestrategi (2020)"] * 2
    assert [each.municipal for each in words.stretches].count(True) == 0


def test_words_shared_with_another_municipality_only(make_report, results):
    words = make_report(replace(results, reuse_spans=results.reuse_spans[:1], findings=()))[0].words
    (stretch,) = words.municipal
    assert stretch.source_name == "Temaplan for oppvekst i Storelva"
    assert [piece.text for piece in stretch.own if piece.marked]
    assert words.unattributed == ()


def test_both_sides_are_shown_and_official_wording_beside_the_goal_in_our_words(make_report):
    pairs = make_report()[0].words.pairs
    assert all(each.own and each.source for each in pairs)
    assert [each.in_our_words for each in pairs] == [True, True]


def test_missing_source_is_something_to_add(make_report):
    assert "«Uten kilde» er noe å føye til, ikke en feil." in make_report()[0].words.notes


def test_strategy_of_ks_is_said_to_be_for_use(make_report, results):
    spans = tuple(replace(span, source_id=span.source_id.replace("prove:", "ks:")) for span in results.reuse_spans)
    assert make_report(replace(results, reuse_spans=spans))[0].words.notes[0].startswith("KS ber kommunene bruke")


def test_document_alone_is_said_to_be_compared_with_nobody(make_report, results):
    alone = replace(results, readings=results.readings[:1], reuse_spans=())
    words = make_report(replace(alone, findings=()))[0].words
    assert words.notes == ("Ikke sammenlignet med andre kommuners planer.",)
    assert "0 %" not in words.summary


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_own_words_are_said_to_be_so(make_report, results, language):
    words = make_report(replace(results, reuse_spans=(), findings=()), language=language)[0].words
    assert words.stretches == ()
    assert words.shares.own == words.shares.total


def test_source_named_by_one_sign_is_named(results):
    spans = (replace(results.reuse_spans[2], attribution=Attribution.QUOTED), results.reuse_spans[2])
    plan = collect_results(replace(results, reuse_spans=spans, findings=()))[0]
    assert [each.status for each in collect_attributed(plan)] == [AttributionStatus.QUOTED]


def test_reworked_text_is_never_counted(results):
    spans = tuple(replace(span, kind=ReuseKind.REWORKED) for span in results.reuse_spans)
    findings = tuple(each for each in results.findings if each.task is not Task.ATTRIBUTION)
    assert collect_attributed(collect_results(replace(results, reuse_spans=spans, findings=findings))[0]) == ()


def test_what_everybody_writes_is_boilerplate(results):
    plan = collect_results(replace(results, reuse_spans=results.reuse_spans[-1:], findings=()))[0]
    assert [each.status for each in collect_attributed(plan)] == [AttributionStatus.BOILERPLATE]


def test_name_of_the_municipality_copied_from_is_called_out(make_report, results, storelva):
    document = replace(storelva.document, text=storelva.document.text.replace("Kommunal sektor", "Granvik kommune"))
    readings = (results.readings[0], replace(storelva, document=document))
    report, _, _ = make_report(replace(results, readings=readings), number=1)
    changes = [change for each in report.words.municipal for change in each.changes]
    assert "Avsnittet nevner Granvik, kommunen som har den samme teksten." in changes


def test_who_was_first_is_said_only_where_it_is_known(make_report, results):
    span = replace(results.reuse_spans[0], order=Order.ADOPTED)
    known = make_report(replace(results, reuse_spans=(span,), findings=()))[0].words.municipal
    unknown = make_report(replace(results, reuse_spans=(replace(span, order=Order.UNKNOWN),), findings=()))[0].words
    assert [each.other_first for each in known] == [True]
    assert [each.other_first for each in unknown.municipal] == [False]


@pytest.mark.parametrize(
    ("source_id", "page", "expected"),
    [
        pytest.param(None, 1, "s. 1", id="a plan with pages"),
        pytest.param("stortingsmelding-00000001", 12, "s. 12", id="a national text"),
        pytest.param("stortingsmelding-00000001", 1, "", id="perhaps a text without pages"),
        pytest.param("stortingsmelding-00000001", None, "", id="not known"),
    ],
)
def test_page_of_the_source_is_shown(make_report, results, source_id, page, expected):
    span = results.reuse_spans[0]
    span = replace(span, source_id=source_id or span.source_id, source_page=page)
    (stretch,) = make_report(replace(results, reuse_spans=(span,), findings=()))[0].words.stretches
    assert stretch.source_page == expected
