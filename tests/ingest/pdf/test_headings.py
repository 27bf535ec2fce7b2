"""Headings and their levels: bookmarks over numbering over type."""

from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import make_line

from compliance.ingest.pdf.headings import Bookmark, find_level, is_heading, make_outline, rank_levels
from compliance.ingest.pdf.paragraphs import Group

BODY = Group((make_line("Brødtekst som går over en hel linje og litt til", size=10),), 72, 540)


def make_group(text: str, *, size: float = 10, bold: bool = False, page: int = 1) -> Group:
    return Group((make_line(text, size=size, bold=bold, page=page),), 72, 540)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        pytest.param(make_group("Mål og strategier", size=14), True, id="larger"),
        pytest.param(make_group("Mål og strategier", bold=True), True, id="bold"),
        pytest.param(make_group("4.2 Digital kompetanse"), True, id="numbered in body type"),
        pytest.param(make_group("Kommunen har vedtatt planen.", bold=True), False, id="a bold sentence"),
        pytest.param(make_group("Digital kompetanse"), False, id="body type"),
        pytest.param(make_group("1. Vi skal lære mer"), False, id="numbered item in body type"),
        pytest.param(make_group("• Mål", bold=True), False, id="bold bullet"),
        pytest.param(make_group("Tabell 2: Utgifter", bold=True), False, id="bold caption"),
        pytest.param(make_group("2030", size=30), False, id="only digits"),
    ],
)
def test_what_is_a_heading(group: Group, expected: bool) -> None:
    outline = make_outline([BODY, group], [], body_size=10)
    assert is_heading(group, outline, following=BODY) is expected


def test_a_bookmark_makes_a_heading_on_its_own_page_only() -> None:
    outline = make_outline([BODY], [Bookmark(3, "Digital kompetanse", 4)], body_size=10)
    assert is_heading(make_group("Digital kompetanse", page=4), outline, following=BODY)
    assert not is_heading(make_group("Digital kompetanse", page=9), outline, following=BODY)


def test_bookmark_beats_number_beats_type() -> None:
    bookmarked, numbered = make_group("2.1 Mål", size=12, bold=True), make_group("2.2 Tiltak", size=12, bold=True)
    plain, small = make_group("Uten nummer", size=12, bold=True), make_group("Mindre", size=10, bold=True)
    headings = [bookmarked, numbered, plain, small]
    outline = make_outline([BODY, *headings], [Bookmark(1, "2.1 Mål", 1)], body_size=10)
    ranks = rank_levels(headings, outline)
    assert find_level(bookmarked, outline, ranks) == 1
    assert find_level(numbered, outline, ranks) == 2
    assert find_level(small, outline, ranks) > find_level(plain, outline, ranks)


def test_levels_by_type_follow_size() -> None:
    headings = [make_group("Kapittel", size=20), make_group("Avsnitt", size=14), make_group("Punkt", bold=True)]
    outline = make_outline([BODY, *headings], [], body_size=10)
    ranks = rank_levels(headings, outline)
    assert [find_level(group, outline, ranks) for group in headings] == [1, 2, 3]


def test_numbers_in_small_type_do_not_outrank_chapters() -> None:
    chapter, section = make_group("1 Innledning", size=16, bold=True), make_group("1.1 Mål", size=13, bold=True)
    step = make_group("1. Uttak av data", bold=True)
    headings = [chapter, section, step]
    outline = make_outline([BODY, *headings], [], body_size=10)
    ranks = rank_levels(headings, outline)
    assert [find_level(group, outline, ranks) for group in headings] == [1, 2, 3]
