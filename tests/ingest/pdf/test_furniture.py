"""What repeats in the margins is furniture; what repeats in the text is not."""

from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import make_line

from compliance.ingest.pdf.furniture import PageLines, find_furniture, read_number
from compliance.ingest.pdf.lines import Line
from compliance.records import FurnitureKind

BODY = "Kommunen skal gi innbyggerne gode tjenester i hele perioden."


def make_pages(*margins: list[tuple[str, float]]) -> list[PageLines]:
    """Return pages with body text, each with lines of its own given as (text, y)."""
    pages = []
    for number, texts in enumerate(margins, 1):
        lines = [make_line(f"{BODY} {number}", y=y, page=number, number=900 + y) for y in (150, 164, 178, 600)]
        lines += [make_line(text, y=y, size=8, page=number, number=index) for index, (text, y) in enumerate(texts)]
        pages.append(PageLines(number, 842, lines))
    return pages


def find_texts(pages: list[PageLines]) -> dict[str, FurnitureKind]:
    found = find_furniture(pages, body_size=10)
    lines: list[Line] = [line for page in pages for line in page.lines]
    return {line.text: found[line.key] for line in lines if line.key in found}


def test_headers_footers_and_numbers_are_told_apart() -> None:
    pages = make_pages(
        *[[("Kommuneplan", 30), ("Eksempel kommune", 790), (str(number), 805)] for number in range(1, 5)]
    )
    found = find_texts(pages)
    assert found["Kommuneplan"] is FurnitureKind.HEADER
    assert found["Eksempel kommune"] is FurnitureKind.FOOTER
    assert {found[str(number)] for number in range(1, 5)} == {FurnitureKind.PAGE_NUMBER}


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(["Side 1 av 3", "Side 2 av 3", "Side 3 av 3"], id="of how many"),
        pytest.param(["i", "ii", "iii"], id="roman"),
        pytest.param(["5", "6", "7"], id="keeps step from another start"),
        pytest.param(["– 1 –", "– 2 –", "– 3 –"], id="between dashes"),
    ],
)
def test_page_numbers_are_found(printed: list[str]) -> None:
    found = find_texts(make_pages(*[[(text, 800)] for text in printed]))
    assert set(found.values()) == {FurnitureKind.PAGE_NUMBER}
    assert set(found) == set(printed)


def test_numbers_out_of_step_stay() -> None:
    assert find_texts(make_pages([("400", 800)], [("12", 800)], [("7", 800)])) == {}


def test_a_heading_repeated_in_the_text_stays() -> None:
    pages = make_pages(*[[("Status og utfordringer", 400)] for _ in range(4)])
    assert find_texts(pages) == {}


def test_a_heading_in_larger_type_at_the_top_of_pages_stays() -> None:
    pages = make_pages([], [], [], [])
    for page in pages:
        title = make_line("Mål og tiltak", y=60, size=16, page=page.number, number=1)
        page.lines.append(title)  # type: ignore[attr-defined]
    assert find_texts(pages) == {}


def test_text_that_repeats_stays() -> None:
    pages = make_pages([], [], [], [])
    for page in pages:
        texts = ["Vi skal", "arbeide for", "at planen", "blir fulgt."]
        lines = [make_line(text, y=60 + 12 * index, page=page.number, number=index) for index, text in enumerate(texts)]
        page.lines.extend(lines)  # type: ignore[attr-defined]
    assert find_texts(pages) == {}


def test_a_single_page_keeps_its_text() -> None:
    assert find_texts(make_pages([("Møteinnkalling", 40), ("Med hilsen rådmannen", 780)])) == {}


def test_two_pages_with_the_same_header_have_a_header() -> None:
    assert find_texts(make_pages([("Notat", 40)], [("Notat", 40)])) == {"Notat": FurnitureKind.HEADER}


def test_a_chapter_name_printed_once_stands_where_headers_stand() -> None:
    names = ["Innledning", "Innledning", "Innledning", "Mål", "Tiltak", "Tiltak", "Tiltak"]
    assert find_texts(make_pages(*[[(name, 30)] for name in names]))["Mål"] is FurnitureKind.HEADER


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("iv", 4), ("XIX", 19), ("mål", 0), ("", 0)])
def test_numbers_are_read(text: str, value: int) -> None:
    assert read_number(text) == value
