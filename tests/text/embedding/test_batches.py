from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.embedding.batches import Batch, plan_batches, round_length


@given(st.lists(st.integers(1, 512), max_size=200), st.integers(1, 64), st.integers(1, 4096))
def test_batches_hold_every_text_once_within_their_limits(lengths, max_texts, max_tokens) -> None:
    batches = list(plan_batches(lengths, max_texts=max_texts, max_tokens=max_tokens))
    assert sorted(index for batch in batches for index in batch.texts) == list(range(len(lengths)))
    for batch in batches:
        assert all(lengths[index] <= batch.length for index in batch.texts)
        assert len(batch.texts) <= max_texts
        assert len(batch.texts) == 1 or batch.length * len(batch.texts) <= max_tokens


@pytest.mark.parametrize(
    ("lengths", "batches"),
    [
        pytest.param([], [], id="no-texts"),
        pytest.param([5, 9, 7], [Batch([1, 2], 16), Batch([0], 8)], id="longest-first"),
        pytest.param([50], [Batch([0], 56)], id="a-text-longer-than-a-batch-stands-alone"),
        pytest.param([8] * 7, [Batch([0, 1, 2, 3], 8), Batch([4, 5], 8), Batch([6], 8)], id="counts-are-powers-of-two"),
    ],
)
def test_texts_of_like_length_stand_together(lengths, batches) -> None:
    assert list(plan_batches(lengths, max_texts=4, max_tokens=40)) == batches


@pytest.mark.parametrize(
    ("tokens", "places"),
    [
        pytest.param(1, 8, id="shortest"),
        pytest.param(64, 64, id="fine-steps-end"),
        pytest.param(65, 80, id="coarse-steps-begin"),
        pytest.param(512, 512, id="longest"),
    ],
)
def test_lengths_are_rounded_up_to_few(tokens, places) -> None:
    assert round_length(tokens) == places
