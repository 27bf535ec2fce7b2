"""Which sentences are looked at for another's content: those that are not told of as shared wording already."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compliance.analyse.reuse.paraphrase_spans import MAX_COVERED, are_free

CUTS = st.lists(st.integers(0, 300), max_size=20, unique=True).map(sorted)
STRETCHES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200)).map(lambda each: (each[0], sum(each))))


def test_a_sentence_of_which_much_is_shared_is_not_free() -> None:
    places = [(0, 10), (10, 20), (20, 30)]
    assert list(are_free(places, [(0, 4), (10, 13), (18, 20), (25, 90)])) == [False, True, False]


def test_two_stretches_of_a_sentence_count_one_by_one() -> None:
    assert list(are_free([(0, 10)], [(0, 3), (7, 10)])) == [True]


@given(cuts=CUTS, known=STRETCHES)
def test_places_are_free_as_each_would_be_alone(cuts: list[int], known: list[tuple[int, int]]) -> None:
    places = list(pairwise(cuts))
    alone = [
        all(min(high, end) - max(low, start) <= MAX_COVERED * (end - start) for low, high in known)
        for start, end in places
    ]
    assert list(are_free(places, known)) == alone
