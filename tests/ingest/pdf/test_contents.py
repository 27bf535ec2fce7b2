"""Contents pages are told from lists, tables and text."""

from __future__ import annotations

import pytest
from tests.ingest.pdf.lines_by_hand import make_line, stack

from compliance.ingest.pdf.contents import ContentsPage, find_contents
from compliance.ingest.pdf.lines import Area, Line

TITLES = ["Innledning", "Mål for perioden", "Tiltak og ansvar", "Økonomi", "Oppfølging av planen"]
LATER = ContentsPage(5, stack(TITLES, page=5))


def taken(lines: list[Line], *, links: list[Area] | None = None) -> list[str]:
    page = ContentsPage(2, lines, links or [])
    found = find_contents([ContentsPage(1, []), page, ContentsPage(3, []), ContentsPage(4, []), LATER])
    return [line.text for line in lines if line.key in found]


def numbered() -> list[Line]:
    """Return the titles with their page numbers apart, as a tab leaves them."""
    return [
        line
        for index, title in enumerate(TITLES)
        for line in (
            make_line(title, y=120 + 14 * index, page=2),
            make_line(str(index + 3), x=500, y=120 + 14 * index, page=2),
        )
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(stack([f"{title} ........ {index}" for index, title in enumerate(TITLES, 3)], page=2), id="dots"),
        pytest.param([make_line("Innhold", y=100, page=2), *numbered()], id="heading and numbers without dots"),
        pytest.param(numbered(), id="numbers without dots or heading, titles known"),
        pytest.param([make_line("Innhald", y=88, page=2), *stack(TITLES, page=2)], id="titles without numbers"),
    ],
)
def test_the_whole_list_is_taken(lines: list[Line]) -> None:
    assert taken(lines) == [line.text for line in lines]


def test_a_title_over_two_lines_is_taken_whole() -> None:
    lines = stack(
        ["Innhold", "Mål for digitalisering av de kommunale", "tjenestene .... 3", "Tiltak .... 4", "Plan .... 5"]
    )
    assert len(taken(lines)) == 5


def test_text_after_the_list_stays() -> None:
    after = ["Kommunestyret vedtok planen i mai, og den gjelder til ny plan er vedtatt.", "Den rulleres hvert år."]
    lines = [make_line("Innhold", y=100, page=2), *numbered(), *stack(after, y=220, page=2)]
    assert not set(after) & set(taken(lines))


def test_linked_titles_are_taken() -> None:
    lines = [make_line("Innhold", y=100), *stack(["Først", "Så dette", "Til slutt"], y=120)]
    links = [Area(72, 120 + 12 * index, 300, 130 + 12 * index) for index in range(3)]
    assert len(taken(lines, links=links)) == 4


def test_a_budget_is_no_list_of_contents() -> None:
    rows = [("Oppvekst", "400"), ("Helse", "12"), ("Kultur", "7"), ("Teknisk", "90"), ("Sum", "509")]
    lines = [
        line
        for index, (name, amount) in enumerate(rows)
        for line in (make_line(name, y=100 + 14 * index), make_line(amount, x=400, y=100 + 14 * index))
    ]
    assert taken(lines) == []


def test_sentences_that_end_in_numbers_stay() -> None:
    assert taken(stack(["Vi viser til kapittel 3", "og til figur 4", "samt tabell 5", "og vedlegg 6"])) == []


def test_the_first_chapter_after_the_list_stays() -> None:
    listed = ContentsPage(2, stack(["Innhold", *(f"{title} ..... {index}" for index, title in enumerate(TITLES, 3))]))
    chapter = make_line("Innledning", page=3)
    again = ContentsPage(4, [make_line("Innledning", y=700, page=4)])
    assert chapter.key not in find_contents([ContentsPage(1, []), listed, ContentsPage(3, [chapter]), again])
