"""A run with a second reader: what is asked, that nothing it does ends or changes the run, and that it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compliance.config import Config, override
from compliance.errors import MissingExtraError, SettingsError
from compliance.records import ReaderOutcome
from compliance.runs.run import analyse_files
from reader_server import answer_with_first_words, fail, serve

TEXT = """Digitaliseringsstrategi for Skarvøya kommune 2024–2027

1 Innbyggerne

Skarvøya kommune skal innen 1. juni 2025 gi alle innbyggere digitale tjenester som henger sammen, med ett felles
skjema for flytting. Kommunedirektøren har ansvaret, og det er satt av 400 000 kroner.

Kommunen vurderer om skjermene på servicetorget kan brukes til mer enn i dag.
"""


@pytest.fixture(scope="module")
def server():
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "skarvoya.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def analyse(plan, tmp_path, monkeypatch, server):
    monkeypatch.setattr("compliance.second_reader.open.find_cache_folder", lambda _: tmp_path / "cache")
    monkeypatch.setattr("compliance.second_reader.endpoint.BACK_OFF_SECONDS", 0.0)
    server.bodies.clear()

    def run(*script, **settings):
        server.script = script
        changes = {"run.processes": 1, "model.use_cache": False}
        if script:
            given = {"enabled": True, "model": "leser-1", "address": server.address, "ask_from": 0.07, "ask_below": 1.0}
            changes |= {f"second_reader.{name}": value for name, value in {**given, **settings}.items()}
        return analyse_files([plan], out=tmp_path / "out", config=override(Config(), changes))

    return run


def test_a_second_reader_is_heard_shown_and_counted_in_nothing(analyse, server) -> None:
    alone = analyse()
    assert (alone.results.second_readings, alone.second_reader, server.bodies) == ((), (), [])

    both = analyse(answer_with_first_words("DA2"))
    said = both.results.second_readings
    assert said
    assert {each.outcome for each in said} == {ReaderOutcome.ANSWERED}
    assert {goal.goal for each in said for goal in each.goals} == {"DA2"}
    assert len(server.bodies) == len(said)
    assert f"uttalte seg om {len(said)} av {len(said)} tvilsomme avsnitt." in both.second_reader[0]
    assert any(f"sendt til {server.address} (på denne maskinen)" in line for line in both.second_reader)
    (page,) = (both.report.parent / "documents").glob("*.html")
    assert "En annen leser" in page.read_text(encoding="utf-8")
    same = replace(both.results, run=alone.results.run, second_readings=())
    assert same == alone.results

    again = analyse(fail(500))
    assert again.results.second_readings == said
    assert len(server.bodies) == len(said)

    without = analyse()
    assert without.results.second_readings == ()
    assert "En annen leser" not in page.read_text(encoding="utf-8")


def test_a_reader_that_only_errs_ends_nothing_and_is_told(analyse, server) -> None:
    outcome = analyse(fail(500), give_up_after=1)
    said = [each.outcome for each in outcome.results.second_readings]
    assert said == [ReaderOutcome.FAILED] + [ReaderOutcome.NOT_ASKED] * (len(said) - 1)
    assert len(server.bodies) == 3
    assert any("Tjeneren svarte med feil 500." in line for line in outcome.second_reader)
    assert outcome.results.scores


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"analyse.judgement_folder": "rules"}, "ingen sannsynligheter", id="rules alone"),
        pytest.param({"second_reader.ask_from": 0.01}, "skal være minst 0.07", id="below what is kept"),
        pytest.param({"second_reader.key_variable": "LESER_MANGLER"}, "LESER_MANGLER er ikke satt", id="no key"),
    ],
)
def test_what_cannot_work_is_told_before_any_work(plan, tmp_path, changes, told) -> None:
    config = override(Config(), {"second_reader.enabled": True, "second_reader.model": "leser-1", **changes})
    with pytest.raises(SettingsError, match=told):
        analyse_files([plan], out=tmp_path / "out", config=config)
    assert not (tmp_path / "out").exists()


def test_without_the_extra_it_says_what_to_install(plan, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("compliance.extras.find_spec", lambda module: None)
    config = override(Config(), {"second_reader.enabled": True, "second_reader.model": "leser-1"})
    with pytest.raises(MissingExtraError, match=r"httpx.*\[second-reader\]"):
        analyse_files([plan], out=tmp_path / "out", config=config)
