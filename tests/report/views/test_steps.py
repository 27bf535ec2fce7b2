"""When a deadline is past, and what tells how often."""

from datetime import date

import pytest

from compliance.records import Detail, DetailKind, Measure, Stance
from compliance.report.views.steps import is_rhythm, list_past_deadlines

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("value", "past"),
    [
        pytest.param("2025", True, id="year before"),
        pytest.param("2026", False, id="this year, which is not over"),
        pytest.param("2026-06", False, id="this month, which is not over"),
        pytest.param("2026-05", True, id="month before"),
        pytest.param("2026-06-14", True, id="yesterday"),
        pytest.param("2026-06-15", False, id="today"),
        pytest.param("2024/2028", False, id="span that goes on"),
        pytest.param("2023/2025", True, id="span that is over"),
    ],
)
def test_deadline_is_past_when_its_last_day_is(value, past):
    measure = Measure("d", "d:0", "P1", 0, 9, Stance.BINDING, (Detail(DetailKind.DATE, 0, 4, value),), False, 4)
    assert bool(list_past_deadlines([measure], since="", today=TODAY)) is past


@pytest.mark.parametrize(("since", "past"), [("2024", True), ("2025", False)], ids=["the plan's own time", "before it"])
def test_date_of_before_the_plan_is_no_deadline(since, past):
    measure = Measure("d", "d:0", "P1", 0, 9, Stance.BINDING, (Detail(DetailKind.DATE, 0, 4, "2024-11"),), False, 4)
    assert bool(list_past_deadlines([measure], since=since, today=TODAY)) is past


@pytest.mark.parametrize("value", ["annethvert år", "hvert annet år", "annakvart år", "anna kvart år"])
def test_every_other_year_tells_when(value):
    assert is_rhythm(Detail(DetailKind.TARGET, 0, len(value), value))
