"""Quotes: what is shown of a passage, what is marked in it, and where it is said to stand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.records import Document, Page, Passage, Results
from compliance.report.catalogue import load_catalogue
from compliance.report.document_results import collect_results
from compliance.report.views.quotes import cut_pieces, find_place, list_pages, merge_spans, quote_span, shorten

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


def test_long_text_is_cut_at_words_around_the_mark(results: Results):
    plan = collect_results(results)[0]
    passage = plan.passages["granvik-1a2b3c4d:0003"]
    mark = passage.start + passage.text.index("Ytrebygd")
    span = (passage.start, passage.end)
    quote = quote_span(plan, passage, span, marks=[(mark, mark + 8)], texts=NB, max_chars=70)
    assert quote.text.startswith("… ")
    assert quote.text.endswith(" …")
    assert [piece.text for piece in quote.pieces if piece.marked] == ["Ytrebygd"]
    assert len(quote.text) <= 70 + 4


def test_bullet_of_a_list_item_is_not_quoted(results: Results):
    plan = collect_results(results)[0]
    passage = plan.passages["granvik-1a2b3c4d:0007"]
    quote = quote_span(plan, passage, (passage.start, passage.end), texts=NB, max_chars=200)
    assert quote.text == "Alle skjemaer skal kunne fylles ut på mobil."


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        pytest.param("to ord", 20, "to ord", id="short"),
        pytest.param("ett to tre fire", 9, "ett to …", id="at a word"),
        pytest.param("enormtlangtord", 6, "enormt …", id="no space to cut at"),
    ],
)
def test_text_is_shortened_at_a_word(text, limit, cut):
    assert shorten(text, limit) == cut


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
        pytest.param((6,), ("4 Innbyggerne", "4.2 Tjenester"), "s. 6, kap. 4.2", id="page and numbered chapter"),
        pytest.param((6,), ("Innbyggerne",), "s. 6, Innbyggerne", id="chapter without a number"),
        pytest.param((6,), ("Kapittel 4 Innbyggerne",), "s. 6, kap. 4", id="chapter by its word"),
        pytest.param((6,), ("4 Innbyggerne", "Dette skal vi:"), "s. 6, kap. 4", id="lead-in is no chapter"),
        pytest.param((6, 7), (), "s. 6–7", id="crosses a page"),
    ],
)
def test_place_is_told_as_to_a_colleague(document, passage, pages, section, place):
    assert find_place(document, replace(passage, pages=pages, section=section), texts=NB).full == place


@pytest.mark.parametrize(
    ("section", "place"),
    [(("4.2 Tjenester",), "kap. 4.2, avsnitt 7"), ((), "avsnitt 7")],
    ids=["chapter", "no chapter"],
)
def test_file_without_pages_has_chapter_and_paragraph(document, passage, section, place):
    document = replace(document, pages=(Page(1, 0.0, 0.0),))
    assert find_place(document, replace(passage, section=section), texts=NB).full == place


def test_text_that_marks_the_pages_of_the_file_it_was_taken_from_has_pages(document, passage):
    document = replace(document, pages=(Page(3, 0.0, 0.0), Page(4, 0.0, 0.0)))
    assert find_place(document, replace(passage, pages=(4,), section=("4.2 Tjenester",)), texts=NB).full == (
        "s. 4, kap. 4.2"
    )


def test_pages_are_listed_in_order_and_up_to_a_limit(results: Results):
    plan = collect_results(results)[0]
    passages = [plan.reading.passages[index] for index in (10, 3, 6, 7)]
    assert list_pages(plan.document, passages, texts=NB, most=3) == "s. 4, 6, 7 …"


def test_chapter_that_asks_has_no_mark_before_the_paragraph(results: Results):
    plan = collect_results(results)[0]
    passage = replace(plan.passages["granvik-1a2b3c4d:0007"], section=("Hvorfor gjør vi det?",))
    place = find_place(replace(plan.document, pages=()), passage, texts=NB)
    assert place.short == "Hvorfor gjør vi det, avsnitt 8"
