"""Which body of those that a text names prioritises today, and what it tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.analyse.facts.sentences import FactField
from compliance.config import Config
from compliance.guidelines.study_rules import load_study_rules
from compliance.pipeline import analyse_reading, read_file
from compliance.records import Fact
from compliance.resources import load_resources
from compliance.study.body_names import make_body_name
from compliance.study.placing import index_readings
from compliance.study.structures import StructureReader

ABOUT = "Digitaliseringsprosjekter må prioriteres. "


def read_structure(folder: Path, told: str) -> tuple[str | None, list[str], list[str]]:
    """Return the chosen body's name with the words on its members and its task."""
    path = folder / "notater.txt"
    path.write_text(f"Nordvåg kommune\n\n{ABOUT}{told}\n", encoding="utf-8")
    reading = read_file(path, config=Config())
    records = analyse_reading(reading, resources=load_resources(Config())).records
    facts = [each for each in records if isinstance(each, Fact)]
    named = [each for each in facts if each.field == FactField.PRIORITISATION_STRUCTURE]
    reader = StructureReader(load_study_rules(), index_readings([reading]))
    chosen = reader.choose(named, [reading.document.id])
    if chosen is None:
        return None, [], []
    said = [(kind, reading.document.text[start:end]) for kind, _, start, end in reader.describe(chosen)]
    members = [text for kind, text in said if kind == "structure_members"]
    return chosen.name, members, [text for kind, text in said if kind == "structure_mandate"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        pytest.param("Kommunen har et digitaliseringsråd.", "digitaliseringsråd", id="has one"),
        pytest.param("Kommunen har opprettet DigiStyret.", "DigiStyret", id="by a short name"),
        pytest.param("Saker går til Digiteamet i kommunen.", "Digiteamet", id="by a short name, nn"),
        pytest.param("Til 2018 hadde kommunen et IKT-utvalg. Utvalget ble lagt ned.", None, id="closed"),
        pytest.param("Kommunen hadde eit IKT-utval. Utvalet finst ikkje lenger.", None, id="is no more"),
        pytest.param("IKT-forumet blei avvikla i 2019.", None, id="closed, nn"),
        pytest.param("Rådmannen «vil vurdere å opprette et porteføljestyre».", None, id="only thought of"),
        pytest.param("Rådmannen foreslår et digitaliseringsråd.", None, id="proposed"),
        pytest.param("Forslag vurderes av digitaliseringsrådet.", "digitaliseringsrådet", id="considers proposals"),
        pytest.param("Et digitaliseringsråd ble foreslått, men aldri opprettet.", None, id="never set up"),
        pytest.param("Vi var på møte i digitaliseringsforumet i nabokommunen Kvalvik.", None, id="a neighbour's"),
        pytest.param("Nabokommunen Kvalvik har hatt et porteføljestyre siden 2015.", None, id="a neighbour's, before"),
        pytest.param("I Kvalvik er det vedtatt et digitaliseringsråd.", None, id="elsewhere"),
        pytest.param("Vi har ikke funnet noe digitaliseringsråd eller noe IKT-utvalg.", None, id="none"),
        pytest.param(
            "Digitaliseringsteamet drifter nettet. Kommunen har et digitaliseringsutvalg. Utvalget avgjør hvilke "
            "prosjekter som starter.",
            "digitaliseringsutvalg",
            id="the one that decides",
        ),
    ],
)
def test_a_structure_is_one_that_stands(tmp_path: Path, told: str, name: str | None) -> None:
    assert read_structure(tmp_path, told)[0] == name


def test_members_and_task_are_told_in_sentences_after_the_name(tmp_path: Path) -> None:
    _, members, task = read_structure(
        tmp_path,
        "Kommunen har eit digitaliseringsstyre. Faste medlemer er rådmannen og IKT-leiaren. Styret møtest kvar månad. "
        "Oppgåvene er å rangere prosjekt og å fordele midlane. I tillegg skal det rapportere til formannskapet.",
    )
    assert [each.split()[0] for each in members] == ["Faste"]
    assert [each.split()[0] for each in task] == ["Oppgåvene", "I"]


def test_members_and_task_are_told_in_lists(tmp_path: Path) -> None:
    _, members, task = read_structure(
        tmp_path,
        "Kommunen har et digitaliseringsråd. Rådet består av:\n\n- rådmannen\n- IKT-lederen\n\n"
        "Digitaliseringsrådet har disse oppgavene (Nordvåg, 2018, s. 9):\n\n- rangere prosjekter\n- stanse dem\n",
    )
    assert members == ["rådmannen", "IKT-lederen"]
    assert task == ["rangere prosjekter", "stanse dem"]


def test_a_lead_in_with_a_semicolon_is_none_of_the_members(tmp_path: Path) -> None:
    told = "Kommunen har opprettet DigiStyret, som har følgende medlemmer;\n\n- rådmannen\n- IKT-lederen\n"
    assert read_structure(tmp_path, told) == ("DigiStyret", ["rådmannen", "IKT-lederen"], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("digitaliseringsråd", "Digitaliseringsrådet"),
        ("styringsgruppe for digitalisering", "Styringsgruppa for digitalisering"),
        ("IKT-utvalget", "IKT-utvalet"),
        ("et porteføljestyre", "porteføljestyret"),
    ],
)
def test_a_body_has_one_name_in_all_its_forms(one: str, other: str) -> None:
    assert make_body_name(one).stem == make_body_name(other).stem
