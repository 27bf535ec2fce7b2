"""At most five things to do."""

from dataclasses import replace
from datetime import date

import pytest

from compliance.records import Attribution
from compliance.report.surroundings import Uptake
from compliance.report.views.actions import MAX_ACTIONS
from compliance.report.views.document import build_report
from report_records import change_profile


def by_kind(report):
    return {action.kind.value: action for action in report.actions}


def test_each_action_says_what_where_and_why(make_report):
    report, _, _ = make_report()
    assert [action.kind.value for action in report.actions] == ["name_and_date", "past", "source", "stand"]
    for action in report.actions[:3]:
        assert action.what
        assert action.where
        assert action.why
        assert action.pages
    assert len(report.actions) <= MAX_ACTIONS


def test_promise_without_name_and_date_is_the_first(make_report):
    action = by_kind(make_report()[0])["name_and_date"]
    assert action.where == "4.2 Digitale tjenester"
    assert action.pages == ("s. 7",)


def test_a_budget_is_asked_for_money_where_it_means_to_do_something(make_report, results, granvik):
    budget = change_profile(granvik, document_type="okonomiplan")
    told = tuple(replace(score, value=2) if score.label == "P1" else score for score in results.scores)
    changed = replace(results, readings=(budget, *results.readings[1:]), scores=told)
    action = by_kind(make_report(changed)[0])["money"]
    assert (action.what, action.where) == ("Si hvor pengene er til 2 mål uten beløp", "4.2 Digitale tjenester")


def test_others_words_are_no_place_for_a_name_and_a_date(make_report, results):
    measures = tuple(replace(each, copied=True) if each.goal == "P2" else each for each in results.measures)
    assert by_kind(make_report(replace(results, measures=measures))[0])["name_and_date"].where == ""


def test_past_deadlines_tell_how_many_of_all(make_report):
    action = by_kind(make_report()[0])["past"]
    assert action.why == "Den ene fristen er passert, i 2025."


def test_deadline_still_ahead_is_no_action(make_report, results):
    later = replace(results.measures[0], details=(replace(results.measures[0].details[1], value="2026-06-30"),))
    report, _, _ = make_report(replace(results, measures=(later, *results.measures[1:])))
    assert "past" not in by_kind(report)


def test_quoted_words_need_no_source(make_report, results):
    spans = tuple(replace(span, attribution=Attribution.QUOTED) for span in results.reuse_spans)
    assert "source" not in by_kind(make_report(replace(results, reuse_spans=spans))[0])


def test_words_of_ks_are_told_to_be_offered_for_use(make_report, results):
    spans = tuple(replace(span, source_id=span.source_id.replace("prove:", "ks:")) for span in results.reuse_spans)
    action = by_kind(make_report(replace(results, reuse_spans=spans))[0])["source"]
    assert "KS ber kommunene bruke strategien" in action.why


def test_goals_no_longer_in_force_are_told_where_the_text_names_them(make_report, results, guidelines, granvik):
    old = guidelines[0].model_copy(
        update={"document": "Digitale tjenester", "valid_to": date(2025, 12, 31), "replaced_by": "ny"}
    )
    new = old.model_copy(update={"id": "ny", "document": "Ny strategi", "goals": (), "valid_to": None})
    action = by_kind(make_report(sets=(old, new))[0])["in_force"]
    assert action.what == "Vis til nasjonale mål som gjelder nå"
    assert "Ny strategi gjelder" in action.why


def test_a_successor_that_has_ended_as_well_is_passed_over(make_report, guidelines):
    old = guidelines[0].model_copy(
        update={"document": "Digitale tjenester", "valid_to": date(2020, 12, 31), "replaced_by": "mellom"}
    )
    between = old.model_copy(update={"id": "mellom", "document": "Mellomstrategien", "replaced_by": "ny"})
    new = old.model_copy(update={"id": "ny", "document": "Ny strategi", "valid_to": None, "replaced_by": None})
    assert "Ny strategi gjelder" in by_kind(make_report(sets=(old, between, new))[0])["in_force"].why
    assert "in_force" not in by_kind(make_report(sets=(old, between))[0])


def test_goals_in_none_of_the_own_plans_ask_for_a_stand(make_report, results, storelva):
    own = change_profile(storelva, municipality="Granvik")
    report, _, _ = make_report(replace(results, readings=(results.readings[0], own)))
    assert by_kind(report)["stand"].what == "Ta stilling til ett mål som ingen av planene deres tar opp"


@pytest.mark.parametrize(
    ("uptake", "where"),
    [
        (None, ""),
        (Uptake("counted", 0, 4), ""),
        (Uptake("counted", 1, 4), "{} er vanligst hos andre"),
        (Uptake("few"), ""),
        (Uptake("some"), ""),
        (Uptake("many"), "{} er vanlig hos andre"),
    ],
)
def test_what_is_common_elsewhere_is_told_no_more_exactly_than_it_is_known(make_report, results, uptake, where):
    report, plan, context = make_report()
    missing = [goal for each in report.sets for goal in each.goals if goal.sure and not goal.step]
    around = replace(context.around, uptake={goal.id: uptake for goal in missing[:1] if uptake})
    again = build_report(plan, run=results.run, context=context.place(around))
    assert by_kind(again)["stand"].where == where.format(missing[0].short.text)


def test_wait_for_a_reader_before_advice_on_what_is_unsure(make_report, results):
    from compliance.records import Certainty

    scores = tuple(replace(score, certainty=Certainty.UNSURE) for score in results.scores)
    report, _, _ = make_report(replace(results, scores=scores))
    assert {"name_and_date", "stand"} & set(by_kind(report)) == set()
