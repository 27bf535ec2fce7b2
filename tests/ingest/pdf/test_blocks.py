"""Blocks: kinds, depths, and what belongs together over a break."""

from __future__ import annotations

from dataclasses import replace

from tests.ingest.pdf.lines_by_hand import make_line, stack

from compliance.ingest.pdf.blocks import Piece, classify_groups, join_breaks, make_blocks
from compliance.ingest.pdf.headings import make_outline
from compliance.ingest.pdf.lines import Area, Line
from compliance.ingest.pdf.paragraphs import Group
from compliance.ingest.pdf.tables import Row, Table
from compliance.records import BlockKind

FULL = 468.0


def make_group(*lines: Line, boxed: bool = False) -> Group:
    return Group(lines, 72, 540, boxed)


def classify(*groups: Group) -> list[Piece]:
    return classify_groups(groups, make_outline(groups, [], body_size=10))


def paragraph(*texts: str, page: int = 1, y: float = 100, x: float = 72) -> Group:
    return make_group(*stack(texts, x, y, width=FULL, page=page))


def test_a_paragraph_over_a_page_is_one_with_two_boxes() -> None:
    pieces = classify(paragraph("Vi skal bruke", "digitale verk-", y=760), paragraph("tøy i alle tjenester.", page=2))
    blocks, _ = make_blocks(join_breaks(pieces))
    assert [block.text for block in blocks] == ["Vi skal bruke digitale verktøy i alle tjenester."]
    assert [box.page for box in blocks[0].boxes] == [1, 2]


def test_a_note_between_the_halves_comes_after_the_whole() -> None:
    note = replace(make_group(make_line("1 En note", y=790, size=8)), note=True)
    pieces = classify(paragraph("Vi skal bruke", "alle gode", y=760), note, paragraph("krefter.", page=2))
    assert [piece.kind for piece in join_breaks(pieces)] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]


def test_a_note_set_as_text_is_no_heading() -> None:
    marked = paragraph("Dette er grunnen til at", "planen er bygd opp.1", y=300)
    note = make_group(*stack(["1 Opplegget følger planen fra Skarvøya"], y=700, size=12))
    kinds = [piece.kind for piece in classify(marked, note, paragraph("kommune.", y=720))]
    assert kinds[1] is BlockKind.PARAGRAPH
    unmarked = paragraph("Se kap.1 om grunnen til", "at planen er bygd opp.", y=300)
    assert classify(unmarked, note, paragraph("Mer.", y=720))[1].kind is BlockKind.HEADING


def test_a_finished_sentence_is_not_joined() -> None:
    pieces = classify(paragraph("Ferdig setning.", y=760), paragraph("Ny setning.", page=2))
    assert len(join_breaks(pieces)) == 2


def test_a_short_last_line_is_not_joined() -> None:
    short = make_group(*stack(["Kommunens verdier", "åpenhet"], y=760))
    assert len(join_breaks(classify(short, paragraph("mot og glede", page=2)))) == 2


def test_a_box_between_does_not_break_the_paragraph() -> None:
    box = make_group(make_line("En opplysning i en boks.", 400, 105), boxed=True)
    pieces = classify(paragraph("Teksten ved siden", "av boksen går"), box, paragraph("videre under den.", y=124))
    joined = join_breaks(pieces)
    assert [piece.group.boxed for piece in joined] == [False, True]
    assert joined[0].text == "Teksten ved siden av boksen går videre under den."


def test_list_items_get_depth_and_marker() -> None:
    groups = [make_group(make_line(text, x)) for text, x in (("• Ett", 80), ("– Under", 100), ("• To", 80))]
    pieces = classify(*groups)
    assert [(piece.level, piece.marker) for piece in pieces] == [(1, "•"), (2, "–"), (1, "•")]


def test_italics_are_boxed() -> None:
    text = "«Kommunen skal være i front når det gjelder digitale tjenester»"
    blocks, _ = make_blocks(classify(make_group(make_line(text, italic=True)), paragraph("Vanlig tekst.")))
    assert [block.boxed for block in blocks] == [True, False]


def make_table(page: int, *cells: tuple[str, ...], header_rows: int = 1) -> Group:
    area = Area(72, 100, 300, 200)
    rows = tuple(Row(texts, area, bold=index < header_rows) for index, texts in enumerate(cells))
    table = Table(page, area, rows, (72.0, 200.0, 300.0), header_rows)
    return Group((), 72, 540, table=table)


def test_a_table_keeps_its_header_over_the_page() -> None:
    first = make_table(1, ("Tiltak", "2025"), ("Prosjekt", "100"))
    second = make_table(2, ("Lisenser", "50"), header_rows=0)
    blocks, _ = make_blocks(classify(first, second))
    assert [block.table.header if block.table else None for block in blocks] == [
        (),
        ("Tiltak", "2025"),
        ("Tiltak", "2025"),
    ]


def test_a_repeated_header_is_furniture() -> None:
    first = make_table(1, ("Tiltak", "2025"), ("Prosjekt", "100"))
    second = make_table(2, ("Tiltak", "2025"), ("Lisenser", "50"))
    blocks, repeated = make_blocks(classify(first, second))
    assert len(blocks) == 3
    assert [piece.text.split("\t") for piece in repeated] == [["Tiltak", "2025"]]


def test_a_caption_names_the_table_and_its_unit() -> None:
    caption = make_group(make_line("Tabell 1: Drift. Beløp i 1000 kr", y=80))
    blocks, _ = make_blocks(classify(caption, make_table(1, ("Tiltak", "2025"), ("Prosjekt", "100"))))
    row = blocks[-1].table
    assert row is not None
    assert (row.title, row.unit) == ("Tabell 1: Drift. Beløp i 1000 kr", "1000 kr")
