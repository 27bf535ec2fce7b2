"""Of wording that very many municipalities have, the earliest are told of, and how many they are."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.analyse.reuse import ReuseAnalyser
from compliance.analyse.reuse.told import MOST_TOLD
from compliance.config import ReuseConfig
from compliance.guidelines.rules import load_rules
from compliance.records import EvidenceCode

CUSTOM = "Alle kommuner i fylket deler på drift av fagsystemene, og møtes to ganger i året for å fordele utgiftene."
OWN = "Fergekaia får lading til båtene før sommeren, og havnestyret leier ut plassene gjennom vinteren til fiskerne."
MANY = MOST_TOLD + 12


@pytest.fixture(scope="module")
def analyse():
    rules = load_rules()
    return ReuseAnalyser(guidelines=(), rules=rules, references=(), config=ReuseConfig()).analyse


def plan(number, *lines, adopted=None):
    name = f"Kommune{number:02}"
    return make_reading([*lines, CUSTOM], document_id=f"{name}-00000001", municipality=name, adopted=adopted)


def list_sources(spans, reading):
    return [span.source_id for span in spans if span.document_id == reading.document.id]


def test_spans_of_alike_documents_grow_with_their_number_and_not_its_square(analyse):
    spans = [len(analyse([plan(number) for number in range(count)])) for count in (MANY, 2 * MANY)]
    assert spans == [MANY * MOST_TOLD, 2 * MANY * MOST_TOLD]


def test_all_that_have_the_wording_are_counted(analyse):
    spans = analyse([plan(number) for number in range(MANY)])
    counted = {each.reference for span in spans for each in span.evidence if each.code is EvidenceCode.SHARED_BY}
    assert counted == {str(MANY - 1)}
    assert all(span.boilerplate for span in spans)


def test_the_earliest_are_told(analyse):
    readings = [plan(number, adopted=f"{2000 + MANY - number}-03-01") for number in range(MANY)]
    earliest = [reading.document.id for reading in readings[: -MOST_TOLD - 1 : -1]]
    assert sorted(list_sources(analyse(readings), readings[0])) == sorted(earliest)


def test_whom_the_document_names_is_told_too(analyse):
    named = f"Kommune{MANY - 1:02}"
    readings = [plan(0, f"Vi har dette fra {named}."), *(plan(number) for number in range(1, MANY))]
    sources = list_sources(analyse(readings), readings[0])
    assert f"{named}-00000001" in sources
    assert len(sources) == MOST_TOLD + 1


def test_a_sentence_that_two_have_is_told_beside_one_that_all_have(analyse):
    two = (3, MANY - 1)
    readings = [plan(number, *([OWN] if number in two else [])) for number in range(MANY)]
    spans = [span for span in analyse(readings) if OWN[:-1] in span.source_text]
    assert {(span.document_id, span.source_id) for span in spans} == {
        (readings[one].document.id, readings[other].document.id) for one, other in (two, two[::-1])
    }
    assert not any(span.boilerplate for span in spans)


def test_the_order_of_the_documents_does_not_matter(analyse):
    readings = [plan(number) for number in range(MANY)]
    one, other = (
        {(span.document_id, span.source_id, span.start) for span in analyse(each)}
        for each in (readings, readings[::-1])
    )
    assert one == other
