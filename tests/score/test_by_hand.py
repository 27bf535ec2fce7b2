"""Scoring held to values worked out by hand, of small models."""

from __future__ import annotations

import math

import numpy as np
import pytest

from builders import make_reading
from compliance.records import (
    Attribution,
    Detail,
    DetailKind,
    DocumentType,
    Finding,
    Level,
    Measure,
    Order,
    ReuseKind,
    ReuseSpan,
    SourceKind,
    Stance,
    Task,
)
from compliance.score.copied import measure_copied
from compliance.score.model import CertaintyBounds
from compliance.score.ordinal import FULL, HELD, SHARED, OrdinalModel, Step, ValueHead, logit, measure_certainty
from compliance.score.support import FLOOR, SIGNS, Support, describe_measures, describe_type
from compliance.score.support import make_support as make_passage_support


def expit(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def make_support(weight: float, sign: float = 0.0, *, mute: bool = False) -> Support:
    """Return a passage that counts with this weight."""
    return Support("p", FLOOR + (1 - FLOOR) * weight, (sign,), copied=False, mute=mute)


# One sign; reaching 2 and 3 takes 2 x sign - 1 and 2 x sign + 1, so that 3 is never likelier than 2.
HEAD = ValueHead(np.array([[2.0], [2.0]]), np.array([-1.0, 1.0]))


def make_model(steps=(), related=None) -> OrdinalModel:
    return OrdinalModel(HEAD, tuple(steps), related or {})


def make_step(weights=(), *, bias=0.0, own_bias=None, own_slope=None, related_slope=None) -> Step:
    numbers = np.zeros(SHARED)
    for place, weight in weights:
        numbers[place] = weight
    return Step(numbers, bias, own_bias or {}, own_slope or {}, related_slope or {})


def test_a_passage_reaches_values_by_its_signs_each_at_most_as_likely_as_the_one_below() -> None:
    found = HEAD.predict([make_support(1, 0.5), make_support(1, 3.0), make_support(1, 3.0, mute=True)])
    assert found.tolist() == [pytest.approx([0.5, 0.5]), pytest.approx([expit(5), expit(5)]), [0.0, 0.0]]
    assert HEAD.predict([]).shape == (0, 2)


def test_a_label_is_summed_up_by_its_three_strongest_passages_and_by_any_of_them() -> None:
    weights = [0.2, 0.9, 0.5, 0.4]
    (numbers,) = make_model().summarise({"A": [make_support(each, 0.5) for each in weights]}).values()
    any_of = 1 - 0.1 * 0.5 * 0.6
    assert numbers[0].tolist() == pytest.approx([0.9, 0.5, 0.4, any_of])
    half = 1 - 0.55 * 0.75 * 0.8
    assert numbers[1].tolist() == pytest.approx([0.45, 0.25, 0.2, half])
    (alone,) = make_model().summarise({"A": [make_support(0.6)]}).values()
    assert alone[0].tolist() == pytest.approx([0.6, 0, 0, 0.6])


SUMMARIES = {
    "A": np.array([[0.9, 0.5, 0.4, 0.97], [0.6, 0.3, 0.2, 0.8], [0.2, 0.1, 0.05, 0.3]]),
    "B": np.array([[0.7, 0, 0, 0.7], [0.1, 0, 0, 0.1], [0.25, 0, 0, 0.25]]),
    "C": np.array([[0.3, 0, 0, 0.3], [0.15, 0, 0, 0.15], [0.0, 0, 0, 0.0]]),
}


@pytest.mark.parametrize(
    ("step", "shares"),
    [
        pytest.param(0, [0.9, 0.5, 0.97, 0.6, 0.4, 0.7], id="first: beside the next step"),
        pytest.param(1, [0.6, 0.3, 0.8, 0.9, 0.2, 0.15], id="second: beside the one before"),
        pytest.param(2, [0.2, 0.1, 0.3, 0.6, 0.05, 0.25], id="third"),
    ],
)
def test_what_a_step_weighs(step, shares) -> None:
    model = make_model([make_step()] * 3, {"A": ("B", "C", "unknown")})
    numbers = model.describe("A", step, SUMMARIES).tolist()
    assert numbers[:6] == pytest.approx(shares)
    smooth = [0.01 + 0.98 * share for share in shares]
    assert numbers[6:12] == pytest.approx([math.log(each / (1 - each)) / 4 for each in smooth])
    assert numbers[12:] == [0] * 4


def test_a_step_weighs_what_kind_of_document_it_is() -> None:
    model = make_model([make_step()] * 3)
    assert model.describe("A", 1, SUMMARIES, (0.0, 1.0)).tolist()[12:] == [0, 1, 0, 0.6]
    steps = [make_step([(13, -1.0), (15, -5.0)], bias=2.0)]
    assert make_model(steps).predict("A", SUMMARIES, (0.0, 1.0)) == pytest.approx((expit(2 - 1 - 5 * 0.9),))
    assert make_model(steps).predict("A", SUMMARIES) == pytest.approx((expit(2),))


@pytest.mark.parametrize(
    ("document_type", "kind"),
    [
        (DocumentType.PLANSTRATEGI, (1, 0)),
        (DocumentType.SAMFUNNSDEL, (1, 0)),
        (DocumentType.UTREDNING, (0, 1)),
        (DocumentType.DIGITALISERINGSSTRATEGI, (0, 0)),
        (DocumentType.OTHER, (0, 0)),
    ],
)
def test_kinds_of_documents(document_type, kind) -> None:
    assert describe_type(document_type) == kind


def test_a_label_without_support_weighs_nothing_but_what_is_related() -> None:
    model = make_model([make_step()] * 3, {"D": ("C",)})
    assert model.describe("D", 0, SUMMARIES)[:6].tolist() == [0, 0, 0, 0, 0, 0.3]
    assert model.describe("E", 0, SUMMARIES)[:6].tolist() == [0] * 6


def test_one_step_alone_is_beside_itself() -> None:
    model = make_model([make_step()])
    numbers = model.describe("A", 0, {"A": SUMMARIES["A"][:1]})
    assert numbers[3] == 0.9


def test_a_logit_is_kept_off_the_ends() -> None:
    assert logit(np.array([0.0, 1.0, 0.5, -3.0, 7.0])).tolist() == pytest.approx(
        [math.log(0.01 / 0.99), math.log(99), 0.0, math.log(0.01 / 0.99), math.log(99)]
    )


def test_a_step_adds_what_is_the_labels_own() -> None:
    numbers = np.arange(SHARED) / 10
    step = make_step(
        [(1, 2.0), (7, -1.0)], bias=0.3, own_bias={"A": 0.2}, own_slope={"A": 5.0}, related_slope={"A": 0.5}
    )
    numbers[0] = 0.04
    shared = 2.0 * 0.1 - 0.7 + 0.3
    assert step.predict("B", numbers) == pytest.approx(expit(shared))
    assert step.predict("A", numbers) == pytest.approx(expit(shared + 0.2 + 5.0 * 0.04 + 0.5 * 0.5))


@pytest.mark.parametrize(
    ("strongest", "related", "most"),
    [
        pytest.param(0.0, 0.0, HELD, id="none"),
        pytest.param(FULL / 2, 0.0, HELD + (1 - HELD) / 2, id="half of what is full"),
        pytest.param(0.0, FULL / 2, HELD + (1 - HELD) / 2, id="half, of a related label"),
        pytest.param(FULL / 4, FULL / 2, HELD + (1 - HELD) / 2, id="the stronger of the two"),
        pytest.param(FULL, 0.0, expit(9), id="full"),
    ],
)
def test_a_step_with_little_evidence_is_held_below_the_median(strongest, related, most) -> None:
    model = make_model([make_step(bias=9.0)], {"A": ("B",)})
    summaries = {"A": np.array([[strongest, 0, 0, strongest]]), "B": np.array([[related, 0, 0, related]])}
    assert model.predict("A", summaries) == pytest.approx((most,))


def test_a_higher_value_is_at_most_as_likely_as_a_lower_one() -> None:
    steps = [make_step(bias=0.5), make_step(bias=2.0), make_step(bias=-1.0)]
    found = make_model(steps).predict("A", SUMMARIES)
    assert found == pytest.approx((expit(0.5), expit(0.5), expit(-1)))


@pytest.mark.parametrize(("value", "certainty"), [(0, 0.1), (1, 0.2), (2, 0.4), (3, 0.3)])
def test_how_likely_a_value_is(value, certainty) -> None:
    assert measure_certainty((0.9, 0.7, 0.3), value) == pytest.approx(certainty)


def test_what_a_value_of_a_certainty_is_called() -> None:
    bounds = CertaintyBounds(clear=0.8, likely=0.6)
    assert [bounds.name(share).value for share in (0.8, 0.79, 0.6, 0.59)] == ["clear", "likely", "likely", "unsure"]


PASSAGE = make_reading(["0123456789", "0123456789" * 2]).passages[1]  # from 12 to 32


def make_span(start, end, *, kind=ReuseKind.VERBATIM, source_kind=SourceKind.REFERENCE) -> ReuseSpan:
    return ReuseSpan(
        document_id="d",
        passage_id=PASSAGE.id,
        start=start,
        end=end,
        source_id="s",
        source_name="s",
        source_page=None,
        source_start=0,
        source_end=1,
        source_text="",
        kind=kind,
        similarity=1.0,
        attribution=Attribution.UNATTRIBUTED,
        source_kind=source_kind,
        order=Order.UNKNOWN,
        boilerplate=False,
        evidence=(),
    )


@pytest.mark.parametrize(
    ("spans", "share"),
    [
        pytest.param([(12, 32)], 1.0, id="all"),
        pytest.param([(12, 17)], 0.25, id="a quarter"),
        pytest.param([(14, 18), (20, 26)], 0.5, id="two"),
        pytest.param([(20, 26), (14, 18)], 0.5, id="in any order"),
        pytest.param([(14, 20), (17, 24)], 0.5, id="that overlap"),
        pytest.param([(14, 24), (16, 18), (20, 26)], 0.6, id="one within another"),
        pytest.param([(0, 17), (30, 90)], 0.35, id="over both ends"),
        pytest.param([(0, 12)], 0.0, id="before it"),
    ],
)
def test_the_share_of_a_passage_that_is_national_wording(spans, share) -> None:
    assert measure_copied([PASSAGE], [make_span(*each) for each in spans]) == {PASSAGE.id: pytest.approx(share)}


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(make_span(12, 32, kind=ReuseKind.REWORKED), id="in other words"),
        pytest.param(make_span(12, 32, source_kind=SourceKind.MUNICIPALITY), id="another plan's"),
    ],
)
def test_other_wording_is_not_national(span) -> None:
    assert measure_copied([PASSAGE], [span]) == {}


def make_measure(value, *, stance=Stance.BINDING, details=(), copied=False) -> Measure:
    found = tuple(Detail(kind, 0, 1, "x") for kind in details)
    return Measure("d", "p", "A", 0, 9, stance, found, copied, value)


def name_signs(values) -> dict[str, float]:
    return {name: value for name, value in zip(SIGNS, values, strict=True) if value}


@pytest.mark.parametrize(
    ("measures", "signs"),
    [
        pytest.param([], {}, id="none"),
        pytest.param([make_measure(2)], {"stance_binding": 1}, id="two points"),
        pytest.param([make_measure(3)], {"stance_binding": 1, "binds": 1}, id="three"),
        pytest.param([make_measure(4)], {"stance_binding": 1, "binds": 1, "concrete": 1}, id="four"),
        pytest.param(
            [make_measure(3), make_measure(4, stance=Stance.DONE)],
            {"stance_done": 1, "binds": 1, "concrete": 1},
            id="the best of two",
        ),
        pytest.param(
            [make_measure(3, details=[DetailKind.DATE]), make_measure(3, stance=Stance.DONE)],
            {"stance_binding": 1, "detail_date": 1, "binds": 1, "details": 1},
            id="of equal ones that of most details",
        ),
        pytest.param(
            [make_measure(3, details=[DetailKind.DATE] * 4)],
            {"stance_binding": 1, "detail_date": 1, "binds": 1, "details": 3},
            id="three details at most",
        ),
        pytest.param(
            [make_measure(2, details=[DetailKind.DATE])],
            {"stance_binding": 1, "details": 1},
            id="details of what binds nobody",
        ),
    ],
)
def test_what_the_clauses_of_a_label_do(measures, signs) -> None:
    silent = dict.fromkeys(("level_described", "level_commitment", "level_concrete"), pytest.approx(math.log(2 / 98)))
    assert name_signs(describe_measures(measures, None)) == {**signs, **silent}


@pytest.mark.parametrize(
    ("level", "score", "shares"),
    [
        pytest.param(Level.COMMITMENT, 0.8, [0.98, 0.9, 0.1], id="commitment"),
        pytest.param(Level.CONCRETE, 0.6, [0.98, 0.98, 0.8], id="concrete"),
        pytest.param(Level.BACKGROUND, 0.4, [0.3, 0.02, 0.02], id="background"),
        pytest.param(Level.NONE, 1.0, [0.02, 0.02, 0.02], id="none"),
    ],
)
def test_how_far_a_passage_commits(level, score, shares) -> None:
    finding = Finding("d", "p", Task.LEVEL, level.value, score, ())
    assert describe_measures((), finding)[-3:] == pytest.approx([math.log(each / (1 - each)) for each in shares])


@pytest.mark.parametrize(
    ("clauses", "copied", "expected"),
    [
        pytest.param([make_measure(3)], False, (False, False), id="own"),
        pytest.param([make_measure(3)], True, (True, True), id="in another's words"),
        pytest.param([make_measure(3, copied=True)], False, (True, True), id="copied clauses"),
        pytest.param([make_measure(3, copied=True), make_measure(3)], False, (False, False), id="one is copied"),
        pytest.param([make_measure(1, stance=Stance.ASKED)], False, (False, True), id="only asked"),
        pytest.param(
            [make_measure(1, stance=Stance.ASKED), make_measure(3, copied=True)], False, (False, True), id="or copied"
        ),
        pytest.param([make_measure(1, stance=Stance.NAMED), make_measure(3)], False, (False, False), id="and own"),
        pytest.param([], False, (False, True), id="no clause"),
    ],
)
def test_which_passages_lift_nothing(clauses, copied, expected) -> None:
    found = make_passage_support(("p", 0.5), clauses, None, copied=copied)
    assert (found.copied, found.mute) == expected
    assert (found.passage_id, found.probability) == ("p", 0.5)


@pytest.mark.parametrize(("probability", "weight"), [(0.0, 0), (0.1, 0), (0.55, 0.5), (1.0, 1)])
def test_a_passage_counts_from_what_is_no_silence(probability, weight) -> None:
    assert Support("p", probability, (), copied=False, mute=False).weight == pytest.approx(weight)
