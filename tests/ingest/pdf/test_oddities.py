"""What single pages of real PDFs do, drawn as small as it can be."""

from __future__ import annotations

import pymupdf
import pytest
from tests.ingest.pdf.lines_by_hand import print_pages, read_pdf

from compliance.errors import DocumentError
from compliance.records import RejectionReason

SENTENCE = "Kommunen skal tilby digitale tjenester som er enkle å bruke."
NOTHING = bytes.fromhex("789c030000000001")  # zlib's empty stream


def write(page: pymupdf.Page) -> None:
    page.insert_text((72, 100), SENTENCE, fontsize=11)


def replace_content(content: bytes, number: int, stream: bytes) -> bytes:
    """Return the file with a page's content a compressed stream of these bytes."""
    document = pymupdf.open(stream=content, filetype="pdf")
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, b"x")
    document.xref_set_key(document[number].xref, "Contents", f"{xref} 0 R")
    document.update_stream(xref, stream, compress=False)
    document.xref_set_key(xref, "Filter", "/FlateDecode")
    return bytes(document.tobytes())


def texts(content: bytes) -> list[str]:
    return [block.text for block in read_pdf(content).blocks]


def codes(content: bytes) -> list[tuple[str, int | None]]:
    return [(warning.code.value, warning.page) for warning in read_pdf(content).warnings]


def test_a_blank_page_with_an_empty_stream_costs_nothing() -> None:
    content = replace_content(print_pages(write, write), 1, NOTHING)
    assert texts(content) == [SENTENCE]
    assert codes(content) == []


def test_a_damaged_page_is_told_and_the_rest_is_read() -> None:
    content = replace_content(print_pages(write, write), 1, b"this is no zlib stream")
    assert texts(content) == [SENTENCE]
    assert ("missing_part", 2) in codes(content)


def test_a_file_without_a_page_that_can_be_read_is_corrupt() -> None:
    with pytest.raises(DocumentError) as caught:
        read_pdf(replace_content(print_pages(write), 0, b"this is no zlib stream"))
    assert caught.value.reason is RejectionReason.CORRUPT


def hide_white(page: pymupdf.Page) -> None:
    page.insert_text((72, 300), "Skjult tekst for søk", fontsize=11, color=(1, 1, 1))


def hide_invisible(page: pymupdf.Page) -> None:
    page.insert_text((72, 300), "Skjult tekst for søk", fontsize=11, render_mode=3)


def hide_tiny(page: pymupdf.Page) -> None:
    page.insert_text((72, 300), "Skjult tekst for søk", fontsize=1)


@pytest.mark.parametrize("hide", [hide_white, hide_invisible, hide_tiny])
def test_text_that_nobody_sees_is_left_out_and_told(hide) -> None:
    def write_both(page: pymupdf.Page) -> None:
        write(page)
        hide(page)

    content = print_pages(write_both)
    assert texts(content) == [SENTENCE]
    assert codes(content) == [("hidden_text", 1)]


def test_white_text_on_a_dark_box_is_read() -> None:
    def write_box(page: pymupdf.Page) -> None:
        write(page)
        page.draw_rect((60, 280, 520, 320), fill=(0, 0.2, 0.4), color=None)
        page.insert_text((72, 300), "Visjon: sammen om det digitale", fontsize=14, color=(1, 1, 1))

    content = print_pages(write_box)
    assert "Visjon: sammen om det digitale" in texts(content)
    assert codes(content) == []


def test_invisible_text_over_a_picture_is_what_a_scanner_recognised() -> None:
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 100, 100), False)
    picture.clear_with(200)

    def scan(page: pymupdf.Page) -> None:
        page.insert_image(page.rect, pixmap=picture, keep_proportion=False)
        page.insert_text((72, 100), SENTENCE, fontsize=11, render_mode=3)

    assert texts(print_pages(scan)) == [SENTENCE]


@pytest.mark.parametrize("spacing", [3.0, 6.0])
def test_letter_spaced_words_are_words(spacing: float) -> None:
    def track(page: pymupdf.Page) -> None:
        x, font = 72.0, pymupdf.Font("hebo")
        for letter in "DIGITAL FORNYING":
            if letter.strip():
                page.insert_text((x, 80), letter, fontsize=20, fontname="hebo")
            x += font.text_length(letter, 20) + spacing
        write(page)

    assert texts(print_pages(track)) == ["DIGITAL FORNYING", SENTENCE]


def test_an_alternative_text_of_nothing_is_no_damage() -> None:
    document = pymupdf.open(stream=print_pages(write), filetype="pdf")
    xref = document[0].get_contents()[0]
    document.update_stream(xref, document.xref_stream(xref) + b"\n/Span <</ActualText (tegn)>> BDC EMC\n")
    content = bytes(document.tobytes())
    assert texts(content) == [SENTENCE]
    assert codes(content) == []
