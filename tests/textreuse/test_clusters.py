"""Families of passages with the same wording."""

from __future__ import annotations

from datetime import date

from compliance.config import ReuseConfig
from compliance.textreuse.clusters import Family, find_families
from compliance.textreuse.corpus import compare_documents
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


def test_nothing_shared_makes_no_family() -> None:
    assert find({"a": filler(1), "b": filler(2)}) == []
