"""Where texts have the same few words in a row: against every pair of places looked through one by one."""

from __future__ import annotations

import random
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.textreuse import ngrams
from compliance.textreuse.ngrams import SharedGrams, Texts, find_shared_grams
from compliance.textreuse.seeds import FULLY_PAIRED, REACH, SeedFinder, _has_company

SIZE, MIN_WORDS = 4, 5

Seed = tuple[int, int, int, int, int]  # two texts, a word in each, how many words


def make_texts(*texts, groups=None, new=None) -> Texts:
    """Return texts of words that are single numbers; all of them new, each in a group of its own."""
    arrays = [
        np.array([crc32(word.encode()) for word in text.split()] if isinstance(text, str) else text) for text in texts
    ]
    return Texts(
        [array.astype(np.uint64) for array in arrays],
        np.array(groups or range(len(texts)), dtype=np.int64),
        np.array(new or [True] * len(texts)),
    )


def make_finder(texts: Texts) -> SeedFinder:
    return SeedFinder(find_shared_grams(texts, size=SIZE), texts, size=SIZE, min_words=MIN_WORDS)


def find_seeds(texts: Texts) -> list[Seed]:
    finder = make_finder(texts)
    columns = [
        (seeds.first, seeds.second, *place)
        for block in finder.plan_blocks()
        for seeds in finder.find_seeds(block)
        for place in zip(
            seeds.first_positions.tolist(), seeds.second_positions.tolist(), seeds.lengths.tolist(), strict=True
        )
    ]
    assert len(set(columns)) == len(columns)
    return sorted(columns)


def find_slowly(texts: Texts) -> list[Seed]:
    """Return the longest runs of at least SIZE words that two texts share which are to be compared."""
    found = []
    for one in range(len(texts.words)):
        for other in range(one + 1, len(texts.words)):
            if texts.groups[one] == texts.groups[other] or not (texts.is_new[one] or texts.is_new[other]):
                continue
            a, b = texts.words[one].tolist(), texts.words[other].tolist()
            for i in range(len(a)):
                for k in range(len(b)):
                    if a[i] != b[k] or (i and k and a[i - 1] == b[k - 1]):
                        continue
                    length = next((n for n in range(len(a)) if a[i : i + n + 1] != b[k : k + n + 1]), len(a))
                    length = min(length, len(a) - i, len(b) - k)
                    if length >= SIZE:
                        found.append((one, other, i, k, length))
    return sorted(found)


def has_near(seed: Seed, seeds: list[Seed]) -> bool:
    """Whether another seed of the pair lies within REACH of it in the first text."""
    return any(
        other is not seed
        and other[:2] == seed[:2]
        and (0 <= other[2] - (seed[2] + seed[4]) <= REACH or 0 <= seed[2] - (other[2] + other[4]) <= REACH
             or (other[2] < seed[2] + seed[4] and seed[2] < other[2] + other[4]))
        for other in seeds
    )  # fmt: skip


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(2, 5), st.booleans())
def test_every_seed_that_a_chain_can_come_of_is_found(seed, count, grown) -> None:
    draw = random.Random(seed)
    texts = make_texts(
        *[[draw.randint(1, 6) for _ in range(draw.randint(0, 45))] for _ in range(count)],
        groups=[draw.randint(0, 2) for _ in range(count)],
        new=[draw.random() < 0.5 if grown else True for _ in range(count)],
    )
    possible = find_slowly(texts)
    found = find_seeds(texts)
    assert set(found) <= set(possible)
    often = max((len(words) for words in texts.words), default=0) // SIZE > FULLY_PAIRED  # then not all are paired
    if not often:
        assert found == [each for each in possible if each[4] >= MIN_WORDS or has_near(each, possible)]


GRAM = "vi skal ha det"


def fill(count, start=0):
    return " ".join(f"x{k}" for k in range(start, start + count))


@pytest.mark.parametrize(
    ("gap", "found"),
    [
        pytest.param(REACH, True, id="forty words apart"),
        pytest.param(REACH + 1, False, id="farther"),
        pytest.param(2 * REACH, False, id="two windows apart"),
        pytest.param(0, True, id="side by side"),
    ],
)
def test_a_short_seed_counts_where_another_is_near(gap, found) -> None:
    other = "en to tre fire"
    one = f"{GRAM} {fill(gap)} {other}"
    seeds = find_seeds(make_texts(one, f"{other} {fill(3, 900)} {GRAM}"))
    assert seeds == ([(0, 1, 0, 7, 4), (0, 1, 4 + gap, 0, 4)] if found else [])


def test_a_seed_near_a_long_one_counts_from_where_that_ends() -> None:
    long = " ".join(f"lang{k}" for k in range(50))
    one, other = f"{long} {fill(REACH)} {GRAM}", f"{long} {fill(3, 900)} {GRAM}"
    assert find_seeds(make_texts(one, other)) == [(0, 1, 0, 0, 50), (0, 1, 90, 53, 4)]


def test_a_seed_far_from_any_other_counts_where_it_is_long_enough() -> None:
    assert find_seeds(make_texts(f"{GRAM} bra", f"ja {GRAM} bra")) == [(0, 1, 0, 1, 5)]
    assert find_seeds(make_texts(GRAM, f"ja {GRAM}")) == []


def test_texts_that_were_compared_before_are_not_compared_again() -> None:
    text = f"{GRAM} bra"
    assert [seed[:2] for seed in find_seeds(make_texts(text, text, text, new=[False, True, False]))] == [(0, 1), (1, 2)]
    assert find_seeds(make_texts(text, text, new=[False, False])) == []


@pytest.mark.parametrize(
    ("times", "looked_at"),
    [
        pytest.param(1, 1, id="once in each"),
        # Pairs of two texts with n places each, and of each text with itself: (2n choose 2).
        pytest.param(8, 16 * 15 // 2, id="eight times: all of them"),
        # The ninth of either is paired with the first place of the text behind it, and with no other.
        pytest.param(9, 17 + 77 + 1 + 8 + 21, id="nine times"),
    ],
)
def test_how_many_pairs_of_places_are_looked_at(times, looked_at) -> None:
    texts = [" ".join(f"{GRAM} {fill(2, 100 * number + 2 * k)}" for k in range(times)) for number in range(2)]
    assert make_finder(make_texts(*texts)).count_seeds() == looked_at


def test_blocks_are_of_whole_texts_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = make_texts(*[f"{GRAM} bra {fill(2, 10 * k)}" for k in range(6)])
    whole = find_seeds(texts)
    assert [seed[:2] for seed in whole] == [(a, b) for a in range(6) for b in range(a + 1, 6)]
    assert make_finder(texts).plan_blocks() == [(0, 12)]  # two places a text
    for chunk, blocks in (
        (10, [(0, 2), (2, 4), (4, 8), (8, 12)]),
        (0, [(0, 2), (2, 4), (4, 6), (6, 8), (8, 10), (10, 12)]),
    ):
        monkeypatch.setattr("compliance.textreuse.seeds.CHUNK", chunk)
        assert make_finder(texts).plan_blocks() == blocks
        assert find_seeds(texts) == whole


def describe(grams: SharedGrams):
    return [each.tolist() for each in (grams.texts, grams.positions, grams.partners, grams.ends)]


def test_shared_runs_are_listed_with_their_partners() -> None:
    """«a b c d» is in all three, «b c d e» in two; «q r s t» in one."""
    texts = make_texts("a b c d e", "q r s t a b c d", "a b c d e", groups=[0, 1, 2])
    grams = find_shared_grams(texts, size=SIZE)
    places = sorted(zip(grams.texts.tolist(), grams.positions.tolist(), strict=True))
    assert places == [(0, 0), (0, 1), (1, 4), (2, 0), (2, 1)]
    for number, (text, partners, end) in enumerate(
        zip(grams.texts.tolist(), grams.partners.tolist(), grams.ends.tolist(), strict=True)
    ):
        behind = grams.texts[partners:end].tolist()
        assert partners == number + 1
        assert all(other > text for other in behind)


def test_a_text_that_is_not_new_meets_the_new_ones_alone() -> None:
    texts = make_texts("a b c d", "a b c d", "a b c d", new=[True, False, False])
    grams = find_shared_grams(texts, size=SIZE)
    assert describe(grams) == [[1, 2, 0], [0, 0, 0], [2, 2, 3], [3, 3, 3]]


@pytest.mark.parametrize(
    "groups", [pytest.param([0, 0], id="of one group"), pytest.param([0, 1], id="of two")]
)  # fmt: skip
def test_runs_within_a_group_are_left_out(groups) -> None:
    grams = find_shared_grams(make_texts("a b c d", "a b c d", groups=groups), size=SIZE)
    assert len(grams.texts) == (0 if groups == [0, 0] else 2)


@pytest.mark.parametrize("texts", [["", ""], ["a b c", "a b c"], ["a b c d"]], ids=["empty", "short", "one"])
def test_texts_without_a_run_share_nothing(texts) -> None:
    assert describe(find_shared_grams(make_texts(*texts), size=SIZE)) == [[], [], [], []]


def test_a_corpus_taken_in_parts_has_the_same_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(4)
    texts = make_texts(
        *[[draw.randint(1, 4) for _ in range(40)] for _ in range(5)], new=[False, True, False, True, True]
    )
    whole = find_seeds(texts)
    monkeypatch.setattr(ngrams, "SHARD_WORDS", 30)
    assert find_seeds(texts) == whole != []


def test_nearly_no_seed_without_another_of_its_pair_near_is_looked_at_further() -> None:
    """Far fewer than the slots the hashes fall in, so that hardly two meet by chance."""
    draw = random.Random(5)
    made = np.array([(draw.randrange(300), 300 + draw.randrange(300), 200 * k, 0) for k in range(10_000)]).T
    assert _has_company(made).mean() < 0.01
    beside = made + np.array([[0], [0], [REACH], [7]])
    assert _has_company(np.concatenate((made, beside), axis=1)).all()
