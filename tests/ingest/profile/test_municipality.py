from collections.abc import Callable

import pytest

from compliance.errors import SettingsError
from compliance.ingest.profile.municipality import read_municipality
from compliance.records import AttributeSource, Document

BODY = "Kommunen skal gi gode tjenester."


@pytest.mark.parametrize(
    ("lines", "options", "expected"),
    [
        pytest.param(["Nittedal kommune", "# Plan"], {}, ("Nittedal", "3232"), id="cover"),
        pytest.param(["HEMSEDAL KOMMUNE", "# Plan"], {}, ("Hemsedal", "3326"), id="capitals"),
        pytest.param(["# Nittedal kommunes strategi"], {}, ("Nittedal", "3232"), id="genitive"),
        pytest.param(
            ["# Kommuneplan for Hemsedal"], {"title": "Kommuneplan for Hemsedal"}, ("Hemsedal", "3326"), id="for"
        ),
        pytest.param(
            ["# Kommuneplan for Trollvik – samfunnsdelen", "Trollvik er en kommune. Vi i Trollvik vil mer."],
            {"title": "Kommuneplan for Trollvik – samfunnsdelen"},
            ("Trollvik", None),
            id="a fictional one without kommune",
        ),
        pytest.param(
            ["# Kommuneplan for Framtiden", "Trollvik i framtiden. I Framtiden. Framtiden."],
            {"title": "Kommuneplan for Framtiden"},
            None,
            id="a word",
        ),
        pytest.param(["# Plan", BODY], {"running": ("Nore og Uvdal kommune",)}, ("Nore og Uvdal", "3338"), id="header"),
        pytest.param(["# Plan", BODY], {"name": "3320_plan.pdf"}, ("Flå", "3320"), id="number in the file name"),
        pytest.param(["# Plan", BODY], {"name": "plan_hemsedal_2019.pdf"}, ("Hemsedal", "3326"), id="file name"),
        pytest.param(["# Plan", BODY], {"name": "plan-2020-2030.pdf"}, None, id="years are no numbers"),
        pytest.param(["# Voss herad", BODY], {}, ("Voss", "4621"), id="herad"),
        pytest.param(["Guovdageainnu suohkan", "Kautokeino kommune"], {}, ("Kautokeino", "5612"), id="Sami area"),
        pytest.param(["# Plan", "Kárášjohka kommune skal vokse. " * 4], {}, ("Karasjok", "5610"), id="Sami name"),
        pytest.param(["# Plan", "Flå kommune skal vokse. " * 4], {}, ("Flå", "3320"), id="only in the text"),
        pytest.param(["# Plan", "Vi samarbeider med Gol kommune."], {}, None, id="a partner mentioned once"),
        pytest.param(
            ["Hemsedal kommune", "# Plan", "Vi samarbeider med Gol kommune. " * 9],
            {},
            ("Hemsedal", "3326"),
            id="partner",
        ),
        pytest.param(["# Plan", "Gol kommune og Ål kommune deltar. " * 5], {}, None, id="two of equal weight"),
        pytest.param(["# På tide", "Time for endring. Os i fjæra."], {"title": "Time for endring"}, None, id="word"),
        pytest.param(["Time kommune", "# Plan"], {}, ("Time", "1121"), id="ordinary word with kommune"),
        pytest.param(["LILLEHAMMER", "Brev fra oss"], {}, None, id="an address"),
        pytest.param(
            ["Eventyrdal kommune", "# Plan", "Eventyrdal kommune vokser."], {}, ("Eventyrdal", None), id="fictional"
        ),
        pytest.param(
            ["# Strategi for Trollvik", "Trollvik kommune yter."],
            {"title": "Strategi for Trollvik"},
            ("Trollvik", None),
            id="title and text",
        ),
        pytest.param(["# Plan", "Ytre Trollvik kommune skal vokse. " * 4], {}, ("Ytre Trollvik", None), id="two words"),
        pytest.param(["# Plan", "Digital kommune er målet. Alle er digital. " * 5], {}, None, id="an adjective"),
        pytest.param(
            ["# Plan", "Lindlund kommune skal vokse. Skriv til post@lindlund.kommune.no. " * 4],
            {},
            ("Lindlund", None),
            id="fictional, with an address",
        ),
        pytest.param(["# Planprogram", "Kommuneplan for Hol 2024–2036"], {}, ("Hol", "3330"), id="a plan for a word"),
        pytest.param(["Bærekraftig kommune", "# Plan"], {}, None, id="an adjective on the cover"),
        pytest.param(["Herøy kommune", "Vi ligger på kysten i Nordland fylke."], {}, ("Herøy", "1818"), id="by county"),
        pytest.param(["Herøy kommune", "Møre og Romsdal er vakkert."], {}, ("Herøy", "1515"), id="by the other county"),
        pytest.param(["Våler kommune", "Vi ligger i Hedmark."], {}, ("Våler", "3419"), id="by a county that ended"),
        pytest.param(["Herøy kommune", BODY], {}, ("Herøy", None), id="ambiguous"),
        pytest.param(["Skedsmo kommune", BODY], {"year": 2015}, ("Skedsmo", "0231"), id="ended, in its time"),
        pytest.param(["Skedsmo kommune", BODY], {}, ("Skedsmo", "0231"), id="ended, no year known"),
    ],
)
def test_municipality_of_a_document(
    make_document: Callable[..., Document],
    lines: list[str],
    options: dict[str, object],
    expected: tuple[str, str | None] | None,
) -> None:
    year = options.pop("year", None)
    document = make_document(*lines, **options)
    found = read_municipality(document, override=None, year=year if isinstance(year, int) else None)
    assert ((found.attribute.value, found.number) if found else None) == expected
    if found and found.attribute.start is not None:
        attribute = found.attribute
        assert document.text[attribute.start : attribute.end] == attribute.quote


def test_evidence_in_the_text_is_preferred(make_document: Callable[..., Document]) -> None:
    document = make_document("# Plan", "Flå kommune skal vokse.", running=("Flå kommune",), name="3320_flå.pdf")
    found = read_municipality(document, override=None, year=None)
    assert found is not None
    assert (found.attribute.quote, found.attribute.source) == ("Flå kommune", AttributeSource.TEXT)
    assert found.county == "Buskerud"


@pytest.mark.parametrize("override", ["Gol", "gol kommune", "3324", "0617"])
def test_the_user_decides(make_document: Callable[..., Document], override: str) -> None:
    found = read_municipality(make_document("Flå kommune"), override=override, year=None)
    assert found is not None
    assert (found.attribute.value, found.attribute.source, found.number) == ("Gol", AttributeSource.OVERRIDE, "3324")


def test_unknown_override_suggests_names(make_document: Callable[..., Document]) -> None:
    with pytest.raises(SettingsError, match="Nittedal"):
        read_municipality(make_document("Plan"), override="Nitedal", year=None)
