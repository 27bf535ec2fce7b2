"""Guideline sets: what ships, how errors are told, which sets an analysis uses."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from compliance.config import GuidelinesConfig
from compliance.errors import GuidelineError, SettingsError
from compliance.guidelines import Strength, load_guidelines, load_rules
from compliance.guidelines.load import load_files
from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.guidelines.yaml_file import read_yaml
from compliance.records import Language
from guideline_files import write_guidelines


@pytest.fixture(scope="module")
def shipped() -> dict[str, GuidelineSet]:
    """The shipped sets, by id."""
    return {chosen.id: chosen for chosen in load_guidelines(GuidelinesConfig())}


@pytest.fixture(scope="module")
def goals(shipped: dict[str, GuidelineSet]) -> dict[str, Goal]:
    """Every shipped goal, by id."""
    return {goal.id: goal for chosen in shipped.values() for goal in chosen.goals}


@pytest.mark.parametrize(
    ("set_id", "goal_ids"),
    [
        ("digital_agenda", "DA1 DA2 DA3 DA4 DA5"),
        (
            "ks",
            "KS1.1 KS1.2 KS2.1 KS2.2 KS2.3 KS2.4 KS2.5 KS3.1 KS3.2 KS4.1 KS4.2 KS4.3 KS4.4 KS4.5 KS4.6 KS4.7 KS4.8 "
            "KS5.1 KS5.2 KS5.3 KS5.4 KS5.5 KS5.6",
        ),
        ("en_digital", "EN1 EN2 EN3 EN4 EN5 EN6 EN7 EN8"),
        ("fn", "FN3.1 FN3.2 FN3.3 FN3.4 FN3.5 FN4.1 FN4.2 FN4.3 FN4.4 FN4.5"),
        (
            "ks_fou",
            "KF-E1 KF-E2 KF-E3 KF-E4 KF-E5 KF-E6 KF-E7 KF-E8 KF-I1 KF-I2 KF-I3 KF-I4 KF-I5 KF-I6",
        ),
    ],
    ids=["digital_agenda", "ks", "en_digital", "fn", "ks_fou"],
)
def test_shipped_goals_are_exactly_those_of_the_taxonomy(
    shipped: dict[str, GuidelineSet], set_id: str, goal_ids: str
) -> None:
    assert " ".join(goal.id for goal in shipped[set_id].goals) == goal_ids


def test_the_goals_for_2025_are_a_set_of_their_own_used_only_where_named(shipped: dict[str, GuidelineSet]) -> None:
    chosen = shipped["en_digital_maal"]
    assert [goal.id for goal in chosen.goals] == [f"ENM{number}" for number in range(1, 7)]
    assert (chosen.default, chosen.named_only) == (False, True)


def test_the_yearly_circulars_are_sets_of_their_own_used_only_where_named(shipped: dict[str, GuidelineSet]) -> None:
    circulars = [chosen for chosen in shipped.values() if chosen.id.startswith("rundskriv_")]
    assert [chosen.edition for chosen in circulars] == ["H-7/17", "H-8/18", "H-9/22"]
    assert all(chosen.named_only and not chosen.default for chosen in circulars)


@pytest.mark.parametrize(
    ("goal_id", "asked", "left_out"),
    [
        pytest.param("DA3", "IKT-forskning", None, id="DA3 has advanced skills and research"),
        pytest.param("DA2", "teknologi", "forskning", id="research is not DA2's"),
        pytest.param("KS4.5", "felles for kommuner og stat", "porteføljen", id="KS4.5 is a common method"),
        pytest.param("KS4.7", "bygger løsninger sammen", "vertskommune", id="KS4.7 is sharing or building"),
        pytest.param("KS4.8", "nettene som tjenestene er avhengige av", "egne bygg", id="KS4.8 is networks"),
        pytest.param("EN3", "Rettssikkerheten", None, id="EN3 has legal safeguards"),
        pytest.param("EN3", "kunstig intelligens", None, id="EN3 has AI"),
        pytest.param("KF-E8", "belaster selv miljøet", "kutte utslipp", id="KF-E8 is the digital's own footprint"),
        pytest.param("KF-I6", "sju områder", None, id="KF-I6's seven areas are one goal"),
    ],
)
def test_a_goal_asks_for_what_its_source_does(
    goals: dict[str, Goal], goal_id: str, asked: str, left_out: str | None
) -> None:
    goal = goals[goal_id]
    assert asked in goal.statement.nb
    assert left_out is None or left_out not in goal.statement.nb


@pytest.mark.parametrize(
    ("goal_id", "terms", "reason"),
    [
        pytest.param("KF-I1", {"fiks-plattform*", "ks fiks"}, "Fiks", id="ready-made solutions on Fiks"),
        pytest.param("KF-E5", {"rpa"}, "RPA", id="robotic process automation"),
    ],
)
def test_what_the_report_rejects_is_not_counted(
    goals: dict[str, Goal], goal_id: str, terms: set[str], reason: str
) -> None:
    goal = goals[goal_id]
    assert not terms & {term.text for term in goal.terms}
    assert reason in goal.not_counted.nb


def test_only_the_three_labelled_sets_are_default(shipped: dict[str, GuidelineSet]) -> None:
    assert {chosen.id for chosen in shipped.values() if chosen.default} == {"digital_agenda", "ks", "en_digital"}


def test_every_goal_is_complete_in_bokmal_and_nynorsk(shipped: dict[str, GuidelineSet], goals: dict[str, Goal]) -> None:
    for goal in goals.values():
        for language in (Language.NB, Language.NN):
            strong = [term for term in goal.terms if term.written_in(language) and term.strength is Strength.STRONG]
            assert len(strong) >= 8, goal.id
            assert 2 <= len(re.findall(r"[.!?](?:\s|$)", goal.statement.in_language(language))) <= 4, goal.id
        assert goal.statement.nb != goal.statement.nn, goal.id
        assert goal.set_id in shipped


def test_every_goal_has_a_short_title_a_section_and_a_theme(goals: dict[str, Goal]) -> None:
    assert not [goal.id for goal in goals.values() if goal.short_title is None or not goal.section or not goal.theme]


def test_a_goal_without_a_short_title_is_named_by_its_title(tmp_path: Path) -> None:
    goal = load_files([write_guidelines(tmp_path)])[0].goals[0]
    assert [goal.name_in(code) for code in ("nb", "nn", "en")] == ["Felles kart"] * 3
    assert goal.theme is None


def test_a_goal_is_named_in_the_language_that_is_asked_for(goals: dict[str, Goal]) -> None:
    goal = goals["KS2.3"]
    assert [goal.name_in(code) for code in ("nb", "nn", "en")] == ["Åpne data", "Opne data", "Open data"]


def test_excluding_terms_are_not_key_terms(goals: dict[str, Goal]) -> None:
    for goal in goals.values():
        assert not {term.text for term in goal.not_counted.terms} & {term.text for term in goal.terms}, goal.id


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("publisher:", "publiser:", 1, "publisher", "feltet mangler"),
        ("themes:", "tema: x\nthemes:", 8, "tema", "ukjent felt"),
        ("publisher: Eit fylke", "publisher: ''", 4, "publisher", "er tom"),
        (", nn: Kommunane deler kart.", "", 14, "goals[1].statement.nn", "nynorsk"),
        ("2023-01-01", "2023-02-30", 6, "valid_from", "2023-02-30"),
        ("2027-12-31", "2020-12-31", 7, "valid_to", "før det begynner"),
        ("themes:", "replaced_by: borte\nthemes:", 8, "replaced_by", "«borte»"),
        ("themes:", "replaced_by: fylke\nthemes:", 8, "replaced_by", "«fylke»"),
        ("    parent: F0", "    short_title: {nb: K, nn: K}", 12, "goals[1].short_title.en", "mangler"),
        ("    parent: F0", f"    short_title: {{nb: {'K' * 25}, nn: K, en: K}}", 12, "goals[1].short_title.nb", "24"),
        ("    parent: F0", "    theme: helse", 12, "goals[1].theme", "bruker"),
        ("https://www.example.no/plan", "www.example.no", 5, "url", "feil form"),
        ("parent: F0", "parent: F9", 12, "goals[1].parent", "F9"),
        ("parent: F0", "parent: F1", 12, "goals[1].parent", "F1"),
        ("\ngoals:", "\n  - {id: F1, title: {nb: T, nn: T}}\ngoals:", 12, "goals[1].id", "tidligere i filen"),
        ("felles kart*", "felles k*rt", 16, "goals[1].terms.strong.common[1]", "stjernen"),
        ("kart & deling*", "kart &", 17, "goals[1].terms.weak.common[1]", "tomt"),
        ("[kartløsning*]", "['']", 16, "goals[1].terms.strong.nb[1]", "er tom"),
        ("[kartløsning*]", "kartløsning*", 16, "goals[1].terms.strong.nb", "liste"),
        ("kart & deling*", "felles kart*", 15, "goals[1].terms", "to ganger"),
        ("[papirkart*]", "[kartløysing*]", 21, "goals[1].not_counted.terms", "både telle og ikke telle"),
        ("[papirkart*]", "[kart*]", 21, "goals[1].not_counted.terms", "jf. begrepet «kartløsning*»"),
        ("  - id: F1", "  - id: F1\n    id: F2", 12, "goals[1].id", "to ganger"),
        ("goals:", "goals: []\nmål:", 10, "goals", "er tom"),
        ("    parent: F0", "    page: null", 12, "goals[1].page", "helt tall"),
        ("    parent: F0", "    page: 0", 12, "goals[1].page", "skal være minst 1"),
        ("edition:", "default: ja\nedition:", 2, "default", "true eller false"),
        ("{nb: Felles kart, nn: Felles kart}", "Felles kart", 13, "goals[1].title", "navngitte felt"),
        ("id: fylke", "id: Fylke 1", 1, "id", "feil form"),
        ("edition:", "edition: [", 3, None, "YAML"),
        ("edition: 2023–2027", "edition: &a 2023\npublisher2: *a", 2, None, "henvisninger"),
    ],
    ids=lambda value: None,
)
def test_an_error_names_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str | None, message: str
) -> None:
    path = write_guidelines(tmp_path, old=old, new=new)
    with pytest.raises(GuidelineError, match=re.escape(message)) as caught:
        load_files([path])
    assert (caught.value.file, caught.value.line, caught.value.field) == (path, line, field)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_ids_are_unique_across_files(tmp_path: Path) -> None:
    write_guidelines(tmp_path, old="id: F1", new="id: DA1")
    with pytest.raises(GuidelineError, match=r"DA1.*digital_agenda\.yaml"):
        load_guidelines(GuidelinesConfig(folders=(tmp_path,)))


@pytest.mark.parametrize(("content", "message"), [(b"", "tom"), (b"id: \xe6", "UTF-8")], ids=["empty", "latin-1"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(GuidelineError, match=message):
        load_files([path])


def test_words_that_yaml_takes_for_truth_values_stay_words(tmp_path: Path) -> None:
    path = write_guidelines(tmp_path, old="[felles kart*]", new="[on, no, 2019, 'null']")
    terms = load_files([path])[0].goals[0].terms
    assert [term.text for term in terms[:4]] == ["on", "no", "2019", "null"]


def test_a_users_folder_adds_a_set(shipped: dict[str, GuidelineSet], tmp_path: Path) -> None:
    write_guidelines(tmp_path)
    (tmp_path / "money.yaml").write_text("cues: []", encoding="utf-8")  # a rule file is not a guideline file
    sets = load_guidelines(GuidelinesConfig(folders=(tmp_path,)))
    assert [chosen.id for chosen in sets] == [*shipped, "fylke"]
    assert sets[-1].goals[0].parent == "F0"


def test_both_suffixes_of_yaml_are_read(tmp_path: Path) -> None:
    write_guidelines(tmp_path, name="fylke.yml")
    assert load_guidelines(GuidelinesConfig(folders=(tmp_path,)))[-1].id == "fylke"


def test_a_folder_that_does_not_exist_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="finnes ikke"):
        load_guidelines(GuidelinesConfig(folders=(tmp_path / "borte",)))


def test_a_set_covers_its_last_day(shipped: dict[str, GuidelineSet]) -> None:
    assert shipped["ks"].covers(date(2020, 12, 31))
    assert not shipped["ks"].covers(date(2021, 1, 1))


def test_the_documented_examples_load(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "guidelines.md").read_text(encoding="utf-8")
    county, networks = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    (tmp_path / "county.yaml").write_text(county, encoding="utf-8")
    (tmp_path / "networks.yaml").write_text(networks, encoding="utf-8")
    assert load_guidelines(GuidelinesConfig(folders=(tmp_path,)))[-1].id == "county"
    assert load_rules((tmp_path,)).networks[-1].name == "Fjordnettet"


def test_the_documented_message_is_the_real_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "guidelines.md").read_text(encoding="utf-8")
    county = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)[0]
    path = tmp_path / "county.yaml"
    path.write_text(re.sub(r"      nn: Kommunane bruker.*\n", "", county), encoding="utf-8")
    with pytest.raises(GuidelineError) as caught:
        load_files([path])
    assert str(caught.value).replace(str(tmp_path), "my_guidelines") in page


@pytest.mark.parametrize("depth", [60, 5000])
def test_file_nested_deeper_than_anyone_writes_is_refused(tmp_path: Path, depth: int) -> None:
    (tmp_path / "a.yaml").write_text("[" * depth + "]" * depth)
    with pytest.raises(GuidelineError, match="for dypt nøstet"):
        read_yaml(tmp_path / "a.yaml")
