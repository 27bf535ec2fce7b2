"""What two stretches share word by word, on arrays of words made by hand: every bound of chains and alignments."""

from __future__ import annotations

import random
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.textreuse.alignment import Alignment, Unshared, align, drop_overlaps, find_unshared
from compliance.textreuse.chaining import BUCKET, MAX_GAP, Chain, SharedRun, chain_seeds
from compliance.textreuse.seeds import PairSeeds

SIZE, UNIQUE = 4, 100

Run = tuple[int, int, int]  # first word in one text, in the other, how many


def words(text):
    """Return a number a word; «.» is a word that stands nowhere else."""
    fresh = iter(range(UNIQUE))
    return np.array([next(fresh) if word == "." else crc32(word.encode()) for word in text.split()], dtype=np.uint64)


def chain(*runs: Run) -> Chain:
    last = runs[-1]
    return Chain([SharedRun(*run) for run in runs], last[0] + last[2], last[1] + last[2])


def align_runs(first, second, *runs: Run) -> list[Run]:
    """Return the runs of the best alignment around a chain of these runs."""
    left, right = words(first), words(second)
    right[right < UNIQUE] += np.uint64(UNIQUE)
    found = align(chain(*runs), left, right)
    return [(run.first, run.second, run.length) for run in found.runs] if found else []


def make_alignment(*runs: Run) -> Alignment:
    return Alignment(tuple(SharedRun(*run) for run in runs))


def test_an_alignment_has_ranges_and_a_similarity() -> None:
    found = make_alignment((3, 13, 4), (9, 18, 2))
    assert (found.first_range, found.second_range, found.shared) == ((3, 11), (13, 20), 6)
    assert found.similarity == 2 * 6 / (8 + 7)
    assert found.swapped() == make_alignment((13, 3, 4), (18, 9, 2))


@pytest.mark.parametrize(
    ("start", "end", "runs"),
    [
        pytest.param(0, 20, [(3, 13, 4), (9, 18, 2)], id="all"),
        pytest.param(4, 10, [(4, 14, 3), (9, 18, 1)], id="ends cut off"),
        pytest.param(10, 20, [(10, 19, 1)], id="the last word"),
        pytest.param(6, 9, [(6, 16, 1)], id="up to a run"),
        pytest.param(7, 9, [], id="between the runs"),
        pytest.param(11, 20, [], id="behind"),
    ],
)
def test_the_part_of_an_alignment_within_a_range(start, end, runs) -> None:
    part = make_alignment((3, 13, 4), (9, 18, 2)).within(start, end)
    assert part == (make_alignment(*runs) if runs else None)


def test_an_alignment_reaches_thirty_words_beyond_its_seeds() -> None:
    same = " ".join(f"ord{k}" for k in range(110))
    assert align_runs(same, same, (50, 50, 4)) == [(20, 20, 64)]
    assert align_runs(same, same, (10, 10, 4)) == [(0, 0, 44)]


def test_texts_of_unlike_beginnings_are_aligned_by_the_seeds() -> None:
    same = " ".join(f"ord{k}" for k in range(12))
    assert align_runs(f". . . {same}", f". {same} . .", (7, 5, 4)) == [(3, 1, 12)]


@pytest.mark.parametrize(
    ("first", "second", "seeds", "runs"),
    [
        pytest.param("a b c d . . . e f g h", "a b c d . . . e f g h", [(0, 0, 4), (7, 7, 4)], [(0, 0, 4), (7, 7, 4)],
                     id="six words apart, which cost three of four"),
        pytest.param("a b c d . . . . e f g h", "a b c d . . . . e f g h", [(0, 0, 4), (8, 8, 4)], [(0, 0, 4)],
                     id="eight cost all that the second adds"),
        pytest.param("a b c d . . . . e f g h i", "a b c d . . . . e f g h i", [(0, 0, 4), (8, 8, 5)],
                     [(0, 0, 4), (8, 8, 5)], id="a word more makes up for them"),
        pytest.param("a b . . . e f g h", "a b . . . e f g h", [(0, 0, 2), (5, 5, 4)], [(5, 5, 4)],
                     id="costs more than the first had"),
        pytest.param("a b . . e f g h", "a b . . e f g h", [(0, 0, 2), (4, 4, 4)], [(0, 0, 2), (4, 4, 4)],
                     id="costs just what it had"),
        pytest.param("a b c d . . . . e f g h", "a b c d e f g h", [(0, 0, 4), (8, 4, 4)], [(0, 0, 4), (8, 4, 4)],
                     id="words of one side alone"),
        pytest.param("a b c d . x . e f g h", "a b c d x . . e f g h", [(0, 0, 4), (7, 7, 4)],
                     [(0, 0, 4), (5, 4, 1), (7, 7, 4)], id="a shared word between"),
        pytest.param("a b c d e f g h", "a b c d e f g h", [(0, 0, 4), (4, 4, 4)], [(0, 0, 8)], id="runs that go on"),
        pytest.param("a b c d x e f g h", "a b c d y e f g h", [(0, 0, 4), (5, 5, 4)], [(0, 0, 4), (5, 5, 4)],
                     id="a word exchanged"),
    ],
)  # fmt: skip
def test_unshared_words_cost_half_a_shared_one(first, second, seeds, runs) -> None:
    assert align_runs(first, second, *seeds) == runs


@pytest.mark.parametrize(
    ("first", "second", "seed", "runs"),
    [
        pytest.param("a b c d . og", "a b c d og", (0, 0, 4), [(0, 0, 4)], id="nearer in one text"),
        pytest.param("a b c d . og", "a b c d . og", (0, 0, 4), [(0, 0, 4)], id="as far in both, which adds nothing"),
        pytest.param("og . a b c d", "og a b c d", (2, 1, 4), [(2, 1, 4)], id="before it"),
        pytest.param("og . a b c d", "og . a b c d", (2, 2, 4), [(0, 0, 1), (2, 2, 4)], id="as far before it"),
        pytest.param("og . a b c d . så", "og a b c d så", (2, 1, 4), [(2, 1, 4)], id="on both sides"),
        pytest.param("a b c d . og så", "a b c d og så", (0, 0, 4), [(0, 0, 4), (5, 4, 2)], id="two words are none"),
        pytest.param("a b c d . og . e f g h", "a b c d og . . e f g h", (7, 7, 4), [(0, 0, 4), (5, 4, 1), (7, 7, 4)],
                     id="between two runs"),
    ],
)  # fmt: skip
def test_single_words_around_a_verbatim_stretch_are_no_part_of_it(first, second, seed, runs) -> None:
    assert align_runs(first, second, seed) == runs


@pytest.mark.parametrize(
    ("first", "second", "unshared"),
    [
        pytest.param("a b c", "a b c", [], id="alike"),
        pytest.param("a b c", "a x c", [(1, 2, 1, 2)], id="exchanged"),
        pytest.param("a b c", "a c", [(1, 2, 1, 1)], id="left out"),
        pytest.param("a c", "a b b c", [(1, 1, 1, 3)], id="put in"),
        pytest.param("x a b", "a b y", [(0, 1, 0, 0), (3, 3, 2, 3)], id="at the ends"),
        pytest.param("a b c d", "a x y d", [(1, 3, 1, 3)], id="two exchanged are one"),
    ],
)
def test_where_two_stretches_differ(first, second, unshared) -> None:
    assert find_unshared(words(first), words(second)) == [Unshared(*each) for each in unshared]


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        pytest.param((4, 4, 9), False, id="six of nine words on both sides"),
        pytest.param((5, 5, 10), True, id="half"),
        pytest.param((6, 6, 9), True, id="four of nine"),
        pytest.param((4, 40, 9), True, id="on one side"),
        pytest.param((40, 4, 9), True, id="on the other"),
    ],
)
def test_of_alignments_that_cover_the_same_the_larger_is_kept(other, kept) -> None:
    large, small = make_alignment((0, 0, 10)), make_alignment(other)
    assert list(drop_overlaps([small, large])) == ([large, small] if kept else [large])


def test_the_order_of_alignments_is_by_size_and_place() -> None:
    one, two, three = make_alignment((50, 0, 9)), make_alignment((0, 50, 9)), make_alignment((90, 90, 12))
    assert list(drop_overlaps([one, two, three])) == [three, two, one]


def chain_all(*seeds: Run, min_words=1, size=SIZE) -> list[list[Run]]:
    columns = [np.array(column, dtype=np.int64) for column in zip(*seeds, strict=True)]
    found = chain_seeds(PairSeeds(0, 1, *columns), size=size, min_words=min_words)
    return [[(run.first, run.second, run.length) for run in each.runs] for each in found]


@pytest.mark.parametrize(
    ("seeds", "chains"),
    [
        pytest.param([(0, 0, 5), (30, 30, 5)], [[0, 1]], id="25 words apart"),
        pytest.param([(0, 0, 5), (31, 30, 5)], [[0], [1]], id="26 in the first"),
        pytest.param([(0, 0, 5), (30, 31, 5)], [[0], [1]], id="26 in the second"),
        pytest.param([(0, 100, 5), (10, 50, 5)], [[0], [1]], id="the other way round"),
        pytest.param([(0, 0, 5), (10, 900, 5), (20, 20, 5), (25, 910, 5)], [[0, 2], [1, 3]], id="two in turn"),
        pytest.param([(0, 0, 5), (0, 10, 5), (8, 18, 5)], [[0, 2], [1]], id="the oldest chain has it"),
    ],
)
def test_seeds_that_follow_each_other_are_one_chain(seeds, chains) -> None:
    assert chain_all(*seeds) == [[seeds[k] for k in members] for members in chains]


@pytest.mark.parametrize(
    ("seed", "chained"),
    [
        pytest.param((5, 5, 5), (5, 5, 5), id="right behind"),
        pytest.param((5, 3, 7), (7, 5, 5), id="two words back in the second"),
        pytest.param((3, 5, 7), (5, 7, 5), id="two words back in the first"),
        pytest.param((2, 5, 4), (5, 8, 1), id="a seed's words reach one word on"),
        pytest.param((1, 5, 4), None, id="but no less"),
        pytest.param((1, 5, 5), (5, 9, 1), id="where the seed is longer"),
        pytest.param((5, 2, 4), (8, 5, 1), id="the same in the second"),
        pytest.param((5, 1, 4), None, id="and no less there"),
        pytest.param((29, 3, 6), (31, 5, 4), id="farther for the words that are behind"),
        pytest.param((30, 1, 7), None, id="too far with them"),
    ],
)
def test_of_a_seed_that_overlaps_the_words_ahead_are_chained(seed, chained) -> None:
    """After a seed of five words from 0: what overlaps it on either side is taken off."""
    expected = [[(0, 0, 5), chained]] if chained else [[(0, 0, 5)], [seed]]
    assert chain_all((0, 0, 5), seed) == expected


@pytest.mark.parametrize(("min_words", "chains"), [(9, 1), (10, 0)], ids=["nine of nine", "nine of ten"])
def test_a_chain_has_a_number_of_words_at_least(min_words, chains) -> None:
    assert len(chain_all((0, 0, 5), (8, 8, 4), min_words=min_words)) == chains


def chain_slowly(seeds: list[Run]) -> list[list[Run]]:
    """Chain each seed with the oldest chain it goes on from, looking through all of them."""
    chains: list[list[Run]] = []
    for first, second, length in seeds:
        for each in chains:
            end, other_end = each[-1][0] + each[-1][2], each[-1][1] + each[-1][2]
            behind = max(0, end - SIZE + 1 - first, other_end - SIZE + 1 - second)
            if max(first - end, second - other_end) + behind <= MAX_GAP and behind <= length - SIZE:
                overlap = max(0, end - first, other_end - second)
                each.append((first + overlap, second + overlap, length - overlap))
                break
        else:
            chains.append([(first, second, length)])
    return chains


@given(st.integers(0, 10**6), st.integers(2, 60), st.sampled_from([40, BUCKET * 4, BUCKET * 12]))
def test_chains_are_found_by_their_ends_as_by_looking_through_all(seed, count, reach) -> None:
    draw = random.Random(seed)
    seeds = sorted((draw.randrange(reach), draw.randrange(reach), draw.randint(SIZE, 9)) for _ in range(count))
    assert chain_all(*seeds) == chain_slowly(seeds)
