"""A draft beside the municipality's other plans."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.check.own_plans import Break, compare_with_plans
from compliance.records import (
    Certainty,
    Detail,
    DetailKind,
    DocumentType,
    Measure,
    Results,
    Run,
    Score,
    ScoreSubject,
    Stance,
)

DRAFT = make_reading(
    ["Kommunen skal innføre digital byggesak med kart.", "Vi deler data."], document_id="draft-00000000"
)
SOCIAL = make_reading(
    ["Kommunen skal dele data."], document_id="social-00000000", document_type=DocumentType.SAMFUNNSDEL
)
BUDGET = make_reading(
    ["Digital byggesak med kart | 400 000", "Robot til lønn | 50 000"],
    document_id="budget-00000000",
    document_type=DocumentType.OKONOMIPLAN,
)


def measure(reading, number, goal, *, stance=Stance.BINDING, kroner=None):
    passage = reading.passages[number]
    details = (Detail(DetailKind.SUM, passage.end - 7, passage.end, kroner),) if kroner else ()
    return Measure(
        reading.document.id, passage.id, goal, passage.start, passage.end, stance, details, copied=False, value=3
    )


def score(reading, **values):
    return [
        Score(
            reading.document.id, ScoreSubject.GOAL, label, value, "", (f"{reading.document.id}:0000",), Certainty.CLEAR
        )
        for label, value in values.items()
    ]


def compare(scores, measures=(), plans=(SOCIAL, BUDGET)):
    run = Run("r", "0", "", "", (), "", None)
    results = Results(run, (DRAFT, *plans), (), (), (), tuple(scores), (), tuple(measures))
    return compare_with_plans(DRAFT, plans, results=results)


@pytest.mark.parametrize(
    ("draft", "social", "measures", "breaks"),
    [
        pytest.param(0, 3, (), (Break.LEFT_OUT,), id="the samfunnsdel shall, the draft is silent"),
        pytest.param(3, 0, (), (Break.NO_MONEY,), id="the draft shall, no sum for the goal"),
        pytest.param(3, 3, (measure(BUDGET, 0, "EN2", kroner="400000"),), (), id="shall, with money"),
        pytest.param(2, 0, (measure(BUDGET, 0, "EN2", kroner="400000"),), (Break.NOT_BINDING,), id="money, no shall"),
        pytest.param(
            2,
            2,
            (measure(DRAFT, 1, "EN2"), measure(SOCIAL, 0, "EN2", stance=Stance.REJECTED)),
            (Break.CONTRADICTED,),
            id="one rejects what the other shall",
        ),
    ],
)
def test_where_the_chain_breaks(draft, social, measures, breaks):
    (chain,) = compare([*score(DRAFT, EN2=draft), *score(SOCIAL, EN2=social)], measures).chains
    assert chain.breaks == breaks


def test_without_a_budget_nobody_is_told_that_money_lacks():
    (chain,) = compare(score(DRAFT, EN2=3), plans=(SOCIAL,)).chains
    assert chain.breaks == ()


def test_goal_that_no_plan_speaks_of_is_no_part_of_the_chain():
    assert compare([*score(DRAFT, EN2=0), *score(SOCIAL, EN2=0)]).chains == ()


def test_budget_line_with_the_measures_words_is_offered_as_its_money():
    lines = [measure(BUDGET, 0, "EN2", kroner="400000"), measure(BUDGET, 1, "KS1.2", kroner="50000")]
    (money,) = compare(score(DRAFT, DA1=3), [measure(DRAFT, 0, "DA1"), *lines]).money
    assert money.line == lines[0]
    assert {"digital", "byggesak"} <= set(money.shared)


def test_measure_with_other_words_gets_no_money():
    lines = [measure(BUDGET, 1, "KS1.2", kroner="50000")]
    assert compare(score(DRAFT, DA1=3), [measure(DRAFT, 0, "DA1"), *lines]).money == ()
