"""Periods, in the ways that texts write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.analyse.facts.periods import blank_citations, find_open_period, find_periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("planen 2021-2024", "2021-2024", id="hyphen"),
        pytest.param("planen 2021 – 2024", "2021-2024", id="spaced-dash"),
        pytest.param("planen 2021 til 2024", "2021-2024", id="to"),
        pytest.param("fra 2021 og fram til 2024", "2021-2024", id="up-to"),
        pytest.param("fra og med 2021 til og med 2024", "2021-2024", id="inclusive"),
        pytest.param("frå 2021 t.o.m. 2024", "2021-2024", id="abbreviated"),
        pytest.param("perioden 2018–22", "2018-2022", id="two-digits"),
        pytest.param("skal vare i tre år fra 2022", "2022-2024", id="so-many-years"),
        pytest.param("ein fireårig plan frå hausten 2020", "2020-2023", id="so-many-years-nynorsk"),
        pytest.param("fem år, fra 2021 til 2025", "2021-2025", id="both-said"),  # once, not twice
    ],
)
def test_a_period_is_read(text: str, period: str) -> None:
    assert [str(each) for each in find_periods(text)] == [period]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("vedtatt 2021-05-11", id="date"),
        pytest.param("fra 2024-2021", id="backwards"),
        pytest.param("skoleåret 2020/21", id="school-year"),
        pytest.param("vedtatt i 2021", id="one-year"),
    ],
)
def test_other_numbers_are_no_period(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("Planen ble vedtatt i 2016 og gjelder til 2028.", "2016-2028", id="adopted-to"),
        pytest.param("Planen gjeld til 2028 og vart vedteken 3. mai 2016.", "2016-2028", id="to-adopted"),
        pytest.param("Planen fra 2014 har 2026 som sluttår.", "2014-2026", id="last-year"),
        pytest.param("Planen heter «Nordvik 2040» og ble vedtatt i 2020.", "2020-2040", id="in-its-name"),
        pytest.param("Planen fra 2020 vil ha byen «klimanøytral i 2030».", None, id="in-a-goal"),
        pytest.param("Planen ble vedtatt i 2016.", None, id="no-end"),
        pytest.param("Planen ble vedtatt i 2019, med frist til 2020.", None, id="deadline"),
    ],
)
def test_years_may_stand_apart(text: str, period: str | None) -> None:
    found = find_open_period(text)
    assert (str(found) if found else None) == period


@given(st.text(alphabet="0129–- tilfrå", max_size=60))
def test_offsets_hold_the_first_year(text: str) -> None:
    for each in find_periods(text):
        assert str(each.first) in text[each.start : each.end]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("satt av i 2020 (Nes kommune, 2019)", "satt av i 2020", id="year"),
        pytest.param("satt av (Nes kommune, 2019a, s. 4)", "satt av", id="letter-and-page"),
        pytest.param("planen (2019)", "planen (2019)", id="no-source"),
        pytest.param(
            "planen (Nes kommune, plan 2019–2022)", "planen (Nes kommune, plan 2019–2022)", id="a-plan's-years"
        ),
    ],
)
def test_a_cited_source_tells_no_year(text: str, kept: str) -> None:
    blanked = blank_citations(text)
    assert len(blanked) == len(text)
    assert blanked.strip() == kept
