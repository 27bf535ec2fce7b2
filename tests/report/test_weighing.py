"""How sure a judgement is, and what it weighed, in words."""

from dataclasses import replace

import pytest

from compliance.config import ReportConfig
from compliance.records import (
    Evidence,
    EvidenceKind,
    Finding,
    Method,
    Task,
)
from compliance.report.catalogue import LANGUAGES, load_catalogue
from compliance.report.presentation import Presentation, TrainedJudgement
from compliance.report.weighing import MAX_EXAMPLE, tell_certainty, weigh_finding

MODEL = TrainedJudgement(frozenset({("goals", "before")}), {"vika#0001": "Vi tester. " * 60}, True)
FINDING = Finding("plan-00000000", "plan-00000000:0000", Task.GOALS, "P1", 0.83, (), method=Method.MODEL)


@pytest.fixture
def weigh():
    presentation = Presentation(load_catalogue("nb"), ReportConfig(), (), {}, {}, MODEL)

    def weigh_with(model=MODEL, **changes):
        return weigh_finding(replace(FINDING, **changes), presentation=replace(presentation, trained=model))

    return weigh_with


@pytest.mark.parametrize(
    ("probability", "told"),
    [
        (1.0, "svært sikker, 0,99"),  # nothing is certain
        (0.9, "svært sikker, 0,90"),
        (0.83, "ganske sikker, 0,83"),
        (0.6, "litt usikker, 0,60"),
        (0.34, "usikker, 0,34"),
    ],
)
def test_probability_is_told_in_words_and_as_a_number(probability, told):
    assert tell_certainty(probability, texts=load_catalogue("nb")) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_surer_is_told_otherwise_than_less_sure(language):
    texts = load_catalogue(language)
    told = {tell_certainty(probability, texts=texts).split(",")[0] for probability in (0.95, 0.8, 0.65, 0.4)}
    assert len(told) == 4


def test_number_above_the_usual_speaks_for_where_its_weight_is_positive(weigh):
    weighing = weigh(features=(("terms", 1.2), ("meaning", -0.5)))
    assert weighing.reasons == ("ord fra temaet står i avsnittet",)
    assert weighing.objections == ("språkmodellen finner mindre av temaet her enn vanlig",)


def test_number_above_the_usual_speaks_against_where_its_weight_is_negative(weigh):
    weighing = weigh(features=(("before", -0.6),))
    assert weighing.objections == ("avsnittet foran handler mer om temaet enn vanlig, og da skjer det sjeldnere her",)


def test_what_weighs_little_and_what_has_no_words_is_left_out(weigh):
    weighing = weigh(features=(("terms", 0.05), ("unheard_of", 2.0)))
    assert (weighing.reasons, weighing.objections) == ((), ())


def test_weightiest_come_first_and_three_at_most(weigh):
    features = (("around", 0.2), ("terms", 0.9), ("meaning", 2.0), ("digital", 0.3))
    assert weigh(features=features).reasons == (
        "språkmodellen finner mer av temaet her enn vanlig",
        "ord fra temaet står i avsnittet",
        "teksten handler om digitalisering",
    )


def test_open_goal_is_explained_as_goals_are(weigh):
    assert weigh(task=Task.REVIEW, features=(("before", 0.6),)).reasons == (
        "avsnittet foran handler mindre om temaet enn vanlig",
    )


def test_level_has_words_of_its_own(weigh):
    weighing = weigh(task=Task.LEVEL, label="commitment", features=(("meaning", -0.5),))
    assert weighing.objections == ("språkmodellen trekker mot et lavere nivå",)


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param({"method": Method.RULES}, id="a goal that the model does not know"),
        pytest.param({"model": None}, id="rules alone"),
    ],
)
def test_scores_of_rules_are_not_told_as_probabilities(weigh, finding):
    assert weigh(**finding) is None


@pytest.mark.parametrize(("cosine", "alike"), [(0.71, True), (0.2, False)], ids=["alike", "only the nearest"])
def test_labelled_passage_is_shown_shortened(weigh, cosine, alike):
    example = weigh(evidence=(Evidence(EvidenceKind.EXAMPLE, "vika#0001", cosine),)).example
    assert example.alike == alike
    assert example.invented
    assert len(example.text) <= MAX_EXAMPLE
    assert example.text.endswith(" …")


def test_labelled_passage_that_is_not_at_hand_is_not_shown(weigh):
    assert weigh(evidence=(Evidence(EvidenceKind.EXAMPLE, "annen#0001", 0.7),)).example is None


def test_what_one_feature_takes_back_of_another_is_not_told(weigh):
    weighing = weigh(features=(("terms", 1.2), ("terms_in_digital", -0.5), ("terms_of_goals", -0.2)))
    assert (weighing.reasons, weighing.objections) == (("ord fra temaet står i avsnittet",), ())


def test_what_speaks_the_other_way_than_one_would_think_says_why(weigh):
    model = replace(MODEL, falling=frozenset({("goals", "any_goal")}))
    much, little = weigh(model, features=(("any_goal", -0.8),)), weigh(model, features=(("any_goal", 0.8),))
    assert much.objections == ("dokumentet handler mer om nasjonale mål enn vanlig, så avsnittet må skille seg ut",)
    assert little.reasons == ("dokumentet handler mindre om nasjonale mål enn vanlig, så avsnittet skiller seg ut",)


def test_what_a_passage_is_not_is_no_reason(weigh):
    assert weigh(features=(("heading", -0.5),)).objections == ()


def test_doubt_without_an_objection_is_told_as_rarity(weigh):
    rare = ("de fleste avsnitt handler ikke om dette, så det skal mye til",)
    assert weigh(score=0.5, features=(("terms", 0.9),)).objections == rare
    assert weigh(score=0.9, features=(("terms", 0.9),)).objections == ()
    assert weigh(task=Task.LEVEL, label="intention", score=0.5).objections == ()
