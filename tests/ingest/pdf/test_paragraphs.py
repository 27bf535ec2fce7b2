"""Which lines make a paragraph."""

from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import make_line, stack

from compliance.ingest.pdf.columns import Flow
from compliance.ingest.pdf.lines import Line
from compliance.ingest.pdf.paragraphs import group_lines, mark_notes, measure_pitch

FULL = 468.0


def group(lines: list[Line]) -> list[list[str]]:
    flow = Flow(tuple(lines), 72, 540)
    return [[line.text for line in group.lines] for group in group_lines(flow, pitch=measure_pitch([flow]))]


def text(count: int, y: float = 100, x: float = 72) -> list[Line]:
    """Return running text in full lines that goes on in small letters."""
    return stack(["Kommunen skal", *["videre med"] * (count - 2), "og slutt."], x, y, width=FULL)


@pytest.mark.parametrize(
    ("second", "count"),
    [
        pytest.param(text(3, y=136), 1, id="goes on at the same distance"),
        pytest.param(text(3, y=146), 2, id="a gap parts them"),
        pytest.param([make_line("Stor skrift", y=136, size=14)], 2, id="another size parts them"),
        pytest.param([make_line("Uthevet linje", y=136, bold=True)], 2, id="another weight parts them"),
        pytest.param([make_line("• Punkt", y=136)], 2, id="a bullet opens an item"),
        pytest.param([make_line("Figur 3: Utvikling", y=136)], 2, id="a caption opens anew"),
    ],
)
def test_where_a_paragraph_ends(second: list[Line], count: int) -> None:
    first = stack(["Kommunen skal", "videre med", "og videre med det"], width=FULL)
    if count == 2:
        first[-1] = make_line("og slutt.", y=124)
    assert len(group(first + second)) == count


def test_a_short_line_ends_its_paragraph() -> None:
    lines = [*text(3), make_line("Neste avsnitt begynner her", y=136, width=FULL)]
    lines[2] = make_line("og slutt.", y=124, width=60)
    assert [len(lines) for lines in group(lines)] == [3, 1]


def test_first_lines_set_in_open_paragraphs() -> None:
    lines: list[Line] = []
    for index in range(4):
        y = 100 + 36 * index
        lines += [
            make_line("Innrykket første linje", 86, y, width=FULL - 14),
            *stack(["og", "slutt."], 72, y + 12, width=FULL),
        ]
    assert [len(lines) for lines in group(lines)] == [3, 3, 3, 3]


def test_an_item_keeps_its_hanging_lines() -> None:
    item = Line(1, 1, "• Et langt punkt som går", 72, 100, 540, 110, text_x=90)
    rest = make_line("over på neste linje", 90, 112, width=200)
    following = Line(1, 3, "• Neste punkt", 72, 124, 200, 134, text_x=90)
    assert group([item, rest, following]) == [[item.text, rest.text], [following.text]]


def test_words_of_one_line_are_joined() -> None:
    assert group([make_line("Ansvar:", 72, 100), make_line("Rådmannen", 200, 100)]) == [["Ansvar: Rådmannen"]]


def test_small_type_with_a_mark_at_the_foot_is_a_note() -> None:
    body = text(3)
    note = make_line("1 Se planens vedlegg", y=760, size=8)
    second = make_line("2 Samme sted", y=772, size=8)
    flow = Flow((*body, note, second), 72, 540)
    groups = mark_notes(group_lines(flow, pitch=measure_pitch([flow])), body_size=10, heights={1: 842})
    assert [group.note for group in groups] == [False, True, True]


def test_small_type_above_the_body_is_no_note() -> None:
    small = make_line("1 Liten skrift", y=400, size=8)
    flow = Flow((small, *text(3, y=500)), 72, 540)
    groups = mark_notes(group_lines(flow, pitch=measure_pitch([flow])), body_size=10, heights={1: 842})
    assert [group.note for group in groups] == [False, False]
