"""Citations with their editions, structure taken over from another, and what a document was compared with."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.analyse.reuse.relations import find_relations
from compliance.guidelines.rules import load_rules
from compliance.records import BlockKind, Order, SourceKind

KS_AREAS = (
    "Brukeren i sentrum",
    "Digitalisering som innsatsfaktor for innovasjon",
    "Styrket digital kompetanse og deltakelse",
    "Effektiv digitalisering",
    "Informasjonssikkerhet og personvern",
)
OWN_HEADINGS = (
    "Fra brevduer til fiber",
    "Trygge øyer hele året",
    "Ferga som møteplass",
    "Skolen på nett",
    "Havna som kontor",
    "Penger og folk",
)


@pytest.fixture(scope="module")
def rules():
    return load_rules()


def plan(name, headings=(), lines=(), **dates):
    text = [(BlockKind.HEADING, heading) for heading in headings] + list(lines)
    return make_reading(text or ["Tekst."], document_id=f"{name}-00000001", municipality=name, **dates)


def relate(rules, *readings, references=0):
    return find_relations(readings, references=references, official_sentences=7, guidelines=(), rules=rules)


@pytest.mark.parametrize(
    ("headings", "share"),
    [
        pytest.param(KS_AREAS, 1.0, id="all five"),
        pytest.param(("1 Innledning", *KS_AREAS[:3], "Økonomi", KS_AREAS[4]), 0.8, id="four, with others between"),
        pytest.param(KS_AREAS[::-1], None, id="another order"),
        pytest.param(KS_AREAS[:3], None, id="three"),
    ],
)
def test_plan_that_has_the_areas_in_order_follows_the_strategy(rules, headings, share):
    structures = relate(rules, plan("Storvik", headings)).structures
    assert [(each.source_id, each.share, each.order) for each in structures] == (
        [("ks", share, Order.NATIONAL)] if share else []
    )


def test_areas_named_in_running_text_are_no_structure(rules):
    assert relate(rules, plan("Storvik", lines=KS_AREAS)).structures == ()


def test_later_plan_has_the_headings_of_the_earlier(rules):
    early, late = plan("Storvik", OWN_HEADINGS, adopted="2019"), plan("Lillevik", OWN_HEADINGS[:5], adopted="2021")
    (match,) = relate(rules, late, early).structures
    assert (match.document_id, match.source_id, match.order) == (late.document.id, early.document.id, Order.ADOPTED)
    assert (match.source_kind, len(match.passage_ids)) == (SourceKind.MUNICIPALITY, 5)


def test_headings_that_many_have_are_nobodys(rules):
    names = ("Storvik", "Lillevik", "Nordvik", "Sørvik")
    assert relate(rules, *(plan(name, OWN_HEADINGS) for name in names)).structures == ()


def test_few_headings_in_common_are_no_structure(rules):
    other = plan("Lillevik", (*OWN_HEADINGS[:4], "Noe helt annet", "Enda en ting"))
    assert relate(rules, plan("Storvik", OWN_HEADINGS), other).structures == ()


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param({"adopted": "2014-06-01"}, "Meld. St. 23 (2012–2013)", id="before the later one"),
        pytest.param({"period": "2014-2017"}, "Meld. St. 23 (2012–2013)", id="by its period"),
        pytest.param({"adopted": "2018"}, "Meld. St. 27 (2015–2016)", id="after"),
        pytest.param({}, "Meld. St. 27 (2015–2016)", id="nothing known"),
    ],
)
def test_citation_is_of_the_edition_that_the_plan_can_mean(rules, dates, expected):
    reading = plan("Storvik", lines=["Vi følger Digital agenda for Norge. Digital agenda er vår rettesnor."], **dates)
    (citation,) = relate(rules, reading).citations
    assert citation.name.startswith(expected)
    assert reading.document.text[citation.start : citation.end].startswith("Digital agenda")


@pytest.mark.parametrize(
    ("others", "documents"),
    [
        pytest.param((), 0, id="alone"),
        pytest.param(("Storvik",), 0, id="with a plan of its own municipality"),
        pytest.param(("Lillevik", "Nordvik"), 2, id="with others"),
    ],
)
def test_document_says_what_it_was_compared_with(rules, others, documents):
    readings = (plan("Storvik"), *(plan(name) for name in others))
    first = relate(rules, *readings, references=3).comparisons[0]
    assert (first.documents, first.references, first.official_sentences) == (documents, 3, 7)
