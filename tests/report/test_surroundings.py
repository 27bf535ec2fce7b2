"""What a report says of the run's other documents, counted once for all of them."""

from __future__ import annotations

from compliance.records import Neighbour
from compliance.report.surroundings import Neighbourhood


def describe(name, municipality, *, kind="temaplan", **goals):
    return Neighbour(name, name, municipality, kind, False, {goal: (step, True) for goal, step in goals.items()})


def test_own_plans_are_the_same_municipalitys_others():
    own, other, foreign = describe("a", "Lillevik"), describe("b", "Lillevik"), describe("c", "Storvik")
    assert Neighbourhood([own, other, foreign]).look_around("a", sources=()).own_plans == (other,)


def test_documents_without_a_municipality_are_nobodys_own_and_never_compared():
    around = Neighbourhood([describe("a", None, DA1=3), describe("b", None, DA1=3)]).look_around("a", sources=())
    assert (around.own_plans, around.others, around.compared) == ((), {"DA1": (0, 0)}, False)


def test_others_are_of_the_same_type_from_other_municipalities():
    documents = [
        describe("a", "Lillevik", DA1=0, DA2=1),
        describe("b", "Lillevik", DA1=3),
        describe("c", "Storvik", DA1=3, DA2=0),
        describe("d", "Nordnes", DA1=0),
        describe("e", "Nordnes", kind="okonomiplan", DA1=4),
    ]
    around = Neighbourhood(documents).look_around("a", sources=())
    assert around.others == {"DA1": (1, 2), "DA2": (0, 1)}
    assert around.compared


def test_sources_are_those_that_are_documents_of_the_run():
    own, other = describe("a", "Lillevik"), describe("b", "Storvik")
    around = Neighbourhood([own, other]).look_around("a", sources=("ks:KS1", "b"))
    assert around.sources == {"b": other}


def test_a_name_that_holds_the_municipality_does_not_get_it_twice():
    assert describe("Plan for Lillevik", "Lillevik").full_name == "Plan for Lillevik"
    assert describe("Plan", "Lillevik").full_name == "Lillevik: Plan"
