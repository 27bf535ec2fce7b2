"""The measures a document binds itself to."""

from dataclasses import replace

import pytest

from compliance.config import ScoreConfig
from compliance.records import Detail, DetailKind, Stance, TableRow
from compliance.report.catalogue import load_catalogue
from compliance.report.views.commitments import write_deadline, write_sum
from report_records import rest_on, share_official, take_measure

NB = load_catalogue("nb")


def test_commitment_has_owner_deadline_and_holes(make_report):
    alarms, forms = make_report()[0].commitments
    assert (alarms.owner, alarms.deadlines, alarms.past, alarms.holes) == (
        "Hjemmetjenesten",
        ("2025",),
        True,
        ("much",),
    )
    assert forms.text == "Alle skjemaer skal kunne fylles ut på mobil."
    assert forms.holes == ("who", "when", "much")


def test_clause_that_speaks_for_two_goals_is_listed_once(make_report, results):
    twin = replace(results.measures[0], goal="P3")
    changed = replace(results, measures=(*results.measures, twin), scores=rest_on(results.scores, twin))
    commitments = make_report(changed)[0].commitments
    assert [each.goals for each in commitments] == [("P1", "P3"), ("P2",)]


def test_clause_is_a_commitment_only_where_the_document_is_bound_to_its_goal(make_report, results, granvik):
    elsewhere = take_measure(granvik, 12, "P1", "Trygghetsalarmer | 1 200 | 900")
    named = take_measure(granvik, 12, "P4", "Trygghetsalarmer | 1 200 | 900")
    measures = (elsewhere, named)
    assert make_report(replace(results, measures=measures))[0].commitments == ()
    scores = rest_on(results.scores, named, value=2)
    assert make_report(replace(results, measures=measures, scores=scores))[0].commitments == ()
    scores = rest_on(results.scores, elsewhere)
    assert len(make_report(replace(results, measures=measures, scores=scores))[0].commitments) == 1


@pytest.mark.parametrize("stance", [Stance.WISHED, Stance.REJECTED, Stance.ASKED, Stance.DESCRIBED])
def test_what_binds_nobody_is_no_commitment(make_report, results, stance):
    measures = tuple(replace(each, stance=stance) for each in results.measures)
    assert make_report(replace(results, measures=measures))[0].commitments == ()


def test_copied_words_are_no_commitment(make_report, results):
    measures = tuple(replace(each, copied=True) for each in results.measures)
    assert make_report(replace(results, measures=measures))[0].commitments == ()


@pytest.mark.parametrize(("bound", "listed"), [(0.5, False), (0.7, False), (0.8, True)])
def test_a_clause_is_anothers_from_where_scoring_takes_it_so(make_report, results, granvik, bound, listed):
    """Three quarters of the clause are national wording; where scoring allows that, the report must not hide it."""
    shared = share_official(granvik, 7, "• Alle skjemaer skal kunne fylles ut")
    assert len(shared.source_text) == 0
    assert 0.7 < (shared.end - shared.start) / len(granvik.passages[7].text) < 0.8
    changed = replace(results, reuse_spans=(*results.reuse_spans, shared))
    report = make_report(changed, score=ScoreConfig(max_copied_share=bound))[0]
    assert ("Alle skjemaer skal kunne fylles ut på mobil." in [each.text for each in report.commitments]) is listed


def test_national_wording_with_an_owner_of_its_own_is_the_plans(make_report, results, granvik):
    words = "Alle skjemaer skal kunne fylles ut"
    measure = take_measure(granvik, 7, "P2", "• Alle skjemaer skal kunne fylles ut på mobil.")
    shared = share_official(granvik, 7, f"• {words}")
    start = granvik.passages[7].start + granvik.passages[7].text.index("på mobil")
    for added, listed in (((), False), ((Detail(DetailKind.ACTOR, start, start + 8, "på mobil"),), True)):
        changed = replace(
            results,
            measures=(*results.measures[:1], replace(measure, details=added), *results.measures[2:]),
            reuse_spans=(*results.reuse_spans, shared),
        )
        told = [each.text for each in make_report(changed)[0].commitments]
        assert any(words in each for each in told) is listed


def test_a_clause_that_goes_on_is_shown_from_the_beginning_of_its_sentence(make_report, results, granvik):
    passage = granvik.passages[3]
    words = "Hjemmetjenesten har ikke alarmer, men skal innføre dem i 2027."
    text = (
        granvik.document.text[: passage.start]
        + words.ljust(passage.end - passage.start)
        + granvik.document.text[passage.end :]
    )
    changed = replace(
        passage, text=text[passage.start : passage.end], sentences=((passage.start, passage.start + len(words)),)
    )
    reading = replace(
        granvik,
        document=replace(granvik.document, text=text),
        passages=(*granvik.passages[:3], changed, *granvik.passages[4:]),
    )
    measure = take_measure(reading, 3, "P1", "men skal innføre dem i 2027.")
    told = make_report(replace(results, readings=(reading, *results.readings[1:]), measures=(measure,)))[0].commitments
    assert [each.text for each in told] == [words]


def test_how_often_tells_when_and_not_how_much(make_report, results, granvik):
    details = (DetailKind.TARGET, "2023", "to ganger i året"), (DetailKind.TARGET, "alarmene", "80 prosent")
    words = "Hjemmetjenesten innfører alarmene i Ytrebygd i 2023"
    measure = take_measure(granvik, 3, "P1", words, *details)
    (commitment,) = make_report(replace(results, measures=(measure,)))[0].commitments
    assert (commitment.rhythm, commitment.gain, commitment.holes) == ("to ganger i året", "80 prosent", ("who",))


def test_what_is_done_is_never_past(make_report, results, granvik):
    words = "Hjemmetjenesten innfører alarmene i Ytrebygd i 2023"
    details = (DetailKind.DATE, "2023", "2023"), (DetailKind.DONE, "innfører", "innfører")
    done = take_measure(granvik, 3, "P1", words, *details, stance=Stance.DONE)
    (commitment,) = make_report(replace(results, measures=(done,)))[0].commitments
    assert (commitment.done, commitment.past) == (True, False)


def test_what_has_a_day_to_come_is_not_told_to_be_done(make_report, results, granvik):
    words = granvik.passages[3].text[:40]
    details = ((DetailKind.DONE, words[:4], words[:4]), (DetailKind.DATE, words[5:9], "2099"))
    begun = take_measure(granvik, 3, "P1", words, *details, stance=Stance.DONE)
    (commitment,) = make_report(replace(results, measures=(begun,)))[0].commitments
    assert (commitment.done, commitment.deadlines) == (False, ("2099",))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("400000", "400\u00a0000 kr", id="kroner"),
        pytest.param("10000000", "10 mill. kr", id="whole millions"),
        pytest.param("1300000", "1,3 mill. kr", id="tenths of millions"),
        pytest.param("om lag 2 mill.", "om lag 2 mill.", id="as written"),
    ],
)
def test_sums_are_written_as_readers_do(value, written):
    assert write_sum(value, NB) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [("2026-06-30", "30. juni 2026"), ("2026", "2026"), ("2026/2028", "2026–2028")],
    ids=["day", "year", "years"],
)
def test_deadlines_are_written_as_readers_do(value, written):
    assert write_deadline(value, NB) == written


def test_heading_and_national_wording_are_no_commitments(make_report, results, granvik):
    heading, copied = granvik.passages[2], granvik.passages[9]
    measures = (
        take_measure(granvik, 2, "P1", heading.text),
        take_measure(granvik, 9, "P2", "Vi spør ikke innbyggerne om opplysninger som kommunen alt har."),
        take_measure(granvik, 9, "P2", "Byggesak går først i 2023.", (DetailKind.DATE, "2023", "2023")),
    )
    commitments = make_report(replace(results, measures=measures))[0].commitments
    assert [each.text for each in commitments] == ["Byggesak går først i 2023."]
    assert copied.id == commitments[0].passage_id


def test_deadline_without_a_year_is_shown_as_written_and_never_past(make_report, results, granvik):
    words = "Alle skjemaer skal kunne fylles ut på mobil."
    running = take_measure(granvik, 7, "P1", words, (DetailKind.DATE, "skal", "løpende"))
    scores = rest_on(results.scores, running)
    (commitment,) = make_report(replace(results, measures=(running,), scores=scores))[0].commitments
    assert (commitment.past, write_deadline(commitment.deadlines[0], NB)) == (False, "løpende")


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        pytest.param("Havnesund kommune skriver: «Kommunen skal svare på nett.»", 0, id="another's words"),
        pytest.param("«Kommunen skal svare på nett.»", 1, id="motto"),
        pytest.param("Mål: Kommunen skal svare på nett.", 1, id="colon alone"),
    ],
)
def test_words_quoted_after_who_wrote_them_are_no_commitment(make_report, results, granvik, storelva, words, listed):
    passage = granvik.passages[12]
    document = granvik.document
    text = document.text[: passage.start] + words
    reading = replace(granvik, document=replace(document, text=text))
    measure = replace(take_measure(granvik, 12, "P1", passage.text), end=len(text))
    changed = replace(
        results, readings=(reading, storelva), measures=(measure,), scores=rest_on(results.scores, measure)
    )
    assert len(make_report(changed)[0].commitments) == listed


@pytest.mark.parametrize(
    ("value", "written"),
    [("-2600000", "\u22122,6 mill. kr"), ("-640000", "\u2212640\u00a0000 kr")],
)
def test_what_is_saved_has_a_minus_and_the_words_of_a_sum(value, written):
    assert write_sum(value, NB) == written


def as_row(results, granvik, header, cells, sums, owner=None):
    """Return the results with a table's row in place of the measures list's, and a measure that holds these sums."""
    text = " | ".join(cells)
    row = replace(granvik.passages[12], text=text, table=TableRow(header, cells, unit="1000 kr"))
    reading = replace(granvik, passages=(*granvik.passages[:12], row, *granvik.passages[13:]))
    details = [(DetailKind.SUM, words, value) for words, value in sums]
    measure = take_measure(reading, 12, "P1", text, *details)
    scores = rest_on(results.scores, measure)
    return replace(results, readings=(reading, *results.readings[1:]), measures=(measure,), scores=scores)


def test_sums_of_a_budget_row_stand_with_their_years_and_the_row_without_its_figures(make_report, results, granvik):
    cells = tuple(granvik.passages[12].text.split(" | "))
    sums = [(cells[1], "1200000"), (cells[2], "900000")]
    (found,) = make_report(as_row(results, granvik, ("Tiltak", "2025", "2026"), cells, sums))[0].commitments
    assert (found.text, found.money) == ("Trygghetsalarmer", "1,2 mill. kr (2025), 900\u00a0000 kr (2026)")


def test_an_owner_that_is_left_open_is_not_what_a_row_is_about(make_report, results, granvik):
    row = as_row(results, granvik, ("Tiltak", "Ansvar"), ("Trygghetsalarmer", "Uavklart"), [])
    (found,) = make_report(row)[0].commitments
    assert (found.text, found.owner) == ("Trygghetsalarmer", "")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (("Nr.", "Tiltak", "Frist", "Kostnad"), ("1", "Trygghetsalarmer", "Senere", "Innenfor rammen")),
        (("Tiltak", "Oppstart", "Ferdig"), ("Tryggleiksalarmar", "Haust 2031", "Våren 2033")),
        (("Tiltak", "Hovedansvar", "Medvirkende"), ("Trygghetsalarmer", "Ikke avklart", "Alle enheter")),
        (("Prosjekt", "Finansiering", "Status"), ("Trygghetsalarmer", "Avklares senere", "Ikke startet")),
    ],
)
def test_when_and_how_much_are_not_what_a_row_is_about(make_report, results, granvik, header, cells):
    (found,) = make_report(as_row(results, granvik, header, cells, []))[0].commitments
    assert found.text in {"Trygghetsalarmer", "Tryggleiksalarmar"}


def test_what_a_row_is_about_and_its_indicator_stand_apart(make_report, results, granvik):
    row = as_row(results, granvik, ("Mål", "Indikator", "Mål 2031"), ("Åpne data", "Datasett", "40"), [])
    assert [each.text for each in make_report(row)[0].commitments] == ["Åpne data – Datasett"]


def test_total_of_a_budget_row_is_not_told_as_more_money(make_report, results, granvik):
    cells = tuple(granvik.passages[12].text.split(" | "))
    sums = [(cells[1], "1200000"), (cells[2], "900000")]
    (found,) = make_report(as_row(results, granvik, ("Tiltak", "2025", "Sum"), cells, sums))[0].commitments
    assert found.money == "1,2 mill. kr (2025)"
