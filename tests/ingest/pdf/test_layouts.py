"""Whatever stands on a page and wherever it breaks: the sentences come out whole and in order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.pdf.drawn_layouts import Part, Press
from tests.ingest.pdf.lines_by_hand import read_pdf

from compliance.records import BlockKind

PARTS = st.lists(st.tuples(st.sampled_from(Part), st.integers(1, 5)), min_size=1, max_size=7)


@settings(max_examples=40)
@given(PARTS)
def test_sentences_come_out_whole_and_in_order(parts: list[tuple[Part, int]]) -> None:
    press = Press()
    blocks = read_pdf(press.print_all(parts)).blocks
    text = " ".join(block.text.replace("\t", " ") for block in blocks if block.kind is not BlockKind.FOOTNOTE)
    found = [text.find(sentence) for sentence in press.sentences]
    lost = [sentence for sentence, place in zip(press.sentences, found, strict=True) if place < 0]
    assert not lost, text
    assert found == sorted(found), text


@settings(max_examples=20)
@given(PARTS)
def test_a_tables_rows_come_out_as_rows(parts: list[tuple[Part, int]]) -> None:
    press = Press()
    read = {block.table.cells for block in read_pdf(press.print_all(parts)).blocks if block.table}
    assert set(press.rows) <= read
