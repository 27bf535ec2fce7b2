"""Families of passages with the same wording."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from compliance.config import ReuseConfig
from compliance.textreuse.clusters import Family, find_families
from compliance.textreuse.corpus import Compared, compare_documents
from compliance.textreuse.index import IndexedText
from compliance.textreuse.token_hashes import index_words
from made_prose import COPIED, GOAL, filler


def find(texts: dict[str, str], dates: dict[str, date] | None = None) -> list[Family]:
    documents = [IndexedText(text_id, text_id, index_words(text)) for text_id, text in texts.items()]
    compared = compare_documents(documents, config=ReuseConfig(), on_progress=lambda *_: None)
    return find_families(compared, dates=dates or {})


def test_a_goal_that_all_share_is_one_family() -> None:
    texts = {f"d{k:02}": f"{filler(2 * k)} {GOAL}. {filler(2 * k + 1)}" for k in range(40)}
    (family,) = find(texts)
    assert {member.text_id for member in family.members} == set(texts)
    assert all(texts[member.text_id][member.start : member.end] == GOAL for member in family.members)


def test_differences_name_the_words_on_both_sides() -> None:
    changed = COPIED.replace("får barn", "får barn eller barnebarn")
    texts = {"a": f"{filler(1)} {COPIED}", "b": f"{filler(2)} {COPIED}", "c": f"{filler(3)} {changed} {filler(4)}"}
    (family,) = find(texts)
    core = family.members[family.core]
    (odd,) = [member for member in family.members if member.differences]
    assert odd.text_id == "c"
    (difference,) = odd.differences
    assert texts["c"][difference.start : difference.end] == "eller barnebarn"
    assert difference.core_start == difference.core_end
    assert texts[core.text_id][difference.core_start :].startswith("flytter")


def test_the_earliest_holder_is_told_where_dates_are_known() -> None:
    texts = {name: f"{filler(k)} {COPIED}" for k, name in enumerate("abc")}
    assert find(texts)[0].earliest is None
    assert find(texts, {"a": date(2022, 1, 1), "c": date(2020, 1, 1)})[0].earliest == "c"


def test_resembling_a_member_is_not_enough() -> None:
    """The middle text has both goals; the outer two share nothing and must not meet in a family."""
    other = "Alle skolene får egne verksteder der elevene lærer å reparere ting"
    texts = {"a": f"{GOAL} {filler(1)}", "b": f"{GOAL} {filler(2, 90)} {other}", "c": f"{filler(3)} {other}"}
    assert [{member.text_id for member in family.members} for family in find(texts)] == [{"a", "b"}, {"b", "c"}]


def test_drifting_copies_meet_only_where_they_were_aligned() -> None:
    """The last copy has nothing left of the first one's words, and so no family with it."""
    words = [f"ord{letter}" for letter in "abcdefghijklmnopqrst"]
    drifts = [words[:12], words[4:16], words[8:20]]
    texts = {name: f"{filler(k)} {' '.join(drift)}" for k, (name, drift) in enumerate(zip("abc", drifts, strict=True))}
    assert [{member.text_id for member in family.members} for family in find(texts)] == [{"a", "b"}, {"b", "c"}]


def connect(*rows: tuple[int, int, int, int, int, int, int]) -> list[list[tuple[str, int, int]]]:
    """Return the families of a span table: two texts, two word ranges, words shared; members by text and words."""
    words = {text_id: " ".join(f"w{k:03}" for k in range(100)) for text_id in "abcd"}
    texts = tuple(IndexedText(text_id, text_id, index_words(text)) for text_id, text in words.items())
    found = find_families(Compared(texts, np.array(rows, dtype=np.int32)), dates={})
    return [[(member.text_id, member.start // 5, (member.end + 1) // 5) for member in each.members] for each in found]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param((10, 20), True, id="the same words"),
        pytest.param((10, 16), True, id="three fifths, within"),
        pytest.param((10, 15), True, id="half, within"),
        pytest.param((10, 14), False, id="less, within"),
        pytest.param((10, 30), True, id="twice as long"),
        pytest.param((10, 31), False, id="longer"),
        pytest.param((14, 24), True, id="three fifths of either"),
        pytest.param((15, 25), False, id="half of either"),
        pytest.param((6, 16), True, id="from before it"),
        pytest.param((20, 30), False, id="beside it"),
    ],
)
def test_stretches_of_a_text_that_cover_the_same_are_one_place(other, same) -> None:
    """The one that is found oftener gives the place: that of texts b and c."""
    start, end = other
    rows = [(0, 1, 10, 20, 0, 10, 10), (0, 2, 10, 20, 0, 10, 10), (0, 3, start, end, 0, end - start, end - start)]
    members = connect(*rows)
    together = [("a", 10, 20), ("b", 0, 10), ("c", 0, 10), ("d", 0, end - start)]
    assert members == ([together] if same else [together[:3], [("a", start, end), together[3]]])


def test_the_core_is_the_place_with_most_alignments_that_no_family_has() -> None:
    rows = [(0, 1, 0, 10, 0, 10, 10), (1, 2, 0, 10, 0, 10, 10), (1, 3, 0, 10, 0, 10, 10), (2, 3, 0, 10, 0, 10, 10)]
    assert connect(*rows) == [[(name, 0, 10) for name in "abcd"]]


def test_families_are_by_size_and_have_every_alignment() -> None:
    rows = [
        (0, 1, 0, 10, 0, 10, 10),
        (0, 1, 50, 60, 50, 60, 10),
        (1, 2, 50, 60, 50, 60, 10),
        (2, 3, 50, 60, 50, 60, 10),
    ]
    assert connect(*rows) == [
        [("a", 50, 60), ("b", 50, 60), ("c", 50, 60)],
        [("b", 50, 60), ("c", 50, 60), ("d", 50, 60)],
        [("a", 0, 10), ("b", 0, 10)],
    ]


def test_a_member_is_as_similar_as_the_words_it_shares_with_the_core() -> None:
    changed = COPIED.replace("får barn, flytter", "flytter nå")
    texts = {"a": f"{filler(1)} {COPIED}", "b": f"{filler(2)} {COPIED}", "c": f"{filler(3)} {changed} {filler(4)}"}
    (family,) = find(texts)
    words = len(COPIED.split())
    assert [member.similarity for member in family.members] == [1.0, 1.0, round(2 * (words - 2) / (2 * words - 1), 4)]
    shown = [
        (texts["c"][each.start : each.end], texts["a"][each.core_start : each.core_end])
        for each in family.members[2].differences
    ]
    assert family.core == 0
    assert shown == [("", "får barn"), ("nå", "")]


def test_nothing_shared_makes_no_family() -> None:
    assert find({"a": filler(1), "b": filler(2)}) == []
