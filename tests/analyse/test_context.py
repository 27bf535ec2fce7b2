"""Where passages stand, also where the layout is lost."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.analyse.context import continues, outline_passages, strip_marker
from compliance.records import BlockKind


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("3.2. Føringer fra departementene", True, id="numbered"),
        pytest.param("Informasjonssikkerhet og personvern", True, id="short-without-verb"),
        pytest.param("Hvordan skal vi få det til?", True, id="question"),
        pytest.param("Kommunen skal ta i bruk skyløsninger", False, id="says-something"),
        pytest.param("Kommunens arbeid med skyløsninger.", False, id="ends-as-a-sentence"),
        pytest.param("Mål 4. Attraktiv kommune for fritidsboliger", False, id="a-goal-is-no-title"),
    ],
)
def test_headings_are_told_by_their_wording(text: str, heading: bool) -> None:
    (place,) = outline_passages(make_reading([text]).passages)
    assert place.heading is heading


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Figur 3: Kommunens plansystem", id="caption"),
        pytest.param("https://www.example.no/rapporter/2023", id="address"),
        pytest.param("Helsedirektoratet. (2021). Gevinstrapport. Helsedirektoratet.", id="bibliography"),
        pytest.param("(Kilde Difi – Prosjektveiviseren)", id="source"),
        pytest.param("3 Se kommunens handlingsplan for perioden", id="footnote"),
        pytest.param("12 Direktoratet for forvaltning (2018)", id="footnote-with-year"),
    ],
)
def test_asides_say_nothing_of_their_own(text: str) -> None:
    (place,) = outline_passages(make_reading([text]).passages)
    assert place.aside
    assert not place.heading


def test_an_entry_in_a_list_of_sources_is_an_aside_and_no_heading() -> None:
    places = outline_passages(make_reading(["Referanser", "NOU 2023: 4 Tid for handling"]).passages)
    assert [(place.heading, place.aside, place.source) for place in places] == [
        (True, False, False),
        (False, True, True),
    ]


def test_list_without_layout_finds_its_lead_in_and_heading() -> None:
    places = outline_passages(make_reading(["4. Tiltak", "Kommunen skal:", "• dele data", "• lage skjemaer"]).passages)
    assert [place.item for place in places] == [False, False, True, True]
    assert all(place.lead_in is places[1].passage for place in places[2:])
    assert places[3].headings == ("4. Tiltak",)


def test_a_numbered_action_is_an_item_and_no_heading() -> None:
    (place,) = outline_passages(make_reading(["2.1 Etablere felles portal for innbyggere"]).passages)
    assert place.item
    assert not place.heading


def test_what_a_line_announces_is_no_heading() -> None:
    texts = ["Arbeidet skal bidra til å:", "Gjøre hverdagen enklere", "Digitale tjenester"]
    places = outline_passages(make_reading(texts).passages)
    assert [place.heading for place in places] == [False, False, True]


@pytest.mark.parametrize(
    ("before", "text", "rest"),
    [
        pytest.param("1) Innføre digital byggesak og", "koble den til arkivet", True, id="runs-on"),
        pytest.param("1) Innføre digital byggesak.", "koble den til arkivet", False, id="ended"),
        pytest.param("1) Innføre digital byggesak og", "Koble den til arkivet", False, id="begins-anew"),
    ],
)
def test_the_rest_of_a_line_continues_it(before, text, rest) -> None:
    places = outline_passages(make_reading([before, text]).passages)
    assert continues(places[1], places[0]) is rest
    assert not continues(places[0], None)


def test_segmentation_is_believed_before_the_wording() -> None:
    places = outline_passages(make_reading([(BlockKind.HEADING, "Kommunen skal dele data."), "Vi deler."]).passages)
    assert places[0].heading
    assert places[1].headings == ("Kommunen skal dele data.",)


@pytest.mark.parametrize("text", ["• Dele", "- Dele", "a) Dele", "1) Dele", "o Dele"])
def test_marker_is_stripped(text: str) -> None:
    assert strip_marker(text) == "Dele"
