"""How much of a text is whose, in figures that a reader can add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.report.views.text_shares import share_out


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        pytest.param((805, 140, 0, 55), (80, 14, 0, 6), id="80,5 % and 5,5 % beside 14 %"),
        pytest.param((1, 1, 1), (33, 33, 34), id="thirds"),
        pytest.param((997, 3, 0), (99, 0, 0), id="three in a thousand are under one per cent, and own words not all"),
        pytest.param((0, 0), (0, 0), id="no text"),
    ],
)
def test_shares_are_whole_per_cent_that_add_up(counts, shares):
    assert share_out(counts) == shares


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=5).filter(any))
def test_shares_add_up_to_a_hundred_with_one_for_what_is_under_one(counts):
    shares = share_out(counts)
    small = sum(share == 0 < count for share, count in zip(shares, counts, strict=True))
    assert sum(shares) + small == 100
    assert all(
        abs(share - 100 * count / sum(counts)) <= max(1, small) for share, count in zip(shares, counts, strict=True)
    )
