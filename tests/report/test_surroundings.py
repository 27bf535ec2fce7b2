"""What a report says of the run's other documents, counted once for all of them."""

from __future__ import annotations

import pytest

from compliance.records import Neighbour
from compliance.report.surroundings import MAX_COUNTED, Neighbourhood, Uptake, tell_uptake


def describe(name, municipality, *, kind="temaplan", **goals):
    return Neighbour(name, name, municipality, kind, False, {goal: (step, True) for goal, step in goals.items()})


def test_own_plans_are_the_same_municipalitys_others():
    own, other, foreign = describe("a", "Lillevik"), describe("b", "Lillevik"), describe("c", "Storvik")
    assert Neighbourhood([own, other, foreign]).look_around("a", sources=()).own_plans == (other,)


def test_documents_without_a_municipality_are_nobodys_own_and_never_compared():
    around = Neighbourhood([describe("a", None, DA1=3), describe("b", None, DA1=3)]).look_around("a", sources=())
    assert (around.own_plans, around.uptake, around.compared) == ((), {}, False)


def test_what_a_document_does_not_speak_of_is_counted_in_those_of_its_type_from_other_municipalities():
    documents = [
        describe("a", "Lillevik", DA1=0, DA2=1, DA3=0),
        describe("b", "Lillevik", DA1=3),
        describe("c", "Storvik", DA1=3, DA2=0, DA3=1),
        describe("d", "Nordnes", DA1=0),
        describe("e", "Nordnes", kind="okonomiplan", DA1=4),
    ]
    around = Neighbourhood(documents).look_around("a", sources=())
    assert around.uptake == {"DA1": Uptake("counted", 1, 2)}  # one other has been held against DA3: no share of it
    assert around.compared


@pytest.mark.parametrize(
    ("taken_up", "compared", "step", "share"),
    [
        (3, MAX_COUNTED, "counted", 1 / 3),
        (0, MAX_COUNTED + 1, "few", 0.0),
        (35, 356, "few", 0.0),
        (36, 356, "some", 0.1),
        (177, 356, "some", 0.1),
        (178, 356, "many", 0.5),
        (320, 356, "many", 0.5),
        (321, 356, "most", 0.9),
        (356, 356, "most", 0.9),
    ],
)
def test_of_many_documents_no_more_than_a_share_is_told(taken_up, compared, step, share):
    told = tell_uptake(taken_up, compared)
    assert (told.step, told.share) == (step, share)
    assert told.is_counted or told == Uptake(step)  # nothing else of it is in a page's key


def test_one_of_many_documents_that_is_written_anew_or_added_changes_no_words_about_them():
    others = [describe(f"b{number}", f"Vik {number}", DA1=number % 3, DA2=0) for number in range(17)]
    own = describe("a", "Lillevik", DA1=0, DA2=0)

    def look(*documents):
        return Neighbourhood([own, *documents]).look_around("a", sources=("b1",))

    assert look(*others[1:], describe("b0", "Vik 0", DA1=0, DA2=3)) == look(*others)
    assert look(*others, describe("c", "Nordnes", DA1=3, DA2=3)) == look(*others)
    assert look(*others[:1], describe("b1", "Vik 1", DA1=0, DA2=3), *others[2:]).sources == look(*others).sources


def test_sources_are_those_that_are_documents_of_the_run():
    own, other = describe("a", "Lillevik"), describe("b", "Storvik")
    around = Neighbourhood([own, other]).look_around("a", sources=("ks:KS1", "b"))
    assert around.sources == {"b": other}


def test_a_name_that_holds_the_municipality_does_not_get_it_twice():
    assert describe("Plan for Lillevik", "Lillevik").full_name == "Plan for Lillevik"
    assert describe("Plan", "Lillevik").full_name == "Lillevik: Plan"
