"""The verdict and its four numbers."""

from dataclasses import replace

import pytest

from compliance.records import Certainty, DetailKind, Stance
from compliance.report.catalogue import load_catalogue
from compliance.report.views.verdict import join_words
from report_records import change_profile, rest_on, score_goal, take_measure


def numbers(report):
    return [(item.count, item.label) for item in report.verdict.numbers]


def test_numbers_add_up_to_the_number_of_goals(make_report):
    report, _, _ = make_report()
    assert numbers(report) == [(1, "konkret"), (1, "bare «skal»"), (1, "usikkert"), (1, "ikke funnet")]
    assert sum(item.count for item in report.verdict.numbers) == len(report.goals)


def test_unsure_goals_count_for_no_side(make_report, results, granvik):
    scores = tuple(replace(score, certainty=Certainty.UNSURE) for score in results.scores)
    report, _, _ = make_report(replace(results, scores=scores))
    assert [count for count, _ in numbers(report)] == [0, 0, 4, 0]
    assert "konkret om" not in report.verdict.sentence


def test_what_is_neither_concrete_nor_only_shall_is_told_by_its_parts(make_report, results, granvik):
    scores = (
        score_goal(granvik, "P1", 1, 3),
        score_goal(granvik, "P2", 3, 7),
        score_goal(granvik, "P3", 2, 4),
        score_goal(granvik, "P4", 2, 4),
    )
    report, _, _ = make_report(replace(results, scores=scores))
    between = report.verdict.numbers[1]
    assert (between.count, between.label) == (4, "ikke konkrete")
    assert between.meaning == "ett bare «skal», 2 omtalt og ett bare nevnt."
    assert between.squares == (3, 2, 2, 1)


def test_sentence_names_what_is_concrete_and_what_only_says_shall(make_report):
    report, _, _ = make_report()
    assert report.verdict.sentence == (
        "Strategien er konkret om trygghet hjemme. Tjenester som henger sammen står bare med «skal». "
        "Ett nasjonalt mål er ikke funnet."
    )


def test_planning_programme_asks_and_promises_nothing(make_report, results, granvik, storelva):
    programme = change_profile(granvik, document_type="planprogram")
    report, _, _ = make_report(replace(results, readings=(programme, storelva)))
    assert report.verdict.sentence.startswith("Planprogrammet stiller spørsmål om 2 mål. Det skal ikke love noe.")
    assert report.verdict.numbers[0].label == "tatt opp"
    assert report.commitments == ()
    assert {action.kind.value for action in report.actions} <= {"source", "in_force", "stand"}


def test_budget_tells_money_first(make_report, results, granvik, storelva):
    budget = change_profile(granvik, document_type="okonomiplan")
    row = "Trygghetsalarmer | 1 200 | 900"
    money = take_measure(granvik, 12, "P1", row, (DetailKind.SUM, "1 200", "1200000"))
    measures, scores = (*results.measures, money), rest_on(results.scores, money)
    report, _, _ = make_report(replace(results, readings=(budget, storelva), measures=measures, scores=scores))
    assert report.verdict.sentence.startswith("Økonomiplanen har et beløp for ett mål: trygghet hjemme.")
    assert numbers(report)[:2] == [(1, "med beløp"), (1, "uten beløp")]
    assert report.actions[0].what == "Si hvor pengene er til ett mål uten beløp"


def test_rejected_money_is_still_named_nowhere_as_details(make_report, results, granvik):
    measure = replace(results.measures[0], stance=Stance.REJECTED)
    report, _, _ = make_report(replace(results, measures=(measure, *results.measures[1:])))
    assert next(goal for goal in report.goals if goal.id == "P1").details.missing == ("who", "when", "much")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        pytest.param("digitaliseringsstrategi", "Vi fant ikke noe mål der strategien med sikkerhet sier", id="plan"),
        pytest.param("okonomiplan", "Vi fant ikke noe mål der økonomiplanen med sikkerhet setter", id="budget"),
        pytest.param("planprogram", "Vi fant ikke noe mål som planprogrammet med sikkerhet tar opp.", id="programme"),
    ],
)
def test_document_is_named_in_small_letters_within_a_sentence(make_report, results, granvik, storelva, kind, sentence):
    scores = tuple(replace(score, certainty=Certainty.UNSURE) for score in results.scores)
    reading = change_profile(granvik, document_type=kind)
    report, _, _ = make_report(replace(results, readings=(reading, storelva), scores=scores, measures=()))
    assert report.verdict.sentence.startswith(sentence)


def test_verdict_that_stands_on_little_says_how_many_goals_are_unsure(make_report, results):
    assert "usikre" not in make_report()[0].verdict.sentence
    scores = tuple(replace(score, certainty=Certainty.UNSURE) for score in results.scores)
    report, _, _ = make_report(replace(results, scores=scores))
    assert report.verdict.sentence.endswith("4 mål er usikre. Les dem selv før du bruker tallene.")


def test_document_without_scores_says_so(make_report, results):
    report, _, _ = make_report(replace(results, scores=()))
    assert report.verdict.sentence == "Strategien er ikke vurdert mot nasjonale mål."
    assert report.verdict.numbers == ()


@pytest.mark.parametrize("language", ["nn", "en"])
def test_verdict_exists_in_every_language(make_report, language):
    report, _, _ = make_report(language=language)
    start = {"nn": "Strategien er konkret om tryggleik heime.", "en": "The strategy is concrete on trygghet hjemme."}
    assert report.verdict.sentence.startswith(start[language])


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        pytest.param(["data", "sikkerhet"], "data og sikkerhet", id="two"),
        pytest.param(["data", "sikkerhet og personvern"], "data, og sikkerhet og personvern", id="a pair last"),
        pytest.param(["plan og styring", "data", "arkiv"], "plan og styring, data, og arkiv", id="a pair first"),
    ],
)
def test_names_that_are_pairs_are_set_apart(words, joined):
    assert join_words(words, load_catalogue("nb")) == joined
