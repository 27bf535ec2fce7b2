"""Remarks at places: few, and each to be acted on."""

from collections import Counter
from dataclasses import replace

from compliance.report.remarks import MAX_A_PAGE, RemarkKind, list_remarks
from report_records import take_measure


def remarks_of(made):
    report, plan, context = made
    return list_remarks(report, plan, context=context)


def test_remark_is_at_the_words_it_is_about(make_report, granvik):
    remarks = remarks_of(make_report())
    found = {remark.kind: granvik.document.text[slice(*remark.span)] for remark in remarks}
    assert found[RemarkKind.NO_OWNER] == "• Alle skjemaer skal kunne fylles ut på mobil."
    assert found[RemarkKind.PAST_DEADLINE].startswith("Hjemmetjenesten innfører")
    assert found[RemarkKind.DOUBT].startswith("Kommunen bør vurdere")
    assert all(remark.text for remark in remarks)


def test_remark_asks_for_what_is_missing(make_report):
    remark = next(each for each in remarks_of(make_report()) if each.kind is RemarkKind.NO_OWNER)
    assert remark.text == "Hvem gjør det, og når er det ferdig? (Mål: P2.)"


def test_at_most_two_a_page_and_one_a_passage(make_report, results, granvik):
    more = [
        take_measure(granvik, index, goal, granvik.passages[index].text, value=3)
        for index in (6, 7, 8, 9)
        for goal in ("P1", "P2")
    ]
    remarks = remarks_of(make_report(replace(results, measures=(*results.measures, *more))))
    assert max(Counter(remark.page for remark in remarks).values()) <= MAX_A_PAGE
    assert max(Counter(remark.passage_id for remark in remarks).values()) == 1


def test_remarks_stand_in_reading_order(make_report):
    spans = [remark.span for remark in remarks_of(make_report())]
    assert spans == sorted(spans)


def test_document_without_pages_is_counted_by_length(make_report, results, granvik):
    document = replace(granvik.document, pages=(replace(granvik.document.pages[0], width=0.0, height=0.0),))
    readings = (replace(granvik, document=document), *results.readings[1:])
    remarks = remarks_of(make_report(replace(results, readings=readings)))
    assert {remark.page for remark in remarks} == {None}
    assert len(remarks) == MAX_A_PAGE


def test_run_without_measures_has_no_remarks_on_commitments(make_report, results):
    remarks = remarks_of(make_report(replace(results, measures=(), reviews=())))
    assert {remark.kind for remark in remarks} <= {RemarkKind.NO_SOURCE, RemarkKind.NAME_LEFT}
