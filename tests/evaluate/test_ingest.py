"""The ingest figures of docs/evaluate.md."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.evaluate.gold import GoldPassage, GoldSet
from compliance.evaluate.ingest import find_runs, judge_furniture, measure_reading, summarise_readings

ONE = "Kommunen vil at alle skal kunne søke om plass på nett."
TWO = "Rådmannen legger fram en sak om dette i mars."
THREE = "Biblioteket låner ut nettbrett til dem som ikke har."


def figures(gold_texts, read_texts):
    gold = GoldSet("prøve", tuple(GoldPassage(str(k), text) for k, text in enumerate(gold_texts)), None)
    reading = make_reading(read_texts)
    return summarise_readings([measure_reading(gold, read=lambda: reading)])


def test_perfect_reading_scores_one():
    result = figures([ONE, TWO, THREE], [ONE, TWO, THREE])
    assert (result["recovered"].value, result["order"].value, result["furniture"].value) == (1.0, 1.0, 0.0)
    assert result["recovered"].n == 3


@pytest.mark.parametrize(
    ("read", "recovered"),
    [
        pytest.param([ONE, TWO], 2 / 3, id="a passage lost"),
        pytest.param([ONE[:30], ONE[30:], TWO, THREE], 1.0, id="a passage split over two neighbours"),
        pytest.param([ONE.replace("på nett", "på  nett"), TWO, THREE], 1.0, id="white space"),
        pytest.param([ONE + " " + TWO, THREE], 1 / 3, id="two passages glued together"),
    ],
)
def test_recovered(read, recovered):
    assert figures([ONE, TWO, THREE], read)["recovered"].value == pytest.approx(recovered, abs=1e-3)


def test_reversed_order_scores_minus_one():
    assert figures([ONE, TWO, THREE], [THREE, TWO, ONE])["order"].value == -1.0


def test_text_standing_twice_is_not_counted_against_the_order():
    runs = find_runs(["Mål", ONE, "Mål"], ["Mål", ONE, "Mål"])
    assert [run.start for run in runs if run] == [0, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Side 3 av 12", id="page number"),
        pytest.param("xiv", id="roman page number"),
        pytest.param("2.1 Brukerne våre ........ 7", id="contents line"),
    ],
)
def test_furniture_that_came_through_is_counted(text):
    result = figures([ONE, TWO, THREE], [ONE, TWO, text, THREE])
    assert result["furniture"].value == pytest.approx(1 / 4)


def test_gold_passage_is_never_furniture():
    reading = make_reading(["2026", ONE])
    assert list(judge_furniture(reading.passages, find_runs(["2026", ONE], ["2026", ONE]))) == [False, False]
