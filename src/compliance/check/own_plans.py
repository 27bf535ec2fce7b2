"""A draft beside the municipality's other plans: what follows from them, what has money, what breaks the chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compliance.records import (
    DetailKind,
    DocumentType,
    Measure,
    Reading,
    Results,
    ReuseSpan,
    Score,
    ScoreSubject,
    SourceKind,
    Stance,
)
from compliance.report.views.steps import SHALL
from compliance.text.stems import find_stems

_SHARED_STEMS = 3  # words in common from which two clauses may be about the same measure; two come together by chance
_BINDING = frozenset((Stance.BINDING, Stance.DONE))
_MONEY_PLANS = frozenset((DocumentType.OKONOMIPLAN, DocumentType.ARSBUDSJETT))


class Break(StrEnum):
    """Where the chain from the municipality's goals to its money is broken, for one goal."""

    LEFT_OUT = "left_out"  # the samfunnsdel shall, the draft is silent
    NO_MONEY = "no_money"  # the draft shall, the budget has no sum for the goal
    NOT_BINDING = "not_binding"  # the budget has a sum for the goal, the draft does not bind itself
    CONTRADICTED = "contradicted"  # one of them rejects what the other shall


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """What another plan of the municipality says of a goal."""

    reading: Reading
    score: int  # 0 to 4
    passage_ids: tuple[str, ...]  # best first


@dataclass(frozen=True, slots=True)
class GoalChain:
    """One goal in the draft and in the municipality's other plans."""

    goal: str
    score: int  # the draft's, 0 to 4
    plans: tuple[OtherPlan, ...]  # those that speak of it
    funded: tuple[Measure, ...]  # clauses about it in the budget or financial plan that have a sum
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class MeasureMoney:
    """A measure of the draft with the budget line that may be its money: they share words, and a reader judges."""

    measure: Measure
    line: Measure
    shared: tuple[str, ...]  # the word stems that both have


@dataclass(frozen=True, slots=True)
class OwnPlans:
    """The draft beside the municipality's other plans."""

    plans: tuple[Reading, ...]
    chains: tuple[GoalChain, ...]  # goals that at least one of the documents speaks of, in the sets' order
    money: tuple[MeasureMoney, ...]
    repeated: tuple[ReuseSpan, ...]  # wording of the draft that also stands in one of the plans


def compare_with_plans(draft: Reading, plans: Sequence[Reading], *, results: Results) -> OwnPlans:
    """Hold a draft against the municipality's other plans. `results` are those of a run over all of them."""
    ids = {plan.document.id for plan in plans}
    scores = _index_scores(results.scores)
    goals = [label for document, label in scores if document == draft.document.id]
    chains = (_build_chain(goal, draft, plans, scores=scores, measures=results.measures) for goal in goals)
    return OwnPlans(
        plans=tuple(plans),
        chains=tuple(chain for chain in chains if chain.score or chain.plans),
        money=_find_money(draft, plans, results=results),
        repeated=tuple(span for span in results.reuse_spans if _repeats(span, draft, ids)),
    )


def _index_scores(scores: Iterable[Score]) -> dict[tuple[str, str], Score]:
    return {(each.document_id, each.label): each for each in scores if each.subject is ScoreSubject.GOAL}


def _repeats(span: ReuseSpan, draft: Reading, plans: set[str]) -> bool:
    own = span.source_kind is SourceKind.MUNICIPALITY and span.source_id in plans
    return own and span.document_id == draft.document.id and not span.boilerplate


def _build_chain(
    goal: str,
    draft: Reading,
    plans: Sequence[Reading],
    *,
    scores: dict[tuple[str, str], Score],
    measures: Sequence[Measure],
) -> GoalChain:
    others = [(plan, scores.get((plan.document.id, goal))) for plan in plans]
    said = tuple(OtherPlan(plan, score.value, score.passage_ids) for plan, score in others if score and score.value)
    about = [measure for measure in measures if measure.goal == goal]
    money = {plan.document.id for plan in plans if _is_money_plan(plan)}
    funded = tuple(each for each in about if each.document_id in money and _has_sum(each))
    value = scores[draft.document.id, goal].value
    own = [each for each in about if each.document_id == draft.document.id]
    theirs = [each for each in about if each.document_id in {plan.document.id for plan in plans}]
    breaks = _find_breaks(value, said, funded=funded, has_budget=bool(money))
    contradicted = (Break.CONTRADICTED,) if _contradict(own, theirs) else ()
    return GoalChain(goal, value, said, funded, (*breaks, *contradicted))


def _is_money_plan(plan: Reading) -> bool:
    return DocumentType(plan.profile.document_type.value) in _MONEY_PLANS


def _has_sum(measure: Measure) -> bool:
    return any(detail.kind is DetailKind.SUM for detail in measure.details)


def _find_breaks(
    value: int, said: Sequence[OtherPlan], *, funded: Sequence[Measure], has_budget: bool
) -> tuple[Break, ...]:
    above = [each for each in said if each.reading.profile.document_type.value == DocumentType.SAMFUNNSDEL.value]
    broken = {
        Break.LEFT_OUT: value == 0 and any(each.score >= SHALL for each in above),
        Break.NO_MONEY: value >= SHALL and has_budget and not funded,
        Break.NOT_BINDING: bool(funded) and value < SHALL,
    }
    return tuple(kind for kind, holds in broken.items() if holds)


def _contradict(own: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Whether one side rejects, in clauses with enough words in common, what the other shall."""
    return _rejects(own, theirs) or _rejects(theirs, own)


def _rejects(one: Sequence[Measure], other: Sequence[Measure]) -> bool:
    return any(each.stance is Stance.REJECTED for each in one) and any(each.stance in _BINDING for each in other)


def _find_money(draft: Reading, plans: Sequence[Reading], *, results: Results) -> tuple[MeasureMoney, ...]:
    texts = {reading.document.id: reading.document.text for reading in (draft, *plans)}
    money = {plan.document.id for plan in plans if _is_money_plan(plan)}
    lines = _unique(each for each in results.measures if each.document_id in money and _has_sum(each))
    own = _unique(each for each in results.measures if each.document_id == draft.document.id)
    stems = {each: _list_stems(texts[each.document_id][each.start : each.end]) for each in (*lines, *own)}
    found = []
    for measure in own:
        if measure.stance not in _BINDING or not lines:
            continue
        line = max(lines, key=lambda each: len(stems[each] & stems[measure]))
        shared = stems[line] & stems[measure]
        if len(shared) >= _SHARED_STEMS:
            found.append(MeasureMoney(measure, line, tuple(sorted(shared))))
    return tuple(found)


def _unique(measures: Iterable[Measure]) -> list[Measure]:
    """Return one measure a clause: the same clause may speak of several goals."""
    return list({(each.document_id, each.start, each.end): each for each in measures}.values())


def _list_stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem, _, _ in find_stems(text))
