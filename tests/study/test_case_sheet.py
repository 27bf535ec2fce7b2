from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.records import SourceKind
from compliance.records.study import StrategyStatus
from compliance.store.runs import load_run
from compliance.store.studies import load_study
from compliance.study.run import StudyOptions, run_study
from study.conftest import ONE_PROCESS
from study.places import THESIS

KS_DIVISION = "4 av 5 områder i samme rekkefølge"


def list_values(study, municipality: str, field: str) -> list[str]:
    return [each.value for each in study.case_values if (each.municipality, each.field) == (municipality, field)]


def test_status_is_that_of_the_study_date(notes_study):
    states = {each.municipality: (each.status, each.period) for each in notes_study.study.states}
    assert states == {
        "Nordvik": (StrategyStatus.UNDER_WAY, None),
        "Sundet": (StrategyStatus.VALID, "2018-2020"),
        "Myra": (StrategyStatus.VALID, "2018-2021"),
    }


def test_vision_goals_and_their_division_are_quoted(notes_study):
    study = notes_study.study
    (vision,) = list_values(study, "Sundet", "vision")
    assert vision == "Sundet kommune skal være enkel å nå for alle som bor her. Vi bygger på løsninger som varer"
    assert list_values(study, "Sundet", "goal") == [
        "sette brukeren i sentrum",
        "bruke digitalisering som drivkraft for innovasjon",
        "styrke digital kompetanse og deltakelse",
        "sikre informasjonssikkerhet og personvern",
    ]
    (follows,) = [each for each in study.case_values if each.field == "goals_follow"]
    assert (follows.municipality, follows.value, follows.note) == ("Sundet", "ks", KS_DIVISION)


def test_what_is_only_supposed_is_no_sector_plan(notes_study):
    assert list_values(notes_study.study, "Sundet", "sector_plans") == []
    assert list_values(notes_study.study, "Nordvik", "sector_plans") == ["helse"]


def test_a_structure_has_members_and_a_task(notes_study):
    study = notes_study.study
    assert list_values(study, "Myra", "prioritisation_structure") == ["DigiForum"]
    assert any("deltakere fra alle sektorer" in each for each in list_values(study, "Myra", "structure_members"))
    assert any("strategiorgan" in each for each in list_values(study, "Myra", "structure_mandate"))


def test_every_quote_is_the_documents_own_words(notes_study, notes_out):
    texts = {each.document.id: each.document.text for each in load_run(notes_out).readings}
    placed = [each for each in (*notes_study.study.case_values, *notes_study.study.states) if each.document_id]
    assert placed
    assert all(texts[each.document_id][each.start : each.end] == each.quote for each in placed)


def test_a_study_is_loaded_as_it_was_saved(notes_study, notes_out):
    assert load_study(notes_out) == notes_study.study


@pytest.fixture(scope="module")
def solved_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studie")


@pytest.fixture(scope="module")
def solved(solved_out: Path, tmp_path_factory: pytest.TempPathFactory):
    if not THESIS.is_dir():
        pytest.skip("the solved cases are not here")
    corpus = tmp_path_factory.mktemp("korpus")
    for path in THESIS.glob("*.txt"):
        if path.with_suffix(".json").exists():
            (corpus / path.name).write_bytes(path.read_bytes())

    def study(day: str):
        options = StudyOptions(as_of=date.fromisoformat(day))
        return run_study(corpus, out=solved_out, config=ONE_PROCESS, options=options).study

    return study


HAUGESUND, LARVIK, PORSGRUNN = "1106", "3909", "4001"


def test_the_solved_cases_have_their_status(solved):
    autumn = {each.municipality: (each.status, each.period) for each in solved("2020-09-30").states}
    assert autumn == {
        HAUGESUND: (StrategyStatus.UNDER_WAY, None),
        LARVIK: (StrategyStatus.VALID, "2018-2020"),
        PORSGRUNN: (StrategyStatus.VALID, "2018-2021"),
    }
    summer = {each.municipality: each.status for each in solved("2021-06-30").states}
    assert summer[LARVIK] is StrategyStatus.EXPIRED
    assert summer[PORSGRUNN] is StrategyStatus.VALID


def test_the_solved_cases_have_visions_goals_bodies_and_networks(solved):
    study = solved("2020-09-30")
    for municipality, begins, ends in (
        (LARVIK, "Larvik kommune er", "løsninger"),
        (PORSGRUNN, "Framtidsrettet", "utvikler"),
    ):
        (vision,) = list_values(study, municipality, "vision")
        assert vision.startswith(begins)
        assert vision.endswith(ends)
        assert list_values(study, municipality, "goals_follow") == ["ks"]
    assert list_values(study, PORSGRUNN, "prioritisation_structure") == ["DigiForum"]
    assert list_values(study, PORSGRUNN, "structure_members")
    assert list_values(study, PORSGRUNN, "structure_mandate")
    networks = [each for each in study.case_values if each.field == "regional_networks"]
    assert {each.value: each.note for each in networks}["Digi Rogaland"] == "mentioned"
    assert list_values(study, LARVIK, "sector_plans") == ["smartby"]


def test_the_solved_cases_share_words_with_ks_and_the_rundskriv(solved, solved_out):
    solved("2020-09-30")
    results = load_run(solved_out)
    national = [span for span in results.reuse_spans if span.source_kind is not SourceKind.MUNICIPALITY]
    sources = {(span.document_id.split("-")[0], span.source_name.split(" ")[0]) for span in national}
    ks = [
        span for span in results.reuse_spans if span.document_id.startswith("porsgrunn") and span.source_id[:3] == "ks:"
    ]
    assert len({(span.start, span.end) for span in ks}) >= 2
    assert sources == {("porsgrunn", "Digitaliseringsstrategi"), ("haugesund", "Digitaliseringsrundskrivet")}


def test_an_unchanged_study_is_not_made_again(notes_corpus, notes_out, notes_study, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("compliance.study.run.make_study", refuse)
    options = StudyOptions(as_of=date(2020, 9, 30))
    again = run_study(notes_corpus, out=notes_out, config=ONE_PROCESS, options=options)
    assert again.study == notes_study.study
    with pytest.raises(AssertionError, match="made again"):
        run_study(notes_corpus, out=notes_out, config=ONE_PROCESS, options=StudyOptions(as_of=date(2021, 9, 30)))
