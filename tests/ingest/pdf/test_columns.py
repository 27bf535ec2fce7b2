"""Text is read down the columns, boxes in their place."""

from __future__ import annotations

from tests.ingest.pdf.lines_by_hand import make_line, stack

from compliance.ingest.pdf.columns import count_columns, order_page
from compliance.ingest.pdf.lines import Area, Line, Region

LEFT, RIGHT = 72, 320
WIDTH = 220


def column(name: str, x: float, count: int, y: float = 100) -> list[Line]:
    return stack([f"{name}{index}" for index in range(count)], x, y, width=WIDTH)


def read(lines: list[Line], **kwargs: object) -> list[str]:
    flows = order_page(lines, **kwargs)  # type: ignore[arg-type]
    return [item.text for flow in flows for item in flow.items if isinstance(item, Line)]


def test_two_columns_are_read_one_after_the_other() -> None:
    assert read(column("a", LEFT, 4) + column("b", RIGHT, 4)) == ["a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"]


def test_three_columns_of_few_lines_follow_those_above() -> None:
    first = [line for index, x in enumerate((40, 220, 400)) for line in stack(["a", "b", "c"], x, width=160)]
    heading = make_line("Over alle", 40, 150, width=520)
    last = [make_line(text, x, 170, width=160) for text, x in (("d", 40), ("e", 220), ("f", 400))]
    assert read([*first, heading, *last])[-4:] == ["Over alle", "d", "e", "f"]


def test_a_full_width_heading_parts_the_columns() -> None:
    heading = make_line("Overskrift", LEFT, 160, width=468)
    lines = column("a", LEFT, 4) + column("b", RIGHT, 4) + [heading]
    lines += column("c", LEFT, 4, 180) + column("d", RIGHT, 4, 180)
    order = read(lines)
    assert order.index("b3") < order.index("Overskrift") < order.index("c0") < order.index("d0")


def test_a_short_heading_over_both_columns_parts_them() -> None:
    heading = make_line("Mål", LEFT, 162, size=16)
    lines = column("a", LEFT, 4) + column("b", RIGHT, 4) + [heading]
    lines += column("c", LEFT, 4, 190) + column("d", RIGHT, 4, 190)
    order = read(lines)
    assert order.index("b3") < order.index("Mål") < order.index("c0")


def test_a_heading_in_the_left_column_does_not_part_the_columns() -> None:
    heading = make_line("Mål", LEFT, 162, size=16)
    lines = column("a", LEFT, 4) + column("b", RIGHT, 4) + [heading] + column("c", LEFT, 10, 190)
    note = make_line("1 Fotnote", RIGHT, 300, size=8, width=WIDTH)
    assert read([*lines, note]).index("b0") > read([*lines, note]).index("c9")


def test_a_line_that_spills_over_the_gutter_stays_in_its_column() -> None:
    lines = column("a", LEFT, 6) + column("b", RIGHT, 6)
    lines[2] = make_line("https://lang", LEFT, 124, width=260)
    assert read(lines)[:6] == ["a0", "a1", "https://lang", "a3", "a4", "a5"]


def test_labels_and_their_values_are_read_by_rows() -> None:
    labels = stack(["Saksnummer:", "Dato:", "Vedtatt av:"], LEFT)
    values = stack(["24/100", "1.2.2024", "Kommunestyret"], 200)
    assert read(labels + values) == ["Saksnummer:", "24/100", "Dato:", "1.2.2024", "Vedtatt av:", "Kommunestyret"]


def test_a_side_box_is_read_whole_and_marked() -> None:
    box = Area(RIGHT, 95, 560, 200)
    flows = order_page(column("a", LEFT, 8) + column("boks", RIGHT + 10, 3), boxes=[box])
    assert [flow.boxed for flow in flows] == [False, True]


def test_a_paragraph_under_the_columns_is_read_last() -> None:
    under = stack(["slutt0", "slutt1"], LEFT, 220, width=468)
    assert read(column("a", LEFT, 5) + column("b", RIGHT, 5) + under)[-2:] == ["slutt0", "slutt1"]


def test_regions_of_the_layout_model_are_kept_whole() -> None:
    lines = column("a", LEFT, 3) + column("b", RIGHT, 3)
    regions = [Region(Area(LEFT, 95, 300, 140), "text"), Region(Area(RIGHT, 95, 560, 140), "caption")]
    flows = order_page(lines, regions=regions)
    assert [(flow.role, flow.boxed, len(flow.items)) for flow in flows] == [("text", False, 3), ("caption", False, 3)]


def test_columns_beside_each_other_are_counted() -> None:
    lines = [make_line("Kommunen skal dele", x, 100 + 14 * row, width=100) for row in range(4) for x in (72, 200, 330)]
    assert count_columns(order_page(lines)) == 3


def test_running_text_is_one_column() -> None:
    lines = [make_line("Kommunen skal dele data", 72, 100 + 14 * row, width=400) for row in range(4)]
    assert count_columns(order_page(lines)) == 1
