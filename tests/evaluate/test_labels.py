"""The label figures of docs/evaluate.md, on tables small enough to count by hand."""

from __future__ import annotations

import pytest

from compliance.errors import GoldError
from compliance.evaluate.gold import GoldPassage, GoldSet, LabelRow, read_labels
from compliance.evaluate.labels import compare_labels
from compliance.evaluate.system import collect_labels, make_reading
from compliance.records import (
    UNCLEAR,
    Finding,
    Level,
    Task,
)


def row(number=0, *, goals=(), elements=(), level=Level.BACKGROUND, reuse="own", source=None, local=False):
    return LabelRow(
        id=str(number), goals=goals, elements=elements, level=level, reuse=reuse, source=source, local=local
    )


def compare(gold, other):
    return compare_labels(tuple(gold), tuple(other), sets={"DA1": "digital_agenda", "EGET1": "eget"})


def test_equal_labels_score_one():
    rows = [row(k, goals=("KS2.5",), elements=("W7",), level=list(Level)[k % 5], local=True) for k in range(10)]
    figures = compare(rows, rows)
    assert figures["goals"]["micro_f1"].value == figures["elements"]["macro_f1"].value == 1.0
    assert figures["level"]["kappa"].value == figures["local"]["f1"].value == 1.0


def test_goals_are_counted_over_passages_and_labels():
    gold = [row(0, goals=("DA1", "KS1.1")), row(1, goals=("DA1",)), row(2)]
    other = [row(0, goals=("DA1",)), row(1, goals=("DA1", "EN2")), row(2, goals=("EN2",))]
    figures = compare(gold, other)["goals"]
    assert figures["precision"].value == pytest.approx(2 / 4)
    assert figures["recall"].value == pytest.approx(2 / 3, abs=1e-4)
    assert figures["micro_f1"].value == pytest.approx(4 / 7, abs=1e-4)
    assert figures["false_rate"].value == 1.0
    assert figures["by_set"]["digital_agenda"]["micro_f1"].value == 1.0
    assert "macro_f1" not in figures  # no label has five gold passages


def test_a_set_of_the_users_own_has_figures_as_the_national_ones_have():
    by_set = compare([row(goals=("DA1", "EGET1"))], [row(goals=("DA1",))])["goals"]["by_set"]
    assert {name: figures["micro_f1"].value for name, figures in by_set.items()} == {"digital_agenda": 1.0, "eget": 0.0}


def test_macro_counts_only_labels_with_enough_gold():
    gold = [row(k, goals=("DA1",) if k < 6 else ("DA2",)) for k in range(8)]
    other = [row(k, goals=("DA1",)) for k in range(8)]
    assert compare(gold, other)["goals"]["macro_f1"].value == pytest.approx(2 * 6 / (2 * 6 + 2), abs=1e-4)


@pytest.mark.parametrize(
    ("gold", "other", "kappa"),
    [
        pytest.param([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], 1.0, id="agree"),
        pytest.param([0, 4, 0, 4], [4, 0, 4, 0], -1.0, id="opposite"),
        # By hand: the mean squared step is 0.25, and 1.75 when the two are shuffled.
        pytest.param([1, 1, 3, 3], [1, 2, 3, 3], 1 - 0.25 / 1.75, id="one step off"),
    ],
)
def test_quadratic_kappa(gold, other, kappa):
    levels = list(Level)
    figures = compare(
        [row(k, level=levels[g]) for k, g in enumerate(gold)], [row(k, level=levels[o]) for k, o in enumerate(other)]
    )
    assert figures["level"]["kappa"].value == pytest.approx(kappa, abs=1e-3)


def test_reuse_kind_and_source_are_judged_among_the_found():
    gold = [row(0, reuse="quoted", source="ks"), row(1, reuse="copied", source="ks"), row(2, reuse="copied"), row(3)]
    other = [row(0, reuse="quoted", source="ks"), row(1, reuse="quoted", source="difi"), row(2), row(3)]
    figures = compare(gold, other)["reuse"]
    assert figures["f1"].value == pytest.approx(4 / 5)
    assert (figures["kind_accuracy"].value, figures["source_accuracy"].value) == (0.5, 0.5)


def test_what_nobody_has_is_absent():
    figures = compare([row(0), row(1)], [row(0), row(1)])
    assert "f1" not in figures["reuse"]
    assert "micro_f1" not in figures["goals"]


def test_labels_of_other_passages_are_refused(tmp_path):
    file = tmp_path / "labels.jsonl"
    file.write_text(row(1).model_dump_json() + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match="samme avsnitt"):
        read_labels(file, [GoldPassage("0", "En.")])


def test_unknown_level_is_named_with_its_line(tmp_path):
    file = tmp_path / "labels.jsonl"
    file.write_text(row(0).model_dump_json().replace("background", "perhaps") + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"labels\.jsonl:1: level"):
        read_labels(file, [GoldPassage("0", "En.")])


def test_reading_of_gold_passages_keeps_their_ids_and_texts():
    gold = GoldSet("plan", (GoldPassage("a", "Kommunen skal det. Og det."), GoldPassage("b", "Det også.")))
    reading = make_reading(gold)
    assert [(passage.id, passage.text) for passage in reading.passages] == [
        (passage.id, passage.text) for passage in gold.passages
    ]
    assert all(reading.document.text[each.start : each.end] == each.text for each in reading.passages)


def test_findings_become_a_row():
    gold = GoldSet(
        "plan", (GoldPassage("a", "Vi skal."), GoldPassage("b", "Nei."), GoldPassage("c", "Læring tar tid."))
    )
    findings = [
        Finding("plan", "a", Task.GOALS, "KS1.1", 0.9, ()),
        Finding("plan", "a", Task.LEVEL, "commitment", 0.9, ()),
        Finding("plan", "a", Task.ATTRIBUTION, "copied", 0.9, (), source="ks"),
        Finding("plan", "c", Task.ATTRIBUTION, UNCLEAR, 0.7, (), source="other"),
    ]
    first, second, third = collect_labels(gold, findings)
    assert (first.goals, first.level, first.reuse, first.source) == (("KS1.1",), Level.COMMITMENT, "copied", "ks")
    assert (second.goals, second.level, second.reuse) == ((), Level.NONE, "own")
    assert (third.reuse, third.source) == ("own", None)  # readers call words own whose source nothing tells
