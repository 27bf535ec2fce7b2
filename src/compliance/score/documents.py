"""From a document's evidence to its scores: how likely each is, what it rests on, what a reader could settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from compliance.guidelines.criteria import MAX_SCORE, ElementCriteria, list_criteria, score_element
from compliance.records import (
    Assessment,
    Certainty,
    CriterionAnswer,
    Review,
    Score,
    ScoreSubject,
)
from compliance.score.evidence import DocumentEvidence
from compliance.score.model import DocumentModel
from compliance.score.ordinal import (
    OrdinalModel,
    choose_value,
    list_weights,
    measure_certainty,
    summarise_label,
)
from compliance.score.rules import choose_rule
from compliance.score.support import Kind, Support, Values

MAX_CRITERION_PASSAGES = 3
SHOWN = 0.35  # how likely a passage must be to speak for a label, to be shown behind its score
OPEN = (0.15, 0.85)  # a passage surer than this either way is no doubt for a reader


def assess_document(
    evidence: DocumentEvidence, *, goals: Sequence[str], elements: Sequence[ElementCriteria], model: DocumentModel
) -> Assessment:
    """Return the scores on the goals, then on the elements, the criteria's answers, and what a reader could settle."""
    support = model.goal_touch.weigh(evidence.goals)
    summaries = model.goals.summarise(support)
    at_least = {goal: model.goals.predict(goal, summaries, evidence.kind) for goal in goals}
    scores = [_score_goal(evidence.document_id, goal, (support.get(goal, ()), at_least[goal]), model) for goal in goals]
    answers = tuple(_answer_criteria(evidence, elements, model))
    scores += [_score_element(evidence.document_id, element, answers, model) for element in elements]
    known = (model.goals, summaries, evidence.kind)
    reviews = sorted(_find_doubts(support, scores[: len(goals)], known), key=_rank_review)
    return Assessment(tuple(scores), answers, tuple(reviews))


def _score_goal(
    document_id: str, goal: str, known: tuple[Sequence[Support], tuple[float, ...]], model: DocumentModel
) -> Score:
    support, at_least = known
    value = choose_value(at_least)
    bounds = model.goal_certainty if value else model.absent_certainty
    certainty = bounds.name(measure_certainty(at_least, value))
    if certainty is Certainty.CLEAR and not model.goals.has_learnt(goal):
        certainty = Certainty.LIKELY  # how often it is right was not measured
    return Score(
        document_id=document_id,
        subject=ScoreSubject.GOAL,
        label=goal,
        value=value,
        rule=choose_rule(value, support),
        passage_ids=_choose_passages(support, value, model.goals),
        certainty=certainty,
        at_least=_round(at_least),
    )


def _choose_passages(support: Sequence[Support], value: int, model: OrdinalModel) -> tuple[str, ...]:
    """Return the passages behind a value, those that do most to give it first; none behind a 0."""
    if not value or not support:
        return ()
    strength = [each.weight * row[value - 1] for each, row in zip(support, model.read_values(support), strict=True)]
    order = sorted(range(len(support)), key=lambda index: (-strength[index], -support[index].probability))
    shown = [support[index].passage_id for index in order if support[index].probability >= SHOWN]
    return tuple(shown or (support[order[0]].passage_id,))


def _answer_criteria(
    evidence: DocumentEvidence, elements: Sequence[ElementCriteria], model: DocumentModel
) -> Iterator[CriterionAnswer]:
    support = model.criterion_touch.weigh(evidence.criteria)
    summaries = model.criteria.summarise(support)
    for criterion in list_criteria(elements):
        at_least = model.criteria.predict(criterion.id, summaries, evidence.kind)
        value = choose_value(at_least)
        passages = _choose_passages(support.get(criterion.id, ()), value, model.criteria)
        yield CriterionAnswer(
            document_id=evidence.document_id,
            criterion=criterion.id,
            value=value if passages else 0,
            certainty=model.criterion_certainty.name(measure_certainty(at_least, value)),
            at_least=_round(at_least),
            passage_ids=passages[:MAX_CRITERION_PASSAGES],
        )


def _score_element(
    document_id: str, element: ElementCriteria, answers: Iterable[CriterionAnswer], model: DocumentModel
) -> Score:
    own = [each for each in answers if each.criterion.partition(".")[0] == element.id]
    value = score_element(element, {each.criterion: each.value for each in own})
    at_least = _combine(element, own)
    passages = dict.fromkeys(
        passage for each in sorted(own, key=lambda each: -each.value) for passage in each.passage_ids
    )
    return Score(
        document_id=document_id,
        subject=ScoreSubject.ELEMENT,
        label=element.id,
        value=value,
        rule=choose_rule(value, ()),
        passage_ids=tuple(passages),
        certainty=model.element_certainty.name(measure_certainty(at_least, value)),
        at_least=_round(at_least),
    )


def _combine(element: ElementCriteria, answers: Sequence[CriterionAnswer]) -> tuple[float, ...]:
    """Return the probabilities of an element's scores, its criteria's answers taken as independent."""
    sums: Values = np.ones(1)
    for answer in answers:
        sums = np.convolve(sums, -np.diff([1.0, *answer.at_least, 0.0]))
    shares = np.zeros(MAX_SCORE + 1)
    for total, share in enumerate(sums):
        shares[_score_sum(element, total)] += share
    return tuple(float(each) for each in shares[::-1].cumsum()[::-1][1:])


def _score_sum(element: ElementCriteria, total: int) -> int:
    """Return the element's score where its answers add up to `total`."""
    answers: dict[str, int] = {}
    for criterion in element.criteria:
        answers[criterion.id] = min(2, total)
        total -= answers[criterion.id]
    return score_element(element, answers)


def _find_doubts(
    supports: Mapping[str, Sequence[Support]],
    scores: Sequence[Score],
    known: tuple[OrdinalModel, Mapping[str, Values], Kind],
) -> Iterator[Review]:
    """Yield the doubtful passages whose answer changes the score of the goal, with the score of either answer."""
    for score in scores:
        support = supports.get(score.label, ())
        doubtful = [index for index, each in enumerate(support) if OPEN[0] < each.probability < OPEN[1]]
        if not doubtful:
            continue
        values = known[0].read_values(support)
        yes, no = (_score_if(_answer(support, doubtful, weight), values, score.label, known) for weight in (1.0, 0.0))
        for index, if_yes, if_no in zip(doubtful, yes, no, strict=True):
            if if_yes != if_no:
                yield Review(score.document_id, score.label, support[index].passage_id, if_yes, if_no)


def _answer(support: Sequence[Support], doubtful: Sequence[int], weight: float) -> Values:
    """Return what a label's passages count where a reader has said it of one, for each that is doubtful."""
    answered = np.tile(list_weights(support), (len(doubtful), 1))
    answered[np.arange(len(doubtful)), doubtful] = weight
    return answered


def _score_if(
    weights: Values, values: Values, label: str, known: tuple[OrdinalModel, Mapping[str, Values], Kind]
) -> list[int]:
    model, summaries, kind = known
    own = summarise_label(weights, values)
    return [choose_value(each) for each in model.predict_each(label, own, summaries, kind).tolist()]


def _rank_review(review: Review) -> tuple[int, str]:
    return -abs(review.score_if_yes - review.score_if_no), review.label


def _round(shares: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(each, 4) for each in shares)
