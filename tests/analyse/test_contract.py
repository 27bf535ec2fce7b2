"""What the analysis promises, by rules and by a trained model, on a plan in which every question finds something."""

from __future__ import annotations

import copy

import pytest

from analyse.classification.models import make_analyser
from analyse.stages import get_rules_analyser
from builders import make_reading
from compliance.analyse.build import ReadingAnalyser
from compliance.config import AnalyseConfig
from compliance.records import BlockKind, Fact, Finding, Method, Reading, Task

WAYS = {
    Method.RULES: set(Task) - {Task.REVIEW},
    Method.MODEL: set(Task),
}


@pytest.fixture(scope="module", params=list(WAYS))
def way(request) -> Method:
    return request.param


@pytest.fixture(scope="module")
def analyser(way: Method) -> ReadingAnalyser:
    return build(way)


def build(way: Method) -> ReadingAnalyser:
    if way is Method.RULES:
        return get_rules_analyser.__wrapped__()
    return make_analyser(config=AnalyseConfig(review_from=0.0, review_below=1.0))


@pytest.fixture(scope="module")
def records(analyser: ReadingAnalyser, reading: Reading) -> tuple[Finding | Fact, ...]:
    return analyser.analyse(reading)


@pytest.fixture(scope="module")
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


def test_every_question_finds_something(way: Method, records) -> None:
    assert {record.task for record in records if isinstance(record, Finding)} == WAYS[way]
    assert any(isinstance(record, Fact) for record in records)


def test_records_name_passages_of_the_reading(records, reading: Reading) -> None:
    ids = {passage.id for passage in reading.passages}
    assert {record.passage_id for record in records} <= ids
    assert {record.document_id for record in records} == {reading.document.id}


def test_evidence_is_there_and_within_the_passage(records, reading: Reading) -> None:
    passages = {passage.id: passage for passage in reading.passages}
    for record in records:
        passage = passages[record.passage_id]
        assert record.evidence
        for item in record.evidence:
            assert (item.start is None) == (item.end is None)
            if item.start is not None and item.end is not None:
                assert passage.start <= item.start < item.end <= passage.end


def test_scores_are_between_0_and_1(records) -> None:
    assert all(0.0 <= item.score <= 1.0 for record in records for item in record.evidence)
    assert all(0.0 <= record.score <= 1.0 for record in records if isinstance(record, Finding))


def test_findings_tell_what_made_them(way: Method, records) -> None:
    made = {record.method for record in records if isinstance(record, Finding) and record.task is not Task.ATTRIBUTION}
    assert made == {way}


def test_each_kind_of_record_comes_in_passage_order(records, reading: Reading) -> None:
    order = {passage.id: passage.index for passage in reading.passages}
    attribution = [each for each in records if isinstance(each, Finding) and each.task is Task.ATTRIBUTION]
    labels = [each for each in records if isinstance(each, Finding) and each.task is not Task.ATTRIBUTION]
    facts = [each for each in records if isinstance(each, Fact)]
    assert list(records) == [*labels, *attribution, *facts]
    for kind in (labels, attribution, facts):
        indices = [order[record.passage_id] for record in kind]
        assert indices == sorted(indices)


def test_answers_the_same_twice_and_when_built_anew(way: Method, analyser, records, reading: Reading) -> None:
    assert analyser.analyse(reading) == records
    assert build(way).analyse(reading) == records


def test_changes_nothing_it_was_given(analyser, reading: Reading) -> None:
    before = copy.deepcopy(reading)
    analyser.analyse(reading)
    assert reading == before


def test_a_document_is_judged_by_itself(analyser, records, reading: Reading) -> None:
    analyser.analyse(make_reading(["Hovedplan for vann og avløp skal revideres."], document_id="vann-11111111"))
    assert analyser.analyse(reading) == records


def test_an_empty_document_yields_nothing(analyser) -> None:
    assert not analyser.analyse(make_reading([]))
