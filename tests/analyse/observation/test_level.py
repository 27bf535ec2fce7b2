"""How far a passage commits the municipality."""

from __future__ import annotations

import pytest

from analyse.stages import observe
from builders import Line, make_reading
from compliance.records import BlockKind, Language, Level


def judge(*lines: Line, language: Language = Language.NB, municipality: str | None = None) -> list[str]:
    reading = make_reading(lines, language=language, municipality=municipality)
    return [ruled.level for ruled in observe(reading).levels]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        pytest.param("Digitalisering handler om å bruke teknologi til å fornye.", Level.BACKGROUND, id="definition"),
        pytest.param("Regjeringen vil at alle skal kunne delta.", Level.BACKGROUND, id="others"),
        pytest.param("Kommunal sektor skal automatisere prosesser.", Level.BACKGROUND, id="national-wording"),
        pytest.param("Løsningen kan gi bedre oversikt over sakene.", Level.BACKGROUND, id="possibility"),
        pytest.param("Kommunen bør vurdere felles anskaffelser.", Level.INTENTION, id="should"),
        pytest.param("Vi ønsker flere digitale skjemaer.", Level.INTENTION, id="wish"),
        pytest.param("Da må vi styrke opplæringen.", Level.INTENTION, id="must-as-need"),
        pytest.param("Kommunen skal tilby digitale skjemaer.", Level.COMMITMENT, id="shall"),
        pytest.param("Kommunen vil tilby digitale skjemaer.", Level.COMMITMENT, id="will"),
        pytest.param("Kommunen skal innføre nytt sakssystem innen 1. juni 2027.", Level.CONCRETE, id="deadline"),
        pytest.param("Kommunen skal bruke 2,5 mill. kroner på nye servere.", Level.CONCRETE, id="sum"),
        pytest.param("Vi har innført elektronisk medisindispenser.", Level.CONCRETE, id="completed-step"),
    ],
)
def test_bokmal(text: str, level: Level) -> None:
    assert judge(text) == [level]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        pytest.param("Digitalisering handlar om å bruke teknologi til å fornye.", Level.BACKGROUND, id="definition"),
        pytest.param("Kommunen bør vurdere felles innkjøp.", Level.INTENTION, id="should"),
        pytest.param("Vi ønskjer fleire digitale skjema.", Level.INTENTION, id="wish"),
        pytest.param("Kommunen skal tilby digitale skjema.", Level.COMMITMENT, id="shall"),
        pytest.param("Kommunen skal innføre nytt saksystem innan 1. juni 2027.", Level.CONCRETE, id="deadline"),
    ],
)
def test_nynorsk(text: str, level: Level) -> None:
    assert judge(text, language=Language.NN) == [level]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param((BlockKind.HEADING, "Kommunen skal digitalisere"), id="heading"),
        pytest.param((BlockKind.CAPTION, "Figur 1: Kommunen skal digitalisere"), id="caption"),
        pytest.param("Rådhusveien 1, 1234 Nordvik, post@nordvik.kommune.no", id="contact-details"),
    ],
)
def test_what_says_nothing_of_its_own_has_no_level(line: Line) -> None:
    assert judge(line) == [Level.NONE]


def test_list_items_take_over_the_lead_in() -> None:
    levels = judge("Kommunen skal:", (BlockKind.LIST_ITEM, "• flere digitale skjemaer"))
    assert levels == [Level.COMMITMENT, Level.COMMITMENT]


def test_the_line_that_opens_an_action_carries_it_and_its_rest_nothing() -> None:
    assert judge("1) Innføre digital byggesak i alle enheter og", "koble den til arkivet")[:2] == ["commitment", "none"]


def test_a_list_item_with_a_sum_is_concrete() -> None:
    levels = judge("Kommunen skal:", (BlockKind.LIST_ITEM, "• bruke 400 000 kroner på opplæring"))
    assert levels[1] == Level.CONCRETE


def test_a_named_role_in_a_list_is_concrete() -> None:
    levels = judge("Styringsgruppen består av:", (BlockKind.LIST_ITEM, "• Kommunedirektør"))
    assert levels[1] == Level.CONCRETE


def test_what_a_vision_describes_is_an_intention() -> None:
    assert judge((BlockKind.HEADING, "Visjon 2040"), "Alle innbyggere har trådløst nett.")[1] == Level.INTENTION


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Planen viser hvordan vi skal digitalisere skolen.", id="indirect-question"),
        pytest.param("Planen viser korleis vi skal digitalisere skulen.", id="indirect-question-nynorsk"),
        pytest.param("Innbyggerne har forventninger til at løsningene skal virke.", id="expectations-of-others"),
        pytest.param("Telefonen som vi har valgt å bruke hjemme, er digital.", id="relative-clause"),
    ],
)
def test_what_a_sentence_takes_for_granted_is_no_promise(text: str) -> None:
    assert judge(text) == [Level.BACKGROUND]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("• Sikre at Norge får flere digitale tjenester", id="task-of-the-nation"),
        pytest.param("• Hvordan vi skal få Norge på nett", id="question"),
    ],
)
def test_a_list_of_the_nations_tasks_commits_no_municipality(item: str) -> None:
    items = [(BlockKind.LIST_ITEM, each) for each in (item, "• Teknologier som gjør det mulig")]
    assert judge("Strategien er om dette.", *items)[1:] == [Level.BACKGROUND, Level.BACKGROUND]


def test_a_discipline_is_no_role() -> None:
    levels = judge("Kommunen skal styrke:", (BlockKind.LIST_ITEM, "• Virksomhetsarkitektur"))
    assert levels[1] == Level.COMMITMENT


def test_an_item_that_explains_a_term_promises_nothing() -> None:
    levels = judge("Kommunen skal styrke:", (BlockKind.LIST_ITEM, "• Digital ledelse handler om å se lenger fram"))
    assert levels[1] == Level.BACKGROUND


def test_anothers_list_commits_no_municipality() -> None:
    item = (BlockKind.LIST_ITEM, "• Kommunen skal svare digitalt.")
    levels = judge("Regjeringen har formulert følgende mål:", item, municipality="Nordvik")
    assert levels[1] == Level.BACKGROUND
