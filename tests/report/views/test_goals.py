"""Goal by goal: details, quotes, advice, nearest text."""

from dataclasses import replace

import pytest

from compliance.records import BlockKind, Certainty, DetailKind, Language, Stance
from compliance.report.views.goals import LONG_LIST, MAX_QUOTES, QUOTE_CHARS
from compliance.report.views.nearest import list_searched
from report_records import change_profile, rest_on, score_goal, take_measure


def find(report, goal_id):
    return next(goal for goal in report.goals if goal.id == goal_id)


def test_details_tell_who_and_when_and_what_is_missing(make_report):
    goal = find(make_report()[0], "P1")
    assert (goal.details.who, goal.details.when, goal.details.much) == (True, True, False)
    assert goal.missing == "Ingen sum eller måltall. En frist er passert."
    assert goal.advice == "Skriv hva som er gjort. Er noe igjen, sett ny frist."


def test_words_that_say_who_and_when_are_marked_in_the_quote(make_report):
    (quote,) = find(make_report()[0], "P1").quotes
    assert [piece.text for piece in quote.pieces if piece.marked] == ["Hjemmetjenesten", "innen 2025"]
    assert quote.place.full == "s. 4, kap. 3"


def test_promise_without_owner_or_deadline_is_asked_for_them(make_report):
    goal = find(make_report()[0], "P2")
    assert goal.missing == "Ingen ansvarlig, ingen frist, ingen sum eller måltall."
    assert goal.advice == "«Alle skjemaer skal kunne fylles ut på …»: Hvem gjør det, og når er det ferdig?"


def test_what_is_done_is_told_and_nobody_is_asked_when(make_report, results, granvik):
    done = take_measure(granvik, 9, "P1", granvik.passages[9].text, stance=Stance.DONE)
    scores = tuple(replace(score, certainty=Certainty.CLEAR) for score in rest_on(results.scores, done))
    goal = find(make_report(replace(results, measures=(done,), scores=scores))[0], "P1")
    assert (goal.step, goal.sure, goal.advice) == (4, True, "")
    assert goal.missing == "Teksten sier at det er gjort, men ikke av hvem, når eller for hvor mye."


def test_what_is_done_with_a_figure_is_asked_for_neither_owner_nor_deadline(make_report, results, granvik):
    words = granvik.passages[9].text
    done = take_measure(granvik, 9, "P1", words, (DetailKind.TARGET, words[:4], "64"), stance=Stance.DONE)
    scores = tuple(replace(score, certainty=Certainty.CLEAR) for score in rest_on(results.scores, done))
    goal = find(make_report(replace(results, measures=(done,), scores=scores))[0], "P1")
    assert (goal.missing, goal.advice) == ("Teksten sier at det er gjort.", "")


def test_copied_measure_gives_no_details(make_report, results):
    copied = tuple(replace(measure, copied=True) for measure in results.measures)
    goal = find(make_report(replace(results, measures=copied))[0], "P1")
    assert goal.details.missing == ("who", "when", "much")
    assert goal.measures == ()


def test_old_run_without_measures_shows_passages_and_claims_nothing_of_details(make_report, results):
    scores = tuple(replace(score, certainty=Certainty.UNSURE, at_least=()) for score in results.scores)
    report, _, _ = make_report(replace(results, measures=(), reviews=(), criteria=(), scores=scores))
    goal = find(report, "P1")
    assert goal.details is None
    assert "trygghetsalarmer" in goal.quotes[0].text
    assert report.outdated


def test_goal_on_the_same_text_points_to_the_first(make_report, results):
    twin = replace(results.measures[0], goal="P3")
    scores = rest_on(results.scores, twin)
    goal = find(make_report(replace(results, measures=(*results.measures, twin), scores=scores))[0], "P3")
    assert (goal.same_as, goal.quotes) == ("P1", ())


def test_at_most_two_quotes_a_goal_and_each_of_limited_length(make_report, results, granvik):
    words = [granvik.passages[index].text for index in (3, 6, 9)]
    more = [take_measure(granvik, index, "P1", text) for index, text in zip((3, 6, 9), words, strict=True)]
    goal = find(make_report(replace(results, measures=(*results.measures, *more)))[0], "P1")
    assert len(goal.quotes) == MAX_QUOTES
    assert all(len(quote.text) <= QUOTE_CHARS + 4 for quote in goal.quotes)


def test_quote_that_stands_alone_is_the_one_that_says_most(make_report, results, granvik):
    when = take_measure(granvik, 9, "P1", granvik.passages[9].text, (DetailKind.DATE, "Vi", "2027"))
    goal = find(make_report(replace(results, measures=(when, *results.measures)))[0], "P1")
    assert [piece.text for piece in goal.quotes[0].pieces if piece.marked] == ["Hjemmetjenesten", "innen 2025"]


@pytest.mark.parametrize(
    ("terms", "nb", "nn"),
    [
        pytest.param(
            ["livsløpsforvalt*", "arkivplan*", "noark*", "systemeier*", "dokumentsenter*"],
            ("arkivplan", "noark", "systemeier"),
            ("arkivplan", "noark", "systemeier"),
            id="half words last",
        ),
        pytest.param(["tjenestedesign*", "tenestedesign*"], ("tjenestedesign",), ("tenestedesign",), id="own language"),
    ],
)
def test_words_searched_for_are_whole_and_in_the_plans_language(make_report, results, guidelines, terms, nb, nn):
    searched = type(guidelines[0].goals[2].vocabulary).model_validate({"strong": {"common": terms}})
    goal = guidelines[0].goals[2].model_copy(update={"vocabulary": searched})
    assert list_searched(goal, Language.NB) == nb
    assert list_searched(goal, Language.NN) == nn


def test_long_list_of_goals_has_one_quote_each(make_report, results, granvik, guidelines):
    base = guidelines[0]
    goals = tuple(base.goals[0].model_copy(update={"id": f"Q{number}"}) for number in range(LONG_LIST + 1))
    measures = tuple(replace(each, goal="Q0") for each in results.measures)
    scores = tuple(score_goal(granvik, goal.id, 4, 3) for goal in goals)
    report, _, _ = make_report(
        replace(results, measures=measures, scores=scores), sets=(base.model_copy(update={"goals": goals}),)
    )
    assert len(find(report, "Q0").quotes) == 1


def test_goal_not_found_tells_what_was_searched_for(make_report):
    goal = find(make_report()[0], "P3")
    assert goal.searched == ("åpne data",)
    assert goal.nearest is None


def test_goal_not_found_shows_what_the_analysis_was_in_doubt_about(make_report, results, granvik):
    from compliance.records import Finding, Task

    doubt = Finding(granvik.document.id, granvik.passages[9].id, Task.REVIEW, "P3", 0.4, ())
    goal = find(make_report(replace(results, findings=(*results.findings, doubt)))[0], "P3")
    assert goal.nearest.text.startswith("Vi spør ikke innbyggerne")


def test_nearest_text_shares_telling_words_with_the_goal(make_report, results, granvik, guidelines):
    base = guidelines[0]
    title = {"nb": "Trygghetsalarmer i Ytrebygd", "nn": "Tryggleiksalarmar i Ytrebygd"}
    goal = base.goals[2].model_copy(update={"title": type(base.goals[2].title).model_validate(title)})
    sets = (base.model_copy(update={"goals": (*base.goals[:2], goal, base.goals[3])}),)
    nearest = find(make_report(sets=sets)[0], "P3").nearest
    assert nearest is not None
    assert "Ytrebygd" in nearest.text


def test_a_list_of_sources_is_not_near_to_anything(make_report, results, granvik, guidelines):
    first = next(each for each in granvik.passages if each.text.startswith("Vi spør ikke innbyggerne"))
    title = replace(granvik.passages[first.index - 1], kind=BlockKind.PARAGRAPH, text="Kilder")
    passages = (*granvik.passages[: title.index], title, *granvik.passages[first.index :])
    listed = replace(granvik, passages=passages)
    base = guidelines[0]
    searched = type(base.goals[2].vocabulary).model_validate({"strong": {"common": ["innbyggerne om"]}})
    goal = base.goals[2].model_copy(update={"vocabulary": searched})
    sets = (base.model_copy(update={"goals": (*base.goals[:2], goal, base.goals[3])}),)
    report = make_report(replace(results, readings=(listed, *results.readings[1:])), sets=sets)[0]
    assert find(report, "P3").nearest is None


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param("innbyggerne om", True, id="words that follow each other"),
        pytest.param("om innbyggerne", False, id="in another order"),
        pytest.param("spør* & innbygger*", True, id="in one sentence"),
        pytest.param("trygghetsalarm* & innbygger*", False, id="in two sentences"),
    ],
)
def test_nearest_text_has_the_words_that_were_searched_for(make_report, results, granvik, guidelines, term, found):
    base = guidelines[0]
    searched = type(base.goals[2].vocabulary).model_validate({"strong": {"common": [term]}})
    goal = base.goals[2].model_copy(update={"vocabulary": searched})
    sets = (base.model_copy(update={"goals": (*base.goals[:2], goal, base.goals[3])}),)
    nearest = find(make_report(sets=sets)[0], "P3").nearest
    assert (nearest is not None and nearest.text.startswith("Vi spør ikke innbyggerne om")) is found


def test_goal_in_another_plan_of_the_municipality_is_told(make_report, results, storelva):
    own = change_profile(storelva, municipality="Granvik")
    scores = tuple(
        replace(score, value=2) if (score.label, score.document_id) == ("P3", own.document.id) else score
        for score in results.scores
    )
    report, _, _ = make_report(replace(results, readings=(results.readings[0], own), scores=scores))
    assert find(report, "P3").elsewhere == ("Temaplan for oppvekst i Storelva",)
    assert report.verdict.numbers[3].meaning == "Ett av dem står i en annen plan dere har."


def test_clause_of_a_passage_that_hardly_speaks_for_the_goal_is_not_quoted(make_report, results, granvik):
    words = "Innbyggertorget svarer på chat mellom klokka 9 og 15."
    stray = take_measure(granvik, 8, "P1", words, (DetailKind.ACTOR, "Innbyggertorget", "Innbyggertorget"))
    goal = find(make_report(replace(results, measures=(stray, *results.measures)))[0], "P1")
    assert all(words not in quote.text for quote in goal.quotes)


def test_concrete_goal_without_a_concrete_clause_to_show_is_unsure(make_report, results):
    measures = tuple(replace(each, value=3) if each.goal == "P1" else each for each in results.measures)
    goal = find(make_report(replace(results, measures=measures))[0], "P1")
    assert (goal.step, goal.certainty) == (4, Certainty.UNSURE)
    scores = tuple(replace(score, certainty=Certainty.CONFIRMED) for score in results.scores)
    assert find(make_report(replace(results, measures=measures, scores=scores))[0], "P1").sure


def test_wording_without_a_source_is_marked_on_the_goal(make_report):
    assert find(make_report()[0], "P2").unattributed


def test_sum_counts_as_how_much(make_report, results, granvik):
    row = take_measure(granvik, 12, "P1", "Trygghetsalarmer | 1 200 | 900", (DetailKind.SUM, "1 200", "1200000"))
    changed = replace(results, measures=(*results.measures, row), scores=rest_on(results.scores, row))
    goal = find(make_report(changed)[0], "P1")
    assert goal.details.missing == ()
    assert goal.missing.startswith("Ingenting.")


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ((), "Ingenting, men ikke alt står i sitatet. En frist er passert."),
        (
            ((DetailKind.ACTOR, "Trygg", "Rektor"),),
            "Ingenting. En frist er passert, i «Hjemmetjenesten innfører alarmene i …».",
        ),
    ],
)
def test_what_the_quote_does_not_show_is_told_to_stand_elsewhere(
    make_report, results, granvik, monkeypatch, owner, said
):
    monkeypatch.setattr("compliance.report.views.goals.MAX_QUOTES", 1)
    details = [(DetailKind.SUM, "1 200", "1200000"), (DetailKind.DATE, "900", "2099"), *owner]
    row = take_measure(granvik, 12, "P1", "Trygghetsalarmer | 1 200 | 900", *details)
    changed = replace(results, measures=(*results.measures, row), scores=rest_on(results.scores, row))
    assert find(make_report(changed)[0], "P1").missing == said


@pytest.mark.parametrize(
    ("certainty", "said"),
    [
        (Certainty.CLEAR, ""),
        (Certainty.LIKELY, "Vi fant det ikke, men planen kan si det med ord vi ikke lette etter."),
        (Certainty.UNSURE, "Planen kan ta opp målet med ord vi ikke lette etter."),
    ],
)
def test_what_is_not_found_says_how_far_to_trust_that(make_report, results, granvik, certainty, said):
    absent = score_goal(granvik, "P3", 0, certainty=certainty)
    scores = tuple(absent if each == score_goal(granvik, "P3", 0) else each for each in results.scores)
    report = make_report(replace(results, scores=scores))[0]
    goal = find(report, "P3")
    assert goal.missing == said
    assert ("kan ha oversett" in report.verdict.sentence) is (certainty is Certainty.LIKELY)
