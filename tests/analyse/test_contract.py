"""What every analyser promises, tried on one plan in which each of them must find something."""

from __future__ import annotations

import copy

import pytest

from analyse.fakes import WordEncoder
from builders import make_reading
from compliance.analyse.analyser import Analyser
from compliance.analyse.build import build_analysers
from compliance.config import AnalyseConfig, GuidelinesConfig
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import load_rules
from compliance.records import BlockKind, Fact, Finding, Reading

NAMES = ("goals", "elements", "level", "local", "attribution", "facts")


def build() -> dict[str, Analyser[Finding | Fact]]:
    analysers = build_analysers(
        guidelines=load_guidelines(GuidelinesConfig()),
        rules=load_rules(),
        encoder=WordEncoder(),
        config=AnalyseConfig(),
    )
    return {analyser.name: analyser for analyser in analysers}


ANALYSERS = build()


@pytest.fixture
def reading() -> Reading:
    return make_reading(
        [
            (BlockKind.HEADING, "Informasjonssikkerhet og personvern"),
            "Nordvik kommune skal innføre internkontroll for informasjonssikkerhet innen 31.12.2026.",
            "Kommunen skal:",
            (BlockKind.LIST_ITEM, "• ta i bruk velferdsteknologi i hjemmetjenesten på Storneset"),
            (BlockKind.LIST_ITEM, "• sette av 2 mill. kroner til digitaliseringsfondet og drift av digitale tjenester"),
            "Kommunestyret vedtok digitaliseringsstrategien for 2025-2028 i sak 45/24. Vi deltar i Digi Rogaland.",
            (BlockKind.HEADING, "KS' digitaliseringsstrategi"),
            (BlockKind.LIST_ITEM, "• Kommunal sektor skal rydde sammen i det som er lagret."),
        ],
        municipality="Nordvik",
    )


def test_registry_holds_every_analyser() -> None:
    assert tuple(ANALYSERS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_finds_something(name: str, reading: Reading) -> None:
    assert ANALYSERS[name].analyse([reading])


@pytest.mark.parametrize("name", NAMES)
def test_records_name_passages_of_the_reading(name: str, reading: Reading) -> None:
    ids = {passage.id for passage in reading.passages}
    for record in ANALYSERS[name].analyse([reading]):
        assert record.passage_id in ids
        assert record.document_id == reading.document.id


@pytest.mark.parametrize("name", NAMES)
def test_evidence_lies_within_the_passage(name: str, reading: Reading) -> None:
    passages = {passage.id: passage for passage in reading.passages}
    for record in ANALYSERS[name].analyse([reading]):
        passage = passages[record.passage_id]
        assert record.evidence
        for item in record.evidence:
            assert (item.start is None) == (item.end is None)
            if item.start is not None and item.end is not None:
                assert passage.start <= item.start < item.end <= passage.end


@pytest.mark.parametrize("name", NAMES)
def test_scores_lie_between_0_and_1(name: str, reading: Reading) -> None:
    for record in ANALYSERS[name].analyse([reading]):
        assert all(0.0 <= item.score <= 1.0 for item in record.evidence)
        if isinstance(record, Finding):
            assert 0.0 <= record.score <= 1.0
            assert record.task == name


@pytest.mark.parametrize("name", NAMES)
def test_records_come_in_passage_order(name: str, reading: Reading) -> None:
    order = {passage.id: passage.index for passage in reading.passages}
    indices = [order[record.passage_id] for record in ANALYSERS[name].analyse([reading])]
    assert indices == sorted(indices)


@pytest.mark.parametrize("name", NAMES)
def test_answers_the_same_twice_and_in_a_new_process(name: str, reading: Reading) -> None:
    first = ANALYSERS[name].analyse([reading])
    assert ANALYSERS[name].analyse([reading]) == first
    assert build()[name].analyse([reading]) == first


@pytest.mark.parametrize("name", NAMES)
def test_changes_nothing_it_was_given(name: str, reading: Reading) -> None:
    before = copy.deepcopy(reading)
    ANALYSERS[name].analyse([reading])
    assert reading == before


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_judged_by_itself(name: str, reading: Reading) -> None:
    other = make_reading(["Hovedplan for vann og avløp skal revideres."], document_id="vann-11111111")
    together = ANALYSERS[name].analyse([other, reading])
    assert list(together) == [*ANALYSERS[name].analyse([other]), *ANALYSERS[name].analyse([reading])]


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_document_yields_nothing(name: str) -> None:
    assert not ANALYSERS[name].analyse([make_reading([])])
