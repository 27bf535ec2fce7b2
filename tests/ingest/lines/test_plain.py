"""Plain text, hard-wrapped or with a line a paragraph, with and without pages."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.reading import outline, read_draft

from compliance.records import BlockKind, FurnitureKind

WRAPPED = """\
Digital plan for Fjellvik

1 Innledning

Planen gjelder for hele kommunen og skal følges opp av alle enhetene i IKT-
og digitaliseringsarbeidet. Den bygger på tidligere vedtak om digitali-
sering av tjenestene.
Neste avsnitt kommer uten blank linje mellom, og det er langt nok til en linje.

1.1 Mål

Kommunen skal:

- gjøre tjenestene enklere å bruke for alle som bor i kommunen og for dem
  som driver næring her
- spare tid
    - i skolen
    - på sykehjemmet
- dele data

Tiltak som vi setter i gang

Vi setter i gang tre tiltak i 2025, og alle sammen har en ansvarlig leder med
navn i tabellen.

Tiltak\t2025\tAnsvar
Nettbrett\t1 200\tRektor
Fiber\t300\tTeknisk sjef
"""


def test_wrapped_text_gets_its_structure_back() -> None:
    assert outline(read_draft("plan.txt", WRAPPED)) == [
        "p Digital plan for Fjellvik",
        "h1 1 Innledning",
        "p Planen gjelder for hele kommunen og skal følges opp av alle enhetene i IKT- og digitaliseringsarbeidet. "
        "Den bygger på tidligere vedtak om digitalisering av tjenestene.",
        "p Neste avsnitt kommer uten blank linje mellom, og det er langt nok til en linje.",
        "h2 1.1 Mål",
        "p Kommunen skal:",
        "li1 - gjøre tjenestene enklere å bruke for alle som bor i kommunen og for dem som driver næring her",
        "li1 - spare tid",
        "li2 - i skolen",
        "li2 - på sykehjemmet",
        "li1 - dele data",
        "h3 Tiltak som vi setter i gang",
        "p Vi setter i gang tre tiltak i 2025, og alle sammen har en ansvarlig leder med navn i tabellen.",
        "row Tiltak | 2025 | Ansvar",
        "row Nettbrett | 1 200 | Rektor",
        "row Fiber | 300 | Teknisk sjef",
    ]


def test_a_paragraph_right_below_a_list_is_no_part_of_its_last_item() -> None:
    text = f"{LONG}.\n\n- dele data\n- spare tid\nNettverket vart skipa i 2018, og kommunen har vore med sidan då.\n"
    assert outline(read_draft("plan.txt", text))[1:] == [
        "li1 - dele data",
        "li1 - spare tid",
        "p Nettverket vart skipa i 2018, og kommunen har vore med sidan då.",
    ]


def test_table_rows_know_their_header() -> None:
    table = read_draft("plan.txt", WRAPPED).blocks[-1].table
    assert table is not None
    assert table.header == ("Tiltak", "2025", "Ansvar")
    assert table.cells == ("Fiber", "300", "Teknisk sjef")


PAGE = "Fjellvik kommune\n\n{text}\n\nSamfunnsdel 2030\n{number}\n"
LONG = "Kommunen har lenge arbeidd for at tenestene skal henge saman, og det arbeidet held fram i heile perioden"


def test_running_lines_and_page_numbers_become_furniture() -> None:
    pages = [PAGE.format(text=f"{LONG} {word}.", number=n) for n, word in enumerate(["ein", "to", "tre", "fire"], 1)]
    draft = read_draft("plan.txt", "\f".join(pages))
    assert outline(draft) == [f"p {LONG} {word}." for word in ["ein", "to", "tre", "fire"]]
    kinds = Counter(piece.kind for piece in draft.furniture)
    assert kinds == {FurnitureKind.HEADER: 4, FurnitureKind.FOOTER: 4, FurnitureKind.PAGE_NUMBER: 4}
    assert [page.number for page in draft.pages] == [1, 2, 3, 4]


def test_a_paragraph_that_crosses_a_page_is_one_block_on_two_pages() -> None:
    draft = read_draft("plan.txt", f"{LONG}\fog i den neste òg.\n")
    assert outline(draft) == [f"p {LONG} og i den neste òg."]
    assert [box.page for box in draft.blocks[0].boxes] == [1, 2]


def test_page_marks_of_a_converted_pdf_give_the_pages() -> None:
    draft = read_draft("plan.txt", "<!-- side 4 -->\nEin tekst.\n<!-- side 5 -->\nEin annan tekst.\n")
    assert [(block.text, block.boxes[0].page) for block in draft.blocks] == [("Ein tekst.", 4), ("Ein annan tekst.", 5)]


CONTENTS = f"""\
Innhald
1 Innleiing .............. 3 1.1 Bakgrunn for planen .............. 3
2 Visjon «Nær nok» .............. 4
1 Innleiing
{LONG}.
1.1 Bakgrunn for planen Bakgrunnen er at {LONG}.
2 Visjon «Nær nok»
{LONG}: • eitt mål • to mål
som går over to linjer • tre mål
"""


def test_contents_become_furniture_and_tell_the_headings() -> None:
    draft = read_draft("plan.txt", CONTENTS)
    assert outline(draft) == [
        "h1 1 Innleiing",
        f"p {LONG}.",
        "h2 1.1 Bakgrunn for planen",
        f"p Bakgrunnen er at {LONG}.",
        "h1 2 Visjon «Nær nok»",
        f"p {LONG}:",
        "li1 • eitt mål",
        "li1 • to mål som går over to linjer",
        "li1 • tre mål",
    ]
    assert {piece.kind for piece in draft.furniture} == {FurnitureKind.CONTENTS}
    assert len(draft.furniture) == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1. Vi skal øke\n2. Vi skal styrke\n3. Vi skal dele\n", id="numbered-list-is-no-chapters"),
        pytest.param("Kommunen skal styrke tilbudet\ntil alle som trenger det.\n", id="wrapped-sentence"),
        pytest.param("Tiltak i perioden:\n\n- styrke\n", id="lead-in"),
    ],
)
def test_other_short_lines_are_no_headings(text: str) -> None:
    assert not [line for line in outline(read_draft("plan.txt", text)) if line.startswith("h")]


def test_underlined_lines_are_headings() -> None:
    assert outline(read_draft("plan.txt", "Mål\n===\n\nVi skal dele.\n\nTiltak\n------\nVi deler.\n")) == [
        "h1 Mål",
        "p Vi skal dele.",
        "h2 Tiltak",
        "p Vi deler.",
    ]


def test_double_spaced_text_is_read_as_paragraphs() -> None:
    text = "Planen skal gje retning til arbeidet som\n\nkommunen er i gang med, og som skal\n\nhalde fram lenge.\n"
    assert outline(read_draft("plan.txt", text)) == ["p " + " ".join(text.split())]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param("som står i planen, se kapittel\n3.2 Rammer for arbeidet.\n", [], id="reference-over-a-line-end"),
        pytest.param(
            "og deler data\n3. Rammer\n3.1 Nasjonale\nStaten deler.\n", ["3. Rammer", "3.1 Nasjonale"], id="chapter"
        ),
        pytest.param("1 Tilnærmingen er den som\nkommunen har valgt.\n", [], id="footnote"),
    ],
)
def test_chapter_numbers_are_told_from_other_numbers(text: str, headings: list[str]) -> None:
    blocks = read_draft("plan.txt", text).blocks
    assert [block.text for block in blocks if block.kind is BlockKind.HEADING] == headings


words = st.sampled_from(
    [
        *["Kommunen", "skal", "øke", "mål.", "IKT-", "og", "1.", "2.1"],
        *["•", "-", "Innhald", "....... 4", "2025", "a)", "Side", "|"],
    ]
)
lines = st.lists(st.lists(words, max_size=9).map(" ".join), max_size=14)


@settings(max_examples=80)
@given(st.lists(lines, min_size=1, max_size=4))
def test_nothing_disappears(pages: list[list[str]]) -> None:
    text = "\f".join("\n".join(page) for page in pages)
    draft = read_draft("plan.txt", text or "x")
    shown = [block.text for block in draft.blocks] + [piece.text for piece in draft.furniture]
    assert count_letters(" ".join(shown)) == count_letters(text or "x")


def count_letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())


def test_a_line_a_paragraph_without_blank_lines_stays_apart() -> None:
    texts = [f"Kommunen skal gjøre tjeneste {number} enklere å bruke for alle." for number in "123"]
    blocks = outline(read_draft("plan.txt", "\n".join(["Mål for kommunen", *texts])))
    assert blocks == ["h1 Mål for kommunen", *(f"p {text}" for text in texts)]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param("alle søknader skal kunne sendes på nett innen utgangen av", "2028. Det krever mye.", id="year"),
        pytest.param("merknader til planen måtte være kommet inn til oss den", "15. mars. Det er ny frist.", id="date"),
        pytest.param("planen følger opp målene i den regionale planen 8, 9 og", "12. Planen er laget nå.", id="number"),
        pytest.param("planen tenker nytt om hvordan vi løser oppgavene i tida", "– og om hva vi ikke gjør.", id="dash"),
    ],
)
def test_a_line_that_happens_to_begin_with_a_number_goes_on(before: str, line: str) -> None:
    text = f"Kommunen har en plan for arbeidet med tjenester som sier\n{before}\n{line}\n\nNeste avsnitt er her.\n"
    assert len(outline(read_draft("plan.txt", text))) == 2


DIALOGUE = (
    "Kommunen har lagt om mye av dialogen med innbyggerne, og flere skjemaer er på nett enn for noen år siden. "
    "Ansatte i førstelinjen hører likevel at mange ringer. Svarene er ulike fra Nordbygda til Sørbygda skole, og fra "
    "Vestbygda til Østbygda. Derfor skal avdelingene gå gjennom sine egne brev, fjerne det som ikke trengs, og skrive "
    "resten i klarspråk. Servicetorget leder arbeidet, og Fjellvik legger fram en oversikt over hva som står igjen.",
    "Tilsette opplever at svara er ulike frå avdeling til avdeling. Folk finn ikkje fram på nettsidene våre, skriv "
    "Nordvik ungdomsråd, og det same seier Sørvik eldreråd. Difor skal kvar eining gå gjennom breva og skjema, fjerne "
    "det som ikkje trengst, og skrive resten om. Servicetorget leier arbeidet. Kvart år får kommunestyret ei oversikt "
    "over kva som er endra i Nordvik, kva som står att, kven som har ansvaret for det, og når det er venta ferdig.",
)


@pytest.mark.parametrize("width", [110, 130, 132, 145, 160, 180])
def test_lines_wrapped_at_any_width_are_joined(width: int) -> None:
    address = f"https://fjellvik.example/{'skjema/' * 30}"
    paragraphs = [*DIALOGUE * 3, address]
    text = "\n\n".join(textwrap.fill(each, width, break_long_words=False) for each in paragraphs)
    assert outline(read_draft("plan.txt", text)) == [f"p {each}" for each in paragraphs]


def test_long_lines_that_are_paragraphs_stay_apart() -> None:
    sentences = [each for text in DIALOGUE for each in text.split(". ")]
    lines = [f"{first} {second.lower()}".rstrip(".") for first, second in pairwise(sentences)]
    assert len(outline(read_draft("plan.txt", "\n".join(lines)))) == len(lines)
