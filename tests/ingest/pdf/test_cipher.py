from __future__ import annotations

import pymupdf
import pytest
from tests.ingest.pdf.lines_by_hand import make_page, print_pages, read_pdf, stack

from compliance.config import IngestConfig
from compliance.errors import MissingToolError
from compliance.ingest.pdf.cipher import drop_cipher, find_cipher_fonts, is_cipher
from compliance.records import RejectionReason

TEXTS = {
    "bokmål": "Kommunen skal tilby digitale tjenester som er enkle å bruke for alle, også for dem på landet. ",
    "nynorsk": "Kommunen skal gi gode digitale tenester til alle innbyggjarane, òg til dei som bur i grendene. ",
    "english": "The municipality shall provide digital services that are easy to use for everyone in the area. ",
    "sami": "Gielda galgá fállat digitála bálvalusaid mat leat álkit geavahit buohkaide ja juohkit dieđuid. ",
    "capitals": "DIGITALISERINGSSTRATEGI FOR FJELLVIK KOMMUNE MED MÅL, TILTAK, ANSVAR OG FRISTER FOR PERIODEN. ",
}


def shift(text: str, by: int) -> str:
    return "".join(_shift_letter(letter, by) for letter in text.lower())


def _shift_letter(letter: str, by: int) -> str:
    return chr((ord(letter) - 97 + by) % 26 + 97) if letter.isascii() and letter.isalpha() else letter


@pytest.mark.parametrize("language", TEXTS)
def test_text_that_plans_are_written_in_is_no_cipher(language: str) -> None:
    assert not is_cipher(TEXTS[language])


@pytest.mark.parametrize("by", [1, 3, 7, 13, 20])
def test_shifted_letters_are_cipher(by: int) -> None:
    assert is_cipher(shift(TEXTS["bokmål"], by) * 2)


def test_signs_of_no_alphabet_are_cipher() -> None:
    assert is_cipher("\ue012\ue044\ue013 " * 40)


def test_a_few_letters_say_too_little() -> None:
    assert not is_cipher("FKB NVDB ÅDT")


def test_a_heading_in_such_a_font_is_left_out_and_told() -> None:
    lines = stack([shift(TEXTS["bokmål"], 1)[:60]] * 3, font="Sub") + stack([TEXTS["bokmål"]] * 8, y=200, font="Body")
    page = make_page(lines)
    kept = drop_cipher(page, find_cipher_fonts([page]))
    assert {line.font for line in kept.lines} == {"Body"}
    assert [warning.code for warning in kept.warnings] == ["cipher"]


def test_a_file_that_is_all_cipher_is_never_read_as_text() -> None:
    def write(page: pymupdf.Page) -> None:
        page.insert_textbox((72, 72, 520, 700), shift(TEXTS["bokmål"], 1) * 6, fontsize=11)

    with pytest.raises(MissingToolError) as caught:
        read_pdf(print_pages(write), IngestConfig(ocr="off"))
    assert caught.value.reason is RejectionReason.NEEDS_OCR
    assert "kodet" in str(caught.value)
