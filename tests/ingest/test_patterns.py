"""What the readers recognise by its wording alone."""

from __future__ import annotations

import pytest

from compliance.ingest.patterns import (
    continues_sentence,
    find_unit,
    is_caption,
    is_contents_heading,
    is_contents_line,
    is_page_number,
    read_heading_number,
    read_list_marker,
)


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        pytest.param("• Øke", "•", id="bullet"),
        pytest.param("\uf0b7 Øke", "\uf0b7", id="symbol-font-bullet"),
        pytest.param("- Øke", "-", id="dash"),
        pytest.param("-5 prosent", None, id="minus-is-no-bullet"),
        pytest.param("a) Øke", "a)", id="letter"),
        pytest.param("(2) Øke", "(2)", id="parenthesis"),
        pytest.param("3. Øke", "3.", id="number"),
        pytest.param("og så videre", None, id="word-starting-with-o"),
        pytest.param("2024 er året", None, id="year"),
        pytest.param("•", None, id="bullet-alone"),
    ],
)
def test_list_markers_are_recognised(text: str, marker: str | None) -> None:
    found = read_list_marker(text)
    assert (found.marker if found else None) == marker


@pytest.mark.parametrize(
    ("text", "number", "level"),
    [
        pytest.param("1 Innledning", "1", 1, id="no-dot"),
        pytest.param("2.1. Styring", "2.1", 2, id="final-dot"),
        pytest.param("1.1.Hvorfor en plan?", "1.1", 2, id="no-space"),
        pytest.param("4.2.1 «Sammen»", "4.2.1", 3, id="quote"),
        pytest.param("Kapittel 3: Mål", "3", 1, id="chapter"),
        pytest.param("Vedlegg B Tiltak", "B", 1, id="appendix"),
    ],
)
def test_heading_numbers_give_the_level(text: str, number: str, level: int) -> None:
    found = read_heading_number(text)
    assert found is not None
    assert (found.number, found.level) == (number, level)


@pytest.mark.parametrize("text", ["1. januar trer planen i kraft", "3 mill. kroner", "31.12.2025", "2024–2027", "12%"])
def test_dates_and_amounts_are_no_heading_numbers(text: str) -> None:
    assert read_heading_number(text) is None


@pytest.mark.parametrize("text", ["7", "- 7 -", "Side 7 av 30", "7 | S i d e", "iv", "7/30"])
def test_page_numbers_are_recognised(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["2024", "7 årsverk", "", "-"])
def test_other_short_lines_are_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Figur 1: Plansystemet", True, id="colon"),
        pytest.param("Tabell 2.1 Folketall", True, id="capital"),
        pytest.param("Foto: Kari Nordmann", True, id="photo"),
        pytest.param("Figur 3 viser at", False, id="prose"),
        pytest.param("Kartlegging av behov", False, id="longer-word"),
    ],
)
def test_captions_open_with_their_label(text: str, expected: bool) -> None:
    assert is_caption(text) is expected


def test_contents_lines_end_in_page_numbers() -> None:
    assert is_contents_line("1. Innledning .......... 3 1.1 Bakgrunn . . . . . 4")
    assert not is_contents_line("Vi får se ... 3 tiltak står igjen")
    assert is_contents_heading("INNHALD")
    assert not is_contents_heading("Innholdet i planen")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Alle tall i 1000 kr", "1000 kr"),
        ("Budsjett i mill. kroner", "mill. kroner"),
        ("Beløp i tusen", "tusen"),
        ("Folketall 2024", None),
    ],
)
def test_units_are_found_in_table_headings(text: str, unit: str | None) -> None:
    assert find_unit(text) == unit


@pytest.mark.parametrize(
    ("before", "text", "goes_on"),
    [
        pytest.param("innen utgangen av", "2028. Det krever at alle deltar", True, id="year that ends a sentence"),
        pytest.param("dekker, altså perioden", "2025-2028, og hvem som har ansvar", True, id="period"),
        pytest.param("måtte være kommet inn den", "15. mars 2025. Etter høringen", True, id="date"),
        pytest.param("bærekraftsmål nummer 4, 8, 9 og", "12. Planen er laget", True, id="number after «og»"),
        pytest.param("hvordan vi løser oppgavene våre", "– og om hva vi ikke trenger", True, id="dash in a sentence"),
        pytest.param("for kommunen som organisasjon, se", "§ 11-2 i loven", True, id="paragraph"),
        pytest.param("Kommunen skal", "– styrke hjemmetjenesten", False, id="dash that opens an item"),
        pytest.param("Kommunen skal:", "1. styrke hjemmetjenesten", False, id="list after a colon"),
        pytest.param("styrke hjemmetjenesten", "2. dele data", False, id="next item"),
        pytest.param("Det er vedtatt.", "2028 blir et godt år", False, id="new sentence"),
        pytest.param("Mål for perioden", "3.2 Tiltak", False, id="numbered heading"),
    ],
)
def test_a_line_that_happens_to_begin_with_a_number_goes_on(before: str, text: str, goes_on: bool) -> None:
    assert continues_sentence(before, text) is goes_on
