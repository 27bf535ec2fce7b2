from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import make_line, stack

from compliance.ingest.pdf.drop_caps import join_drop_caps


def open_with(letter: str, first: str) -> list[str]:
    cap = make_line(letter, 72, 92, width=30, size=40)
    text = stack([first, "og om hvordan vi møter hverandre"], 106, 96)
    return [line.text for line in join_drop_caps([cap, *text])]


@pytest.mark.parametrize(
    ("letter", "first", "whole"),
    [
        pytest.param("D", "igitalisering handler om folk", "Digitalisering handler om folk", id="letter of a word"),
        pytest.param("I", "nnbyggerne skal bli hørt", "Innbyggerne skal bli hørt", id="letter that is a word too"),
        pytest.param("I", "dag er kommunen digital", "I dag er kommunen digital", id="word of one letter"),
        pytest.param("Å", "lære er å endre seg", "Å lære er å endre seg", id="mark of an infinitive"),
        pytest.param("Å", "pne data gir vekst", "Åpne data gir vekst", id="word that begins with it"),
        pytest.param("V", "I SKAL dele data", "VI SKAL dele data", id="opening words in capitals"),
        pytest.param("«V", "i deler data", "«Vi deler data", id="quotation mark before it"),
    ],
)
def test_the_letter_belongs_to_the_first_word(letter: str, first: str, whole: str) -> None:
    assert open_with(letter, first) == [whole, "og om hvordan vi møter hverandre"]


def test_lines_beside_the_letter_begin_where_it_does() -> None:
    cap = make_line("D", 72, 92, width=30, size=40)
    joined = join_drop_caps([cap, *stack(["igitalisering", "handler om folk", "som bor her"], 106, 96)])
    assert {line.x0 for line in joined[:3]} == {72}


def test_a_large_letter_beside_a_sentence_of_its_own_is_left_alone() -> None:
    assert open_with("A", "Kommunen skal dele data")[0] == "A"


def test_a_letter_of_the_texts_size_is_no_drop_cap() -> None:
    lines = [make_line("D", 72, 96, width=8), *stack(["igitalisering", "handler"], 84, 96)]
    assert len(join_drop_caps(lines)) == 3
