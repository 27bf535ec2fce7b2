"""Bootstrap intervals."""

from __future__ import annotations

from statistics import mean

from compliance.evaluate.intervals import measure


def test_interval_holds_the_value_and_narrows_with_support():
    few, many = measure([0, 1] * 10, mean), measure([0, 1] * 500, mean)
    assert few.low < few.value == 0.5 < few.high
    assert many.high - many.low < few.high - few.low


def test_one_item_has_no_width():
    figure = measure([0.25], mean)
    assert (figure.low, figure.value, figure.high, figure.n) == (0.25, 0.25, 0.25, 1)


def test_same_interval_twice():
    assert measure([1, 2, 3, 7], mean) == measure([1, 2, 3, 7], mean)
