"""PAN's measures, on their published values and on cases counted by hand."""

from __future__ import annotations

import pytest

from compliance.evaluate.reuse import ReuseMeasure, SpanPair, measure_macro, measure_micro


def pair(start: int, end: int, *, other: int = 0, document: str = "a", source: str = "b") -> SpanPair:
    """A pair whose two sides are equally long."""
    return SpanPair(document, (start, end), source, (other, other + end - start))


@pytest.mark.parametrize(
    ("precision", "recall", "granularity", "plagdet"),
    [(1, 1, 2, 0.63093), (0.25, 0.75, 2, 0.23660), (0.5, 1, 1, 2 / 3), (1, 1, 1, 1), (0, 0, 1, 0)],
)
def test_plagdet_as_published(precision: float, recall: float, granularity: float, plagdet: float) -> None:
    assert ReuseMeasure(precision, recall, granularity).plagdet == pytest.approx(plagdet, abs=5e-6)


@pytest.mark.parametrize("measure", [measure_macro, measure_micro])
def test_finding_exactly_the_cases_is_perfect(measure) -> None:
    cases = [pair(0, 10), pair(50, 90, other=7)]
    assert measure(cases, cases) == ReuseMeasure(1.0, 1.0, 1.0)


@pytest.mark.parametrize("measure", [measure_macro, measure_micro])
def test_which_side_is_called_the_source_does_not_count(measure) -> None:
    turned = SpanPair("b", (0, 10), "a", (20, 30))
    assert measure([turned], [SpanPair("a", (20, 30), "b", (0, 10))]) == ReuseMeasure(1.0, 1.0, 1.0)


@pytest.mark.parametrize("measure", [measure_macro, measure_micro])
def test_a_case_found_in_two_halves_has_granularity_two(measure) -> None:
    found = measure([pair(0, 5), pair(5, 10, other=5)], [pair(0, 10)])
    assert found == ReuseMeasure(1.0, 1.0, 2.0)
    assert found.plagdet == pytest.approx(0.63093, abs=5e-6)


@pytest.mark.parametrize(
    "missed",
    [
        pytest.param(pair(0, 10, other=100), id="elsewhere in the source"),
        pytest.param(pair(100, 110), id="elsewhere in the document"),
        pytest.param(pair(0, 10, source="c"), id="another source"),
    ],
)
def test_a_detection_must_overlap_on_both_sides(missed: SpanPair) -> None:
    assert measure_micro([missed], [pair(0, 10)]) == ReuseMeasure(0.0, 0.0, 1.0)


def test_macro_counts_cases_and_micro_counts_characters() -> None:
    cases = [pair(0, 90), pair(200, 210, other=300)]
    assert measure_macro([cases[0]], cases).recall == 0.5
    assert measure_micro([cases[0]], cases).recall == 0.9


def test_characters_in_two_cases_count_once_in_micro() -> None:
    cases = [pair(0, 10), pair(0, 10, source="c")]
    assert measure_micro([cases[0]], cases).recall == pytest.approx(20 / 30)


def test_nothing_to_find_and_nothing_found() -> None:
    assert measure_macro([], []) == measure_micro([], []) == ReuseMeasure(1.0, 1.0, 1.0)
