"""The year and the kind of money of each sum in a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyse.stages import get_scanner
from builders import make_reading
from compliance.analyse.matching.terms import split_roughly
from compliance.guidelines.study_rules import load_study_rules
from compliance.study.budget_sums import SumReader


def read_last(text: str) -> list[tuple[int | None, int, str]]:
    """Return year, thousands of kroner and kind of the sums in the last sentence of a paragraph."""
    reading = make_reading([text])
    passage = replace(reading.passages[-1], sentences=split_roughly(text))
    found = SumReader(get_scanner(), load_study_rules()).read(reading, passage, passage.sentences[-1])
    return [(each.year, each.kroner // 1000, each.kind) for each in found]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        pytest.param(
            "Det er satt av 5 mill. kr i investeringsbudsjettet for 2020 og 3 mill. kr i 2021 til digitale skjema.",
            [(2020, 5000, "investering"), (2021, 3000, "investering")],
            id="the kind of the sum before",
        ),
        pytest.param(
            "HØP har 4 mill. kr i 2021 og 3 mill. kr i 2022 til digitale skjema, begge deler ført på investering.",
            [(2021, 4000, "investering"), (2022, 3000, "investering")],
            id="words that tell of both",
        ),
        pytest.param(
            "I 2020 går 2 mill. kr i driftsbudsjettet til skjema, og i 2021 får digitaliseringsfondet 1 mill. kr.",
            [(2020, 2000, "drift"), (2021, 1000, "fond")],
            id="a clause each",
        ),
        pytest.param(
            "Digitaliseringsfondet fikk 3 mill. kr i 2020. Samme år går 850 000 kroner over drift til digitale skjema.",
            [(2020, 850, "drift")],
            id="the same year",
        ),
        pytest.param(
            "I driftsbudsjettet for 2020 er det 400 000 kroner til digitale skjema. For 2021 er summen 700 000 kroner.",
            [(2021, 700, "drift")],
            id="the same sum in another year",
        ),
        pytest.param(
            "I budsjettet for 2020 går 1 mill. kr til skjema. Fra før er det 4 mill. kr i digitaliseringsfondet.",
            [(None, 4000, "fond")],
            id="money that lies there has no year",
        ),
        pytest.param(
            "I 2020 går 2 mill. kr i drift til digitale skjema og 40 mill. kr til ny svømmehall.",
            [(2020, 2000, "drift")],
            id="a sum for something else",
        ),
        pytest.param(
            "Det går 4 mill. kr til investering i skjema, fordelt med 1,5 mill. kr i 2020 og 2,5 mill. kr i 2021.",
            [(2020, 1500, "investering"), (2021, 2500, "investering")],
            id="a total and its parts",
        ),
        pytest.param(
            "Både i 2020 og 2021 er det 400 000 kroner til skjema i driftsbudsjettet.",
            [(2020, 400, "drift"), (2021, 400, "drift")],
            id="each of two years",
        ),
        pytest.param(
            "I 2020 er det investert 2 mill. kr i digitale skjema (Nes kommune, 2019).",
            [(2020, 2000, "investering")],
            id="the year of a source",
        ),
    ],
)
def test_each_sum_has_its_own_year_and_kind(text: str, sums: list[tuple[int | None, int, str]]) -> None:
    assert read_last(text) == sums
