"""Passages: what they say, where they stand and what stands above them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.config import SegmentConfig
from compliance.ingest.draft import Draft, DraftBlock, build_document
from compliance.ingest.source import SourceFile
from compliance.records import BlockKind, Box, Document, Page, Passage, TableRow
from compliance.segment.passages import divide_sentences, segment_document

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW


def make_document(*blocks: DraftBlock) -> Document:
    from pathlib import Path

    source = SourceFile(Path("plan.txt"), b"", "0" * 64, "text/plain")
    return build_document(Draft(None, (Page(1, 0, 0), Page(2, 0, 0)), blocks), source)


def segment(*blocks: DraftBlock, max_chars: int = 1500) -> tuple[Passage, ...]:
    config = SegmentConfig(max_chars=max_chars)
    return segment_document(make_document(*blocks), config=config)


def heading(text: str, level: int) -> DraftBlock:
    return DraftBlock(HEADING, text, level=level)


def test_headings_above_a_passage_are_its_section() -> None:
    passages = segment(
        heading("1 Mål", 1),
        heading("1.1 Skole", 2),
        DraftBlock(PARAGRAPH, "Elevene skal lære."),
        heading("1.2 Helse", 2),
        DraftBlock(PARAGRAPH, "Alle skal få hjelp."),
        heading("2 Tiltak", 1),
        DraftBlock(PARAGRAPH, "Vi starter nå."),
    )
    assert [passage.section for passage in passages] == [
        (),
        ("1 Mål",),
        ("1 Mål", "1.1 Skole"),
        ("1 Mål",),
        ("1 Mål", "1.2 Helse"),
        (),
        ("2 Tiltak",),
    ]


def test_a_heading_level_may_be_skipped() -> None:
    passages = segment(heading("Mål", 1), heading("Detalj", 4), heading("Skole", 2), DraftBlock(PARAGRAPH, "Tekst."))
    assert passages[-1].section == ("Mål", "Skole")


def test_list_items_know_the_passage_that_introduces_them() -> None:
    passages = segment(
        DraftBlock(PARAGRAPH, "Kommunen skal:"),
        DraftBlock(ITEM, "• øke", level=1, marker="•"),
        DraftBlock(ITEM, "– i skolen", level=2, marker="–"),
        DraftBlock(BlockKind.FOOTNOTE, "1 Se loven.", marker="1"),
        DraftBlock(ITEM, "• dele", level=1, marker="•"),
        heading("Tiltak", 1),
        DraftBlock(ITEM, "• lære", level=1, marker="•"),
    )
    lead_ins = {passage.text: passage.lead_in for passage in passages if passage.kind is ITEM}
    assert lead_ins == {
        "• øke": passages[0].id,
        "– i skolen": passages[1].id,  # the item above it, which leads on to the paragraph
        "• dele": passages[0].id,
        "• lære": None,  # a heading ends the list
    }


def test_what_the_block_knows_the_passage_knows() -> None:
    box = Box(2, 1, 2, 3, 4)
    row = TableRow(("Tiltak", "Sum"), ("Fiber", "3"), unit="1000 kr")
    passages = segment(
        DraftBlock(ROW, "Fiber\t3", boxes=(box,), table=row, boxed=True),
        DraftBlock(PARAGRAPH, "Over to sider.", boxes=(Box(1, 0, 0, 1, 1), box)),
        DraftBlock(PARAGRAPH, "Uten sted."),
    )
    first = passages[0]
    assert (first.table, first.boxes, first.pages, first.boxed, first.kind) == (row, (box,), (2,), True, ROW)
    assert [passage.pages for passage in passages] == [(2,), (1, 2), (1,)]
    assert [passage.id.rsplit(":", 1)[1] for passage in passages] == ["0000", "0001", "0002"]


def test_long_paragraphs_are_divided_between_sentences() -> None:
    sentences = [f"Setning nummer {number} i dette avsnittet er omtrent like lang som de andre." for number in range(9)]
    passages = segment(DraftBlock(PARAGRAPH, " ".join(sentences), boxes=(Box(1, 0, 0, 9, 9),)), max_chars=260)
    assert [len(passage.sentences) for passage in passages] == [3, 3, 3]
    assert all(len(passage.text) <= 260 for passage in passages)
    assert " ".join(passage.text for passage in passages) == " ".join(sentences)
    assert {passage.boxes for passage in passages} == {(Box(1, 0, 0, 9, 9),)}


def test_only_the_first_part_of_a_long_item_has_the_marker() -> None:
    text = "• " + " ".join(f"Setning nummer {number} er med i punktet her." for number in range(9))
    passages = segment(DraftBlock(ITEM, text, level=1, marker="•"), max_chars=200)
    assert [passage.marker for passage in passages] == ["•", *[None] * (len(passages) - 1)]


def test_headings_and_table_rows_are_one_sentence() -> None:
    passages = segment(heading("1. Mål. Og mer.", 1), DraftBlock(ROW, "Fiber. Ny.\t3 mill. kr."))
    assert [len(passage.sentences) for passage in passages] == [1, 1]


def test_blank_blocks_make_no_passage() -> None:
    assert segment(DraftBlock(PARAGRAPH, " "), DraftBlock(PARAGRAPH, "Tekst."))[0].text == "Tekst."


@pytest.mark.parametrize(
    ("sentences", "max_chars", "lengths"),
    [
        pytest.param([(0, 50), (51, 90)], 100, [2], id="short-enough"),
        pytest.param([(0, 300), (301, 320)], 200, [1, 1], id="long-sentence-stays-whole"),
        pytest.param([(0, 90), (91, 180), (181, 270), (271, 280)], 200, [2, 2], id="no-scrap-at-the-end"),
    ],
)
def test_sentences_are_grouped(sentences: list[tuple[int, int]], max_chars: int, lengths: list[int]) -> None:
    assert [len(part) for part in divide_sentences(sentences, max_chars=max_chars)] == lengths


blocks = st.builds(
    DraftBlock,
    kind=st.sampled_from(list(BlockKind)),
    text=st.text(st.sampled_from("abcÆØÅ .!?:1•-\t «»—\u00a0😀"), max_size=400),
    level=st.one_of(st.none(), st.integers(1, 6)),
    boxes=st.lists(st.builds(Box, st.integers(1, 2), *[st.just(0.0)] * 4), max_size=2).map(tuple),
)


@settings(max_examples=60)
@given(st.lists(blocks, max_size=12), st.sampled_from([200, 1500]))
def test_passages_are_the_documents_text_in_order(drafts: list[DraftBlock], max_chars: int) -> None:
    document = make_document(*drafts)
    passages = segment_document(document, config=SegmentConfig(max_chars=max_chars))
    ids = {passage.id for passage in passages}
    assert len(ids) == len(passages)
    covered = 0
    for index, passage in enumerate(passages):
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.index == index
        assert not document.text[covered : passage.start].strip(), "only white space lies between passages"
        assert passage.sentences[0][0] == passage.start
        assert passage.sentences[-1][1] == passage.end
        assert all(start < end for start, end in passage.sentences)
        assert passage.lead_in is None or passage.lead_in in ids
        covered = passage.end
    assert not document.text[covered:].strip()
