from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyse.classification.models import ENCODER, make_analyser, make_model, trust
from analyse.stages import find_by_rules, load_goals
from builders import make_reading
from compliance.analyse.classification.decide import MAX_ELEMENTS
from compliance.analyse.classification.examples import Examples, LabelledPassage
from compliance.analyse.classification.implied import Implied
from compliance.analyse.classification.probe import LEVEL_STEPS
from compliance.analyse.classification.windows import cut_windows
from compliance.analyse.context import outline_passages
from compliance.config import AnalyseConfig
from compliance.records import ELEMENTS, BlockKind, EvidenceCode, EvidenceKind, Finding, Method, Task

SECURITY = "Informasjonssikkerhet og personvern skal ivaretas med internkontroll i alle digitale løsninger."
ROADS = "Kommunen bygger ny bru over elva."
READING = make_reading([(BlockKind.HEADING, "Sikkerhet"), SECURITY, ROADS])


def classify(reading=READING, *, model=None, doubt=(0.0, 0.0), goals=()):
    config = AnalyseConfig(review_from=doubt[0], review_below=doubt[1])
    analyser = make_analyser(model, config=config, goals=goals)
    return [each for each in analyser.analyse(reading) if isinstance(each, Finding)]


def find_level(found):
    (level,) = [each for each in found if each.task is Task.LEVEL and each.passage_id == READING.passages[1].id]
    return level


def test_every_passage_gets_one_level() -> None:
    levels = [finding.passage_id for finding in classify() if finding.task is Task.LEVEL]
    assert levels == [passage.id for passage in READING.passages]


def test_a_passage_gets_its_three_likeliest_elements_the_likeliest_first() -> None:
    any_element = trust(ELEMENTS, 1.0, words=8.0)  # every element is likely
    found = [each for each in classify(model=make_model(elements=any_element)) if each.task is Task.ELEMENTS]
    for passage in READING.passages:
        scores = [each.score for each in found if each.passage_id == passage.id]
        assert len(scores) == MAX_ELEMENTS
        assert scores == sorted(scores, reverse=True)


def test_findings_come_in_the_order_of_the_passages() -> None:
    order = [finding.passage_id for finding in classify()]
    assert order == sorted(order)


def test_a_goal_comes_with_its_words_its_example_and_what_it_was_made_of() -> None:
    (finding,) = [each for each in classify() if each.task is Task.GOALS and each.label == "DA5"]
    kinds = {item.kind for item in finding.evidence}
    assert {EvidenceKind.TERM, EvidenceKind.EXAMPLE, EvidenceKind.EMBEDDING} <= kinds
    assert next(item.reference for item in finding.evidence if item.kind is EvidenceKind.EXAMPLE) == "plan#p2"
    assert finding.features[0][0] == "terms"
    assert finding.method is Method.MODEL


def test_a_goal_that_another_brings_says_which_and_rests_on_its_numbers() -> None:
    (bringing,) = [each for each in classify() if each.task is Task.GOALS and each.label == "DA5"]
    model = replace(make_model(), implied=(Implied("DA5", "EN3", 1.0),))
    (brought,) = [each for each in classify(model=model) if each.task is Task.GOALS and each.label == "EN3"]
    assert brought.score == bringing.score
    assert brought.features == bringing.features
    assert (brought.evidence[-1].code, brought.evidence[-1].reference) == (EvidenceCode.BROUGHT, "DA5")


def test_the_example_is_the_most_similar_passage_with_the_goal() -> None:
    model = make_model()
    near, far = (np.array(sign * model.probe.standardise(encode(SECURITY)) * 127, np.int8) for sign in (1, -1))
    passages = tuple(LabelledPassage(f"plan#{name}", name, ("DA5",)) for name in ("far", "near"))
    examples = Examples(passages, np.array([far, near]))
    found = classify(model=replace(model, examples=examples))
    (finding,) = [each for each in found if each.task is Task.GOALS and each.label == "DA5"]
    assert next(item.reference for item in finding.evidence if item.kind is EvidenceKind.EXAMPLE) == "plan#near"


def encode(text):
    index = [passage.text for passage in READING.passages].index(text)
    return ENCODER.encode(cut_windows(outline_passages(READING.passages)))[index]


def test_passages_around_that_speak_for_the_goal_are_evidence() -> None:
    reading = make_reading([SECURITY, ROADS, SECURITY])
    for_security = [each for each in classify(reading) if each.task is Task.GOALS and each.label == "DA5"]
    around = [item.score for item in for_security[0].evidence if item.kind is EvidenceKind.NEIGHBOUR]
    assert around == [pytest.approx(1 / 3, abs=1e-4)]


def test_a_goal_of_a_set_that_is_not_in_use_is_not_given() -> None:
    labels = {each.label for each in classify(goals=("KS5.1",)) if each.task is Task.GOALS}
    assert labels == {"KS5.1"}


@pytest.mark.parametrize(
    ("low", "high", "listed"),
    [
        pytest.param(0.0, 0.0, False, id="nothing is doubtful"),
        pytest.param(0.5, 1.0, True, id="what is between is for a reader"),
    ],
)
def test_what_is_too_close_to_call_is_also_for_a_reader(low, high, listed) -> None:
    found = classify(doubt=(low, high))
    assert any(each.task is Task.REVIEW and each.label == "DA5" for each in found) is listed
    assert any(each.task is Task.GOALS and each.label == "DA5" for each in found)


def test_what_is_less_likely_than_the_threshold_is_for_a_reader_alone() -> None:
    strict = replace(make_model().heads.goals, threshold=0.99)
    found = [each for each in classify(model=make_model(goals=strict), doubt=(0.5, 0.99)) if each.label == "DA5"]
    assert {each.task for each in found} == {Task.REVIEW}


def test_rules_leave_nothing_to_a_reader() -> None:
    assert find_by_rules(READING, Task.GOALS)
    assert not find_by_rules(READING, Task.REVIEW)


def test_a_level_that_the_words_give_has_them_for_it() -> None:
    level = find_level(classify())
    assert level.label == "commitment"
    assert level.evidence
    assert not any(item.against for item in level.evidence)


def test_a_level_that_the_words_do_not_give_has_them_against_it() -> None:
    unmoved = trust(LEVEL_STEPS, -4.0, rules=0.0)
    level = find_level(classify(model=make_model(level=unmoved)))
    *words, read = level.evidence
    assert level.label == "none"
    assert words
    assert all(item.against for item in words)
    assert (read.code, read.reference, read.against) == (EvidenceCode.LEVEL_READ, "none", False)
    assert read.score == level.score


def test_a_goal_that_the_model_does_not_know_is_found_by_the_rules_head() -> None:
    (security,) = [goal for goal in load_goals() if goal.id == "DA5"]
    analyser = make_analyser(others=(security.model_copy(update={"id": "EGET1"}),))
    found = {each.label: each for each in analyser.analyse(READING) if isinstance(each, Finding)}
    assert (found["EGET1"].method, found["DA5"].method) == (Method.RULES, Method.MODEL)
    assert {item.kind for item in found["EGET1"].evidence} >= {EvidenceKind.TERM}
    assert not any(item.kind is EvidenceKind.EXAMPLE for item in found["EGET1"].evidence)


def test_a_document_without_passages_has_no_findings() -> None:
    assert classify(make_reading([])) == []
