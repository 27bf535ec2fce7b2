"""Sums of money in the ways that plans write them."""

from __future__ import annotations

import pytest

from compliance.analyse.facts.sums import find_sums, split_by_sums


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        pytest.param("Det er satt av 5 millioner kroner.", [5_000_000], id="millions"),
        pytest.param("sett av 4,2 mill. kr", [4_200_000], id="decimals, abbreviated"),
        pytest.param("Utgiften er 800 000 kroner.", [800_000], id="grouped"),
        pytest.param("kr 1 200 000,- i drift", [1_200_000], id="kr before"),
        pytest.param("kr 2,5 millioner", [2_500_000], id="kr before millions is one sum"),
        pytest.param("1,2 milliarder til fiber", [1_200_000_000], id="milliard"),
        pytest.param("1,8 MNOK i drift", [1_800_000], id="mnok"),
        pytest.param("Budsjett 2024 MNOK", [], id="a year before the unit"),
        pytest.param("to millioner kroner og en halv million", [2_000_000, 500_000], id="in words"),
        pytest.param("to og en halv million kroner", [2_500_000], id="a half more"),
        pytest.param("halvannan million kroner", [1_500_000], id="one and a half"),
        pytest.param("fem hundre tusen kroner til lisenser", [500_000], id="hundred thousand in words"),
        pytest.param("tretti millioner og en milliard", [30_000_000, 10**9], id="tens in words"),
        pytest.param("et par hundre tusen kroner, flere hundre millioner", [], id="no exact number"),
        pytest.param("fem hundre tusen innbyggere", [], id="thousands of something else"),
        pytest.param("satt av 200.000,- i drift", [200_000], id="a dash for kroner"),
        pytest.param("650 tusen kroner", [650_000], id="thousands"),
        pytest.param("2 millioner i drift og 7 millioner i utstyr", [2_000_000, 7_000_000], id="two"),
        pytest.param("Ramme for strategien, tal i 1000 kr", [], id="unit of a table"),
        pytest.param("Beløp i hele 1 000 kroner", [], id="unit of a table in words"),
        pytest.param("Økonomisk ramme (1000 kr)", [], id="unit in brackets"),
        pytest.param("Gebyret er 1 000 kroner.", [1_000], id="a thousand"),
        pytest.param("Kontingenten er 45 kroner per innbygger.", [], id="a price"),
        pytest.param("Lisensen kostar 300 kr pr. elev.", [], id="a price, abbreviated"),
        pytest.param("Lisensene koster 300 000 kroner per år.", [300_000], id="a sum a year"),
        pytest.param("I 2024 bor 12 000 her.", [], id="no money"),
    ],
)
def test_sums_are_read_in_whole_kroner(text: str, kroner: list[int]) -> None:
    assert [each.kroner for each in find_sums(text)] == kroner


def test_a_sum_is_where_the_text_gives_it() -> None:
    text = "Kommunen bruker 5 millioner kroner."
    (found,) = find_sums(text)
    assert text[found.start : found.end] == "5 millioner kroner"


@pytest.mark.parametrize(
    ("text", "second"),
    [
        pytest.param("2 mill. kr i 2020 og 3 mill. kr i 2021", "og 3 mill. kr i 2021", id="og"),
        pytest.param("2 mill. kr til sak og arkiv, og for 2021 3 mill. kr", ", og for 2021 3 mill. kr", id="a clause"),
        pytest.param("2,5 mill. kr, 3,5 mill. kr", ", 3,5 mill. kr", id="comma"),
    ],
)
def test_a_sentence_is_parted_between_its_sums(text: str, second: str) -> None:
    first, last = split_by_sums(text, find_sums(text))
    assert first == (0, last[0])
    assert text[slice(*last)] == second
