"""Quotes: what is shown of a passage, what is marked in it, and where it is said to stand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.records import Document, Page, Passage, Results
from compliance.report.catalogue import load_catalogue
from compliance.report.material import collect_material
from compliance.report.quotes import cut_pieces, locate, merge_spans, quote_passage

NB = load_catalogue("nb")
spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


@given(spans)
def test_merged_spans_are_in_order_and_apart(drawn):
    merged = merge_spans(drawn)
    assert all(start < end for start, end in merged)
    assert all(before[1] < after[0] for before, after in zip(merged, merged[1:], strict=False))  # noqa: RUF007
    covered = {position for start, end in drawn for position in range(start, end)}
    assert covered == {position for start, end in merged for position in range(start, end)}


@given(st.text(alphabet="abcæøå ", min_size=40, max_size=40), spans)
def test_pieces_together_are_the_text(text, drawn):
    pieces = list(cut_pieces(text, (5, 35), merge_spans(drawn), whole=(5, 35)))
    assert "".join(piece.text for piece in pieces) == text[5:35]
    marked = {position for start, end in drawn for position in range(max(start, 5), min(end, 35))}
    assert sum(len(piece.text) for piece in pieces if piece.marked) == len(marked)


def test_long_passage_is_cut_between_sentences_around_the_mark(results: Results):
    material = collect_material(results)[0]
    passage = material.passages["granvik-1a2b3c4d:0003"]
    middle = passage.start + passage.text.index("Hjemmetjenesten")
    two = replace(passage, sentences=((passage.start, middle), (middle, passage.end)))
    mark = passage.start + passage.text.index("alarmene")
    quote = quote_passage(material, two, [(mark, mark + 8)], texts=NB, max_chars=130)
    assert quote.pieces[0].text == "… "
    assert "".join(piece.text for piece in quote.pieces).startswith("… Hjemmetjenesten innfører")


def test_long_sentence_is_cut_at_words_around_the_mark(results: Results):
    material = collect_material(results)[0]
    passage = material.passages["granvik-1a2b3c4d:0003"]
    mark = passage.start + passage.text.index("alarmene")
    quote = quote_passage(material, passage, [(mark, mark + 8)], texts=NB, max_chars=60)
    assert (
        "".join(piece.text for piece in quote.pieces)
        == "… innfører alarmene i Ytrebygd i 2023 og i resten av kommunen …"
    )


def test_cells_of_a_table_row_are_set_apart(results: Results):
    pieces = list(cut_pieces("Drift\t1 200", (0, 11), [], whole=(0, 11)))
    assert pieces[0].text == "Drift | 1 200"


@pytest.fixture
def document(results: Results) -> Document:
    return results.readings[0].document


@pytest.fixture
def passage(results: Results) -> Passage:
    return results.readings[0].passages[6]


@pytest.mark.parametrize(
    ("pages", "section", "place"),
    [
        pytest.param((6,), ("4 Innbyggerne", "4.2 Tjenester"), "s. 6, 4.2 Tjenester", id="page-and-section"),
        pytest.param((6, 7), (), "s. 6–7", id="crosses-a-page"),
    ],
)
def test_place_is_told_as_to_a_colleague(document, passage, pages, section, place):
    assert locate(document, replace(passage, pages=pages, section=section), texts=NB) == place


@pytest.mark.parametrize(
    ("section", "place"),
    [(("4.2 Tjenester",), "4.2 Tjenester"), ((), "avsnitt 7")],
    ids=["section", "neither"],
)
def test_file_without_pages_has_no_page_numbers(document, passage, section, place):
    document = replace(document, pages=(Page(1, 0.0, 0.0),))
    assert locate(document, replace(passage, section=section), texts=NB) == place
