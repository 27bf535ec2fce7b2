"""What the shipped model makes of evidence: copied words, questions, other subjects and length lift nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_reading
from compliance.config import ScoreConfig
from compliance.guidelines.criteria import ElementCriteria, load_criteria, score_element
from compliance.records import (
    ELEMENTS,
    Assessment,
    Detail,
    DetailKind,
    Finding,
    Level,
    Meaning,
    Measure,
    Reading,
    ScoreSubject,
    Stance,
    Task,
)
from compliance.score.documents import assess_document
from compliance.score.evidence import WHOLE
from compliance.score.model import CertaintyBounds, DocumentModel, load_score_model
from compliance.score.ordinal import choose_value
from compliance.score.rules import ScoreRule
from compliance.score.scores import Observed, collect_documents, list_measures, score_documents
from compliance.score.support import FLOOR

EMPTY = (Stance.ASKED, Stance.REJECTED)
VALUES = {Stance.DESCRIBED: 2, Stance.WISHED: 2, Stance.BINDING: 3, Stance.DONE: 4}
LEVELS = {
    Stance.ASKED: Level.BACKGROUND,
    Stance.NAMED: Level.NONE,
    Stance.REJECTED: Level.BACKGROUND,
    Stance.DESCRIBED: Level.BACKGROUND,
    Stance.WISHED: Level.INTENTION,
    Stance.BINDING: Level.COMMITMENT,
    Stance.DONE: Level.CONCRETE,
}

Said = tuple[float, Stance, bool]  # how surely a passage speaks for KS2.5, how, and whether in another's words


@pytest.fixture(scope="session")
def model() -> DocumentModel:
    return load_score_model().unread


@pytest.fixture(scope="session")
def elements() -> tuple[ElementCriteria, ...]:
    return load_criteria()


def observe(reading: Reading, said: list[Said], goal: str = "KS2.5") -> Observed:
    """Return what the passages say of one goal."""
    findings: list[Finding] = []
    measures: list[Measure] = []
    for passage, (probability, stance, copied) in zip(reading.passages, said, strict=True):
        about = Finding(passage.document_id, passage.id, Task.GOALS, goal, probability, ())
        level = replace(about, task=Task.LEVEL, label=LEVELS[stance], score=0.95)
        findings += [about, level]
        done = Detail(DetailKind.DONE, passage.start, passage.end, "x")
        details = (done,) if stance is Stance.DONE else ()
        value = 1 if copied else VALUES.get(stance, 1)
        measures.append(
            Measure(
                *(passage.document_id, passage.id, goal, passage.start, passage.end),
                *(stance, details, copied, value),
            )
        )
    return Observed(findings, (), measures, (), ())


def assess(said: list[Said], model, elements, goal="KS2.5") -> Assessment:
    reading = make_reading(["Velferdsteknologi."] * max(1, len(said)))
    padded = [*said, (0.0, Stance.DESCRIBED, False)][: len(reading.passages)]
    (evidence,) = collect_documents([reading], observe(reading, padded, goal), config=ScoreConfig())
    return assess_document(evidence, goals=(goal, "EN3"), elements=elements, model=model)


def score(said: list[Said], model, elements, goal="KS2.5") -> int:
    return assess(said, model, elements, goal).scores[0].value


def test_what_is_not_found_is_called_so_by_bounds_of_its_own(model, elements) -> None:
    found = assess([(0.0, Stance.DESCRIBED, False)], model, elements).scores[0]
    sure = 0.99 - found.at_least[0]  # a little below what it is, which is rounded
    for bounds, certainty in (((sure, 0.0), "clear"), ((1.0, sure), "likely"), ((1.0, 1.0), "unsure")):
        strict = replace(model, absent_certainty=CertaintyBounds(*bounds), goal_certainty=CertaintyBounds(0.0, 0.0))
        assert assess([(0.0, Stance.DESCRIBED, False)], strict, elements).scores[0].certainty == certainty


def test_a_goal_that_nothing_was_learnt_of_is_never_clear(model, elements) -> None:
    strict = replace(model, absent_certainty=CertaintyBounds(0.0, 0.0), goal_certainty=CertaintyBounds(0.0, 0.0))
    known, unknown = (assess([(0.9, Stance.DONE, False)], strict, elements, goal).scores[0] for goal in ("EN3", "X9"))
    assert (known.certainty, unknown.certainty) == ("clear", "likely")


@pytest.mark.parametrize(
    ("stance", "value"),
    [
        pytest.param(Stance.ASKED, 1, id="asked"),
        pytest.param(Stance.REJECTED, 1, id="rejected"),
        pytest.param(Stance.DESCRIBED, 2, id="described"),
        pytest.param(Stance.BINDING, 3, id="binding"),
        pytest.param(Stance.DONE, 4, id="done"),
    ],
)
def test_one_clear_passage_gives_what_it_does(model, elements, stance, value) -> None:
    assert score([(0.97, stance, False)], model, elements) == value


def test_a_document_without_a_word_of_it_scores_0_on_everything(model, elements) -> None:
    found = assess([], model, elements)
    assert {each.value for each in found.scores} == {0}
    assert {each.value for each in found.criteria} == {0}
    assert {each.rule for each in found.scores} == {ScoreRule.NOT_MENTIONED}
    assert [each.label for each in found.scores if each.subject is ScoreSubject.ELEMENT] == list(ELEMENTS)
    assert found.reviews == ()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(Stance), st.just(True)), max_size=6))
def test_copied_words_lift_nothing_above_1(said) -> None:
    assert score(said, load_score_model().unread, load_criteria()) <= 1


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(EMPTY), st.just(False)), max_size=6))
def test_questions_and_rejections_lift_nothing_above_1(said) -> None:
    assert score(said, load_score_model().unread, load_criteria()) <= 1


@pytest.mark.parametrize("stance", [Stance.DESCRIBED, Stance.BINDING, Stance.DONE])
def test_a_passage_that_hardly_speaks_for_the_goal_changes_no_probability(model, elements, stance) -> None:
    before = assess([(0.8, Stance.BINDING, False)], model, elements)
    after = assess([(0.8, Stance.BINDING, False), (FLOOR, stance, False)], model, elements)
    assert [each.at_least for each in after.scores] == [each.at_least for each in before.scores]


@pytest.mark.parametrize("count", [4, 40, 400])
def test_a_longer_document_of_the_same_kind_scores_as_a_short_one(model, elements, count) -> None:
    said = [(0.2, Stance.BINDING, False)] * 3
    longer = [*said, *[(0.2, Stance.BINDING, False)] * count]
    assert assess(longer, model, elements).scores[0].at_least == assess(said, model, elements).scores[0].at_least


def test_the_value_is_the_median_of_its_distribution(model, elements) -> None:
    for each in assess([(0.6, Stance.BINDING, False), (0.4, Stance.DONE, False)], model, elements).scores:
        assert each.value == choose_value(each.at_least) or each.subject is ScoreSubject.ELEMENT
        assert list(each.at_least) == sorted(each.at_least, reverse=True)


def test_a_doubt_is_for_a_reader_only_where_it_changes_the_score(model, elements) -> None:
    found = assess([(0.5, Stance.DONE, False)], model, elements)
    (review,) = found.reviews
    assert (review.score_if_yes, review.score_if_no) == (4, 0)
    sure = assess([(0.97, Stance.DONE, False), (0.5, Stance.DESCRIBED, False)], model, elements)
    assert sure.reviews == ()


def test_the_passages_behind_a_score_do_most_for_it_first(model, elements) -> None:
    said = [(0.95, Stance.DESCRIBED, False), (0.9, Stance.DONE, False), (0.1, Stance.DONE, False)]
    found = assess(said, model, elements).scores[0]
    assert [each[-4:] for each in found.passage_ids] == ["0001", "0000"]


def test_wholly_copied_support_is_called_copied(model, elements) -> None:
    found = assess([(0.97, Stance.BINDING, True)], model, elements).scores[0]
    assert (found.value, found.rule) == (1, ScoreRule.COPIED)


def test_an_element_s_score_follows_from_its_answers(model, elements) -> None:
    found = assess([], model, elements)
    for element in elements:
        answers = {each.criterion: each.value for each in found.criteria if each.criterion.split(".")[0] == element.id}
        (own,) = [each.value for each in found.scores if each.label == element.id]
        assert own == score_element(element, answers)


def test_every_goal_of_the_sets_is_scored(model, elements) -> None:
    (evidence,) = collect_documents([make_reading(["Vann."])], Observed((), (), (), (), ()), config=ScoreConfig())
    found = score_documents([evidence], guidelines=(), elements=elements, model=load_score_model())
    assert [each.label for each in found.scores] == list(ELEMENTS)


def observe_meaning(reading: Reading) -> Observed:
    """Return what is known of passages that were read and in which no goal was found; the first is near KS2.5."""
    clauses = [
        Measure(each.document_id, each.id, WHOLE, each.start, each.end, Stance.DONE, (), copied=False, value=4)
        for each in reading.passages
    ]
    meanings = [Meaning(each.document_id, each.id, (0.0 if each.index else 3.0,)) for each in reading.passages]
    return Observed((), (), (), (), (), clauses, meanings)


def test_a_passage_counts_by_its_meaning_alone_and_then_its_clauses_are_shown(model, elements) -> None:
    near = replace(model.goal_touch, near={"KS2.5": np.array([1.0, 0.0])}, bias=4.0)
    reading = make_reading(["Trygghet hjemme.", "Vann."])
    observed = observe_meaning(reading)
    (evidence,) = collect_documents([reading], observed, config=ScoreConfig())
    found = assess_document(evidence, goals=("KS2.5", "EN3"), elements=elements, model=replace(model, goal_touch=near))
    assert [(each.value > 1, each.passage_ids) for each in found.scores[:2]] == [
        (True, (reading.passages[0].id,)),
        (False, ()),
    ]
    shown = list_measures(found, observed)
    assert [(each.passage_id, each.goal, each.value) for each in shown] == [(reading.passages[0].id, "KS2.5", 4)]


def test_a_document_that_no_encoder_has_read_has_a_model_of_its_own() -> None:
    reading = make_reading(["Trygghet hjemme."])
    model = load_score_model()
    for observed, chosen in ((observe_meaning(reading), model.read), (Observed((), (), (), (), ()), model.unread)):
        (evidence,) = collect_documents([reading], observed, config=ScoreConfig())
        assert model.choose(evidence) is chosen
        assert model.choose(replace(evidence, goals=evidence.without_meanings().goals)) is model.unread


def test_an_elements_distribution_is_that_of_its_answers_taken_as_independent(model, elements) -> None:
    found = assess([], model, elements)
    for element in elements[:3]:
        shares = [
            [low - high for low, high in pairwise((1.0, *each.at_least, 0.0))]
            for each in found.criteria
            if each.criterion.split(".")[0] == element.id
        ]
        reached = [0.0] * 5
        for values in product(*(range(len(each)) for each in shares)):
            left, answers = sum(values), {}
            for criterion in element.criteria:
                answers[criterion.id] = min(2, left)
                left -= answers[criterion.id]
            share = prod(each[value] for each, value in zip(shares, values, strict=True))
            for step in range(1, score_element(element, answers) + 1):
                reached[step] += share
        (own,) = [each for each in found.scores if each.label == element.id]
        assert own.at_least == pytest.approx(reached[1:], abs=1e-3)
        assert own.at_least[0] > 0.1
