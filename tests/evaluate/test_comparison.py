"""Two measurements held against each other."""

from __future__ import annotations

import pytest

from compliance.config import ToleranceConfig
from compliance.errors import BaselineError
from compliance.evaluate.comparison import compare_with
from compliance.evaluate.gold import LabelRow
from compliance.records import Level
from evaluations import make_baseline, make_evaluation
from gold_folders import make_row

RIGHT = [make_row(k, goals=("DA1",), elements=("W1",), level=list(Level)[k % 5], local=True) for k in range(12)]


def spoil(rows: list[LabelRow], count: int, **labels) -> list[LabelRow]:
    """Return the rows with the first few labelled otherwise."""
    return [row.model_copy(update=labels) if k < count else row for k, row in enumerate(rows)]


def compare(gold, before, now, *, documents=6):
    """Compare on so many documents with the same labels."""
    names = [f"plan{k}" for k in range(documents)]
    return compare_with(
        make_baseline(dict.fromkeys(names, before)),
        make_evaluation(dict.fromkeys(names, (gold, now))),
        tolerance=ToleranceConfig(),
    )


def difference(comparison, path):
    return next(each for each in comparison.differences if each.path == path)


def test_same_labels_are_never_worse():
    comparison = compare(RIGHT, RIGHT, RIGHT)
    assert comparison.worse == comparison.flips == ()
    assert all((each.gain, each.low, each.high) == (0, 0, 0) for each in comparison.differences)


def test_what_is_lost_is_worse_and_named():
    comparison = compare(RIGHT, RIGHT, spoil(RIGHT, 3, goals=()))
    assert {"goals.micro_f1", "goals.macro_f1", "goals.by_set.digital_agenda.micro_f1"} <= {
        each.path for each in comparison.worse
    }
    flip = comparison.flips[0]
    assert (flip.document, flip.passage_id, flip.label) == ("plan0", "0", "goals DA1")
    assert (flip.gold, flip.before, flip.now, flip.is_worse) == ("ja", "ja", "nei", True)


def test_a_set_of_the_users_own_is_gated():
    gold = [make_row(k, goals=("DA1", "EGET1")) for k in range(12)]
    comparison = compare(gold, gold, spoil(gold, 6, goals=("DA1",)))
    assert "goals.by_set.eget.micro_f1" in {each.path for each in comparison.worse}
    flips = comparison.flips_of(difference(comparison, "goals.by_set.eget.micro_f1"))
    assert {flip.label for flip in flips} == {"goals EGET1"}


def test_what_is_gained_is_not_worse():
    comparison = compare(RIGHT, spoil(RIGHT, 3, goals=()), RIGHT)
    assert comparison.worse == ()
    assert difference(comparison, "goals.micro_f1").gain > 0
    assert not any(flip.is_worse for flip in comparison.flips)


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        pytest.param({"goals": ("DA1", "EN2")}, "goals EN2", id="a goal too many"),
        pytest.param({"elements": ()}, "elements W1", id="an element lost"),
        pytest.param({"level": Level.CONCRETE}, "level", id="level"),
        pytest.param({"reuse": "copied"}, "reuse", id="reuse"),
        pytest.param({"local": False}, "local", id="local"),
    ],
)
def test_each_judgement_flips_by_itself(changed, label):
    comparison = compare(RIGHT, RIGHT, spoil(RIGHT, 1, **changed), documents=1)
    assert [flip.label for flip in comparison.flips] == [label]


def test_wrong_in_another_way_is_no_flip():
    gold, before, now = ([make_row(0, level=level)] for level in (Level.CONCRETE, Level.NONE, Level.BACKGROUND))
    assert compare(gold, before, now, documents=1).flips == ()


def test_less_is_better_of_false_goals():
    gold = [make_row(k) for k in range(12)]
    given = difference(compare(gold, gold, spoil(gold, 6, goals=("DA1",))), "goals.false_rate")
    assert (given.before, given.now, given.gain, given.is_worse) == (0, 0.5, -0.5, True)


@pytest.mark.parametrize(
    ("passages", "gated"),
    [pytest.param(9, False, id="nine gold passages"), pytest.param(10, True, id="ten gold passages")],
)
def test_labels_are_gated_from_ten_gold_passages(passages, gated):
    rows = [make_row(k, goals=("DA1",)) for k in range(passages)]
    paths = [each.path for each in compare(rows, rows, spoil(rows, 5, goals=()), documents=1).worse]
    assert ("goals.by_label.DA1" in paths) is gated


def test_documents_are_resampled_where_there_are_enough():
    """One of ten documents is spoilt: over passages the interval is narrower than over documents."""
    names = [f"plan{k}" for k in range(10)]
    now = {name: (RIGHT, spoil(RIGHT, 12, goals=()) if name == "plan0" else RIGHT) for name in names}
    many = compare_with(make_baseline(dict.fromkeys(names, RIGHT)), make_evaluation(now), tolerance=ToleranceConfig())
    rows = [row.model_copy(update={"id": f"{n}-{row.id}"}) for n in range(10) for row in RIGHT]
    one = compare(rows, rows, spoil(rows, 12, goals=()), documents=1)
    over_documents, over_passages = (difference(each, "goals.micro_f1") for each in (many, one))
    assert over_documents.gain == over_passages.gain
    assert over_documents.low < over_passages.low < 0
    assert over_documents.high == 0


def test_both_are_judged_by_the_gold_of_today():
    corrected = spoil(RIGHT, 12, goals=("EN2",))
    assert difference(compare(corrected, RIGHT, corrected), "goals.micro_f1").before == 0


def test_passages_that_only_one_has_are_counted_and_left_out():
    comparison = compare_with(
        make_baseline({"plan": RIGHT[:10], "gammel": RIGHT}),
        make_evaluation({"plan": (RIGHT, RIGHT), "ny": (RIGHT, RIGHT)}),
        tolerance=ToleranceConfig(),
    )
    assert (comparison.passages, comparison.added, comparison.gone) == (10, 14, 12)


def test_baseline_of_other_documents_is_refused():
    with pytest.raises(BaselineError, match="ingenting til felles"):
        compare_with(
            make_baseline({"gammel": RIGHT}), make_evaluation({"ny": (RIGHT, RIGHT)}), tolerance=ToleranceConfig()
        )


def test_facts_are_gated_and_flip():
    facts = {"skarvoya": {f"field{k}": True for k in range(4)}}
    spoilt = {"skarvoya": {**facts["skarvoya"], "field0": False, "field1": False}}
    comparison = compare_with(
        make_baseline({"kommuner": []}, facts=facts),
        make_evaluation({"kommuner": ([], [])}, facts=spoilt),
        tolerance=ToleranceConfig(),
    )
    assert [each.path for each in comparison.worse] == ["facts.accuracy"]
    assert [flip.describe() for flip in comparison.flips] == [
        f"kommuner skarvoya: facts {field}: fasit rett, før rett, nå galt" for field in ("field0", "field1")
    ]


def test_flips_of_a_figure_are_those_it_is_made_of():
    comparison = compare(RIGHT, RIGHT, spoil(RIGHT, 12, goals=("KS1.1",), local=False), documents=1)
    labels = {
        path: {flip.label for flip in comparison.flips_of(difference(comparison, path))}
        for path in ("goals.by_label.DA1", "goals.by_set.digital_agenda.micro_f1", "goals.micro_f1", "local.f1")
    }
    assert labels == {
        "goals.by_label.DA1": {"goals DA1"},
        "goals.by_set.digital_agenda.micro_f1": {"goals DA1"},
        "goals.micro_f1": {"goals DA1", "goals KS1.1"},
        "local.f1": {"local"},
    }
