from __future__ import annotations

from tests.ingest.pdf.lines_by_hand import make_line

from compliance.ingest.pdf.markers import attach_markers


def test_columns_beside_a_narrow_gutter_stay_apart() -> None:
    ends = [250, 246, 259, 252]
    left = [make_line("Velferd er noe vi lager", 50, 100 + 14 * row, width=end - 50) for row, end in enumerate(ends)]
    right = [make_line("Digitale løsninger gir", 262, 100 + 14 * row, width=200) for row in range(4)]
    assert len(attach_markers([*left, *right])) == 8


def test_words_spread_by_justifying_are_one_line() -> None:
    lines = []
    for row, cut in enumerate([120, 190, 150, 120]):
        lines.append(make_line("Kommunen skal", 50, 100 + 14 * row, width=cut - 50))
        lines.append(make_line("dele data med alle", cut + 8, 100 + 14 * row, width=400 - cut))
    assert len(attach_markers(lines)) == 4


def test_bullets_do_not_make_a_gutter() -> None:
    lines = []
    for row in range(4):
        lines.append(make_line("•", 50, 100 + 14 * row, width=4))
        lines.append(make_line("dele data med alle", 60, 100 + 14 * row, width=200))
    assert [line.text for line in attach_markers(lines)] == ["• dele data med alle"] * 4
