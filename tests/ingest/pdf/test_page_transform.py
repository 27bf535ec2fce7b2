"""Pages are read upright and boxes are given as shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ingest.pdf.page_transform import PageTransform, choose_transform
from compliance.records import Box

UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@given(
    st.integers(0, 3),
    st.tuples(st.floats(0, 595), st.floats(0, 595)).map(sorted),
    st.tuples(st.floats(0, 842), st.floats(0, 842)).map(sorted),
)
def test_a_box_comes_back_to_where_it_is_shown(quarter: int, xs: list[float], ys: list[float]) -> None:
    transform = PageTransform(595, 842, quarter=quarter)
    area = transform.place(xs[0], ys[0], xs[1], ys[1])
    shown = transform.show_box(Box(1, area.x0, area.y0, area.x1, area.y1))
    assert (shown.x0, shown.y0, shown.x1, shown.y1) == pytest.approx((xs[0], ys[0], xs[1], ys[1]), abs=0.02)


@pytest.mark.parametrize(
    ("direction", "quarter"),
    [
        pytest.param((1, 0), 0, id="upright"),
        pytest.param((0, -1), 1, id="upwards"),
        pytest.param((-1, 0), 2, id="upside down"),
        pytest.param((0, 1), 3, id="downwards"),
    ],
)
def test_the_frame_turns_most_text_upright(direction: tuple[float, float], quarter: int) -> None:
    transform = choose_transform((595, 842), turn=UNTURNED, directions=[(direction, 40), ((1, 0), 5)])
    assert transform.quarter == quarter
    assert transform.turn_direction(direction) == (1, 0)
