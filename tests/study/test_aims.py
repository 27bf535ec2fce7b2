"""What a text tells of a strategy's vision, goals and focus areas, in the many ways that it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.config import Config
from compliance.guidelines.study_rules import load_study_rules
from compliance.pipeline import read_file
from compliance.resources import load_resources
from compliance.study.aims import AimReader
from compliance.study.division import DivisionReader

HAS = "Kommunen har en digitaliseringsstrategi for 2019-2022. "


def read_notes(folder: Path, told: str):
    path = folder / "notater.txt"
    path.write_text(f"Nordvåg kommune\n\n{told}\n", encoding="utf-8")
    return read_file(path, config=Config())


def split_parts(expected: str) -> list[str]:
    return expected.split(" | ") if expected else []


def list_aims(folder: Path, told: str, field: str) -> list[str]:
    reading = read_notes(folder, told)
    aims = AimReader(load_study_rules()).read(reading, is_strategy=False)
    return [reading.document.text[each.start : each.end] for each in aims if each.field == field]


@pytest.mark.parametrize(
    ("told", "vision"),
    [
        pytest.param(HAS + "Visjonen er formulert som «Nær deg, når du vil».", "Nær deg, når du vil", id="as"),
        pytest.param(HAS + "Visjonen er kort:\n«Nær deg, når du vil»\nMålene er få.", "Nær deg, når du vil", id="line"),
        pytest.param(HAS + "Den har en visjon. Den lyder: «Nær deg, alltid».", "Nær deg, alltid", id="next sentence"),
        pytest.param("Digitaliseringsstrategien har «Nær deg, alltid» som visjon.", "Nær deg, alltid", id="before"),
        pytest.param("«Nær deg, alltid» er visjonen i IKT-strategien.", "Nær deg, alltid", id="is the vision"),
        pytest.param("Strategi for digitalisering har visjon om at ingen venter.", "ingen venter.", id="prose"),
        pytest.param(
            HAS + "Visjonen er at ingen skal vente (Nordvåg, 2019).", "ingen skal vente", id="source left out"
        ),
        pytest.param(
            "Digitaliseringsstrategien gjengir KS sin visjon for sektoren, og har så sin egen:\n«Det som virker her»",
            "Det som virker her",
            id="beside another's",
        ),
        pytest.param(
            "Ein digitaliseringsstrategi finst. I visjonen heiter det at «alle skal med».", "alle skal med", id="nn"
        ),
        pytest.param(HAS + "Den viser til KS sin visjon, «Digitalt for alle».", None, id="KS's"),
        pytest.param(HAS + "Den har ingen visjon. Kommuneplanens visjon er «Sammen er vi best».", None, id="none"),
        pytest.param(HAS + "Samfunnsdelen har visjonen «Sammen er vi best».", None, id="another plan's"),
        pytest.param(HAS + "Visjonen er kort, men god.", None, id="only what it is like"),
    ],
)
def test_a_vision_is_quoted_where_it_is_told(tmp_path: Path, told: str, vision: str | None) -> None:
    assert list_aims(tmp_path, told, "vision") == ([vision] if vision else [])


@pytest.mark.parametrize(
    ("told", "goals"),
    [
        pytest.param("Strategiens mål er å gi svar, å spare tid og å dele.", "gi svar | spare tid | dele", id="å"),
        pytest.param("Målene er å gi svar, spare tid og sikre data.", "gi svar | spare tid | sikre data", id="verbs"),
        pytest.param("Måla er at alle får svar, og at data er trygge.", "alle får svar | data er trygge", id="at"),
        pytest.param("Strategien har tre mål; svar, tid og data.", "svar | tid | data", id="semicolon and count"),
        pytest.param("Hovedmålene lyder: «Alle får svar» og «Ingen venter».", "Alle får svar | Ingen venter", id="«»"),
        pytest.param(
            "Den har to mål. Det første er å gi svar. Det andre er å dele data.", "gi svar | dele data", id="1st"
        ),
        pytest.param(
            "Den har tre mål: 1) bedre svar, 2) mer tid og 3) trygg drift.",
            "bedre svar | mer tid | trygg drift",
            id="1)",
        ),
        pytest.param(
            "Den har mål om å gi svar, å spare tid og å dele mer.", "gi svar | spare tid | dele mer", id="mål om"
        ),
        pytest.param("Målene i strategien er korte, tydelige og lette å måle.", "", id="what they are like"),
        pytest.param("Strategien har ingen mål for sikkerhet, drift og opplæring.", "", id="none"),
        pytest.param("I samfunnsdelen er målene å vokse, å bygge og å bevare.", "", id="another plan's"),
    ],
)
def test_goals_in_a_sentence_are_one_each(tmp_path: Path, told: str, goals: str) -> None:
    assert list_aims(tmp_path, HAS + told, "goal") == split_parts(goals)


@pytest.mark.parametrize(
    ("told", "areas"),
    [
        pytest.param("har tre satsingsområder: dialog, data og drift.", "dialog | data | drift", id="colon"),
        pytest.param("har tre satsingsområder (dialog, data og drift).", "dialog | data | drift", id="brackets"),
        pytest.param("har tre satsingsområde, «Meir tid», «Trygt» og «Saman».", "Meir tid | Trygt | Saman", id="comma"),
        pytest.param("løfter frem dialog, data og drift som satsingsområder.", "dialog | data | drift", id="before"),
        pytest.param("peker ut tre områder. Disse er dialog, data og drift.", "", id="areas of no kind"),
        pytest.param("har tre innsatsområder. Disse er dialog, data og drift.", "dialog | data | drift", id="these"),
        pytest.param("bygger på to pilarer: dialog og data.", "dialog | data", id="pillars"),
        pytest.param(
            "har tre innsatsområder: dialog, kunst og kultur og drift.", "dialog | kunst og kultur | drift", id="og"
        ),
        pytest.param("er fra 2019. Innsatsområdene «A til Å» og «Nye veier» er hentet fra KS.", "", id="some of them"),
        pytest.param(
            "er fra 2019. Samfunnsdelen har fire satsingsområder: bolig, skole, helse og vei.", "", id="another's"
        ),
    ],
)
def test_focus_areas_in_a_sentence_are_one_each(tmp_path: Path, told: str, areas: str) -> None:
    assert list_aims(tmp_path, f"Digitaliseringsstrategien {told}", "focus_area") == split_parts(areas)


@pytest.mark.parametrize(
    ("told", "source"),
    [
        pytest.param("Målene er hentet fra KS sin digitaliseringsstrategi.", "ks", id="taken from"),
        pytest.param("Måla er dei same som i KS sin strategi.", "ks", id="the same"),
        pytest.param("Strategien følger inndelingen i KS sin strategi.", "ks", id="the division"),
        pytest.param("Målene er enkle. Disse er kopiert fra KS.", "ks", id="these"),
        pytest.param("Målene er enkle. Formuleringene er de samme som hos KS.", "ks", id="their wording"),
        pytest.param("Målene er kommunens egne, og ikke hentet fra KS.", None, id="not"),
        pytest.param("To av målene er hentet fra KS.", None, id="some"),
        pytest.param("Innledningen er hentet fra KS.", None, id="not the goals"),
    ],
)
def test_goals_follow_whom_a_sentence_says(tmp_path: Path, told: str, source: str | None) -> None:
    reader = DivisionReader(load_resources(Config()).rules, load_study_rules())
    found = reader.find_said(read_notes(tmp_path, told))
    assert (found[0] if found else None) == source
