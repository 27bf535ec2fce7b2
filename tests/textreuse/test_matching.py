"""What the engine finds between texts, whatever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.config import ReuseConfig
from compliance.textreuse.matching import Match, find_matches, find_matches_of
from compliance.textreuse.ngrams import Texts
from compliance.textreuse.token_hashes import index_words
from made_prose import COPIED, filler

GOAL = "Kommunen skal gi alle som bor her én trygg vei inn"  # a short goal: eleven words


def find(*texts: str, groups: list[int] | None = None) -> list[Match]:
    indexes = [index_words(text) for text in texts]
    return list(find_matches(indexes, groups=groups or list(range(len(texts))), config=ReuseConfig()))


def words_of(text: str, match: Match, *, second: bool = False) -> str:
    index = index_words(text)
    low, high = match.alignment.second_range if second else match.alignment.first_range
    return text[index.starts[low] : index.ends[high - 1]]


def test_verbatim_copy_is_found_with_both_sides():
    one, other = f"{filler(1)} {COPIED} {filler(2)}", f"{filler(3)} {COPIED}"
    (match,) = find(one, other)
    assert words_of(one, match) == COPIED.removesuffix(".")
    assert words_of(other, match, second=True) == COPIED.removesuffix(".")
    assert match.alignment.similarity == 1.0


@pytest.mark.parametrize(
    ("changed", "lowest"),
    [
        pytest.param(COPIED.replace("kommunen", "etaten"), 0.9, id="one word replaced"),
        pytest.param(COPIED.replace("og slippe å fortelle", "og fortelle"), 0.9, id="words left out"),
        pytest.param(COPIED.replace("rundt hendelsene", "rundt de store hendelsene"), 0.9, id="words put in"),
        pytest.param(COPIED.upper(), 1.0, id="case"),
        pytest.param(COPIED.replace(" ", "\n  "), 1.0, id="line breaks"),
        pytest.param(COPIED.replace(",", " –").replace(".", ";"), 1.0, id="punctuation"),
    ],
)
def test_changed_copy_is_found_whole(changed, lowest):
    (match,) = find(f"{filler(1)} {changed} {filler(2)}", f"{filler(3)} {COPIED} {filler(4)}")
    low, high = match.alignment.first_range
    assert match.alignment.similarity >= lowest
    assert high - low >= len(index_words(changed)) - 2


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(GOAL.replace("alle", "dem"), id="a word exchanged"),
        pytest.param(GOAL.replace("én trygg", "én"), id="a word left out"),
        pytest.param(GOAL.replace("gi alle", "gi nå alle"), id="a word put in"),
    ],
)
def test_short_goal_is_found_with_a_word_changed(changed):
    (match,) = find(f"{filler(1)} {changed} {filler(2)}", f"{filler(3)} {GOAL} {filler(4)}")
    assert match.alignment.shared >= 10


def test_short_goal_lifted_alone_is_found():
    (match,) = find(f"{filler(1)} {GOAL} {filler(2)}", f"{filler(3)} {GOAL} {filler(4)}")
    assert match.alignment.shared == 11


def test_goal_that_every_document_shares_is_found_in_all_pairs():
    texts = [f"{filler(2 * k)} {GOAL} {filler(2 * k + 1)}" for k in range(40)]
    pairs = {(match.first, match.second) for match in find(*texts)}
    assert len(pairs) == 40 * 39 // 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("", "", id="empty texts"),
        pytest.param(filler(1), filler(2), id="different prose"),
        pytest.param("på vegne av kommunen", "på vegne av kommunen", id="shorter than any goal"),
        pytest.param(
            f"{filler(5)} https://www.example.org/a/b/c/d/e/f/g/h/i {filler(6)}",
            f"{filler(7)} https://www.example.org/a/b/c/d/e/f/g/h/i {filler(8)}",
            id="the same web address",
        ),
        pytest.param(
            " ".join(f"i alle deler av {filler(k, 12)}" for k in range(9)),
            " ".join(f"i alle deler av {filler(k, 12)}" for k in range(20, 29)),
            id="an idiom repeated",
        ),
    ],
)
def test_unrelated_texts_share_nothing(one, other):
    assert find(one, other) == []


def test_texts_of_one_group_are_not_compared():
    assert find(COPIED, COPIED, groups=[7, 7]) == []


def test_same_answer_twice_and_whatever_the_order():
    texts = [f"{filler(k)} {COPIED if k % 2 else GOAL} {filler(k + 50)}" for k in range(8)]
    forward = {(match.first, match.second, match.alignment.shared) for match in find(*texts)}
    backward = {(7 - match.second, 7 - match.first, match.alignment.shared) for match in find(*reversed(texts))}
    assert forward == backward
    assert find(*texts) == find(*texts)


@given(st.lists(st.text(alphabet="ab c.", max_size=60), min_size=2, max_size=5))
def test_every_match_shares_the_words_it_says(texts):
    indexes = [index_words(text) for text in texts]
    for match in find_matches(indexes, groups=list(range(len(texts))), config=ReuseConfig()):
        for run in match.alignment.runs:
            first = indexes[match.first].ids[run.first : run.first + run.length]
            second = indexes[match.second].ids[run.second : run.second + run.length]
            assert first.tolist() == second.tolist()


def test_texts_are_compared_across_alone_where_new_ones_do_not_meet():
    indexes = [index_words(f"{filler(number)} {COPIED} {filler(9 + number)}") for number in range(4)]
    is_new = np.array([True, False, True, False])
    texts = Texts([index.ids for index in indexes], np.arange(4), is_new, new_meet=False)
    found = list(find_matches_of(texts, config=ReuseConfig()))
    assert {(match.first, match.second) for match in found} == {(0, 1), (0, 3), (1, 2), (2, 3)}
    every = {
        (match.first, match.second): match for match in find_matches(indexes, groups=range(4), config=ReuseConfig())
    }
    assert all(every[match.first, match.second] == match for match in found)


def test_pairs_that_are_asked_for_alone_share_what_they_do_among_all():
    indexes = [index_words(f"{filler(number)} {COPIED} {filler(9 + number)}") for number in range(4)]
    texts = Texts.compare_all(indexes, groups=range(4))
    found = list(find_matches_of(texts, config=ReuseConfig(), only={(0, 2), (1, 3)}))
    every = list(find_matches_of(texts, config=ReuseConfig()))
    assert len(every) > len(found) == 2
    assert found == [match for match in every if (match.first, match.second) in {(0, 2), (1, 3)}]
