from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.embedding.bert import plan_batches


@given(st.lists(st.integers(1, 512), max_size=200), st.integers(1, 64), st.integers(1, 4096))
def test_batches_hold_every_text_once_within_their_limits(lengths, max_texts, max_tokens) -> None:
    batches = list(plan_batches(lengths, max_texts=max_texts, max_tokens=max_tokens))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= max_texts
        assert len(batch) == 1 or max(lengths[index] for index in batch) * len(batch) <= max_tokens


@pytest.mark.parametrize(
    ("lengths", "batches"),
    [
        pytest.param([], [], id="no-texts"),
        pytest.param([5, 9, 7], [[1, 2], [0]], id="longest-first"),
        pytest.param([30], [[0]], id="a-text-longer-than-a-batch-stands-alone"),
    ],
)
def test_texts_of_like_length_stand_together(lengths, batches) -> None:
    assert list(plan_batches(lengths, max_texts=2, max_tokens=20)) == batches
