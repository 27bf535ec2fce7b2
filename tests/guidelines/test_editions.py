"""Which sets a document is held against, by when it was made, and why."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.config import GuidelinesConfig
from compliance.errors import SettingsError
from compliance.guidelines import Edition, EditionReason, choose_editions, load_guidelines, select_guidelines

DEFAULT = {"digital_agenda", "ks", "en_digital"}


def choose(*days: date, names: tuple[str, ...] = ()) -> dict[str, Edition]:
    config = GuidelinesConfig(sets=names)
    return {each.set_id: each for each in choose_editions(load_guidelines(config), config=config, dates=days)}


def select(*days: date, names: tuple[str, ...] = ()) -> list[str]:
    config = GuidelinesConfig(sets=names)
    return [each.id for each in select_guidelines(load_guidelines(config), config=config, dates=days)]


@pytest.mark.parametrize(
    ("days", "used"),
    [
        pytest.param((), DEFAULT, id="no date"),
        pytest.param((date(2013, 6, 1),), set(), id="before all of them"),
        pytest.param((date(2018, 1, 1),), {"digital_agenda", "ks"}, id="a set that came the year after is left out"),
        pytest.param((date(2019, 1, 1),), DEFAULT, id="a set that came later in the same year counts"),
        pytest.param((date(2024, 9, 26),), DEFAULT | {"fn", "ks_fou"}, id="the first day counts"),
        pytest.param((date(2024, 9, 25),), DEFAULT | {"ks_fou"}, id="the day before"),
        pytest.param((date(2031, 1, 1),), DEFAULT | {"ks_fou"}, id="no set beyond its last day but the default ones"),
        pytest.param(
            (date(2018, 1, 1), date(2025, 1, 1)), DEFAULT | {"fn", "ks_fou"}, id="one date of several is enough"
        ),
    ],
)
def test_a_date_calls_for_the_sets_in_force(days: tuple[date, ...], used: set[str]) -> None:
    assert set(select(*days)) == used


@pytest.mark.parametrize(
    ("day", "reasons"),
    [
        pytest.param(date(2013, 1, 1), {"ks": "not_yet", "en_digital": "not_yet"}, id="2013"),
        pytest.param(date(2019, 8, 1), {"ks": "in_force", "en_digital": "in_force"}, id="2019"),
        pytest.param(
            date(2027, 1, 1),
            {"digital_agenda": "ended", "ks": "ended", "en_digital": "ended", "fn": "in_force"},
            id="2027",
        ),
        pytest.param(date(2031, 1, 1), {"fn": "over"}, id="2031"),
    ],
)
def test_each_set_has_the_reason_why_it_is_used_or_not(day: date, reasons: dict[str, str]) -> None:
    chosen = choose(day)
    assert {set_id: str(chosen[set_id].reason) for set_id in reasons} == reasons


def test_a_set_that_has_ended_names_its_successor() -> None:
    assert choose(date(2027, 1, 1))["en_digital"] == Edition("en_digital", EditionReason.ENDED, date(2027, 1, 1), "fn")


def test_a_document_without_dates_says_that_it_has_none() -> None:
    edition = choose()["ks"]
    assert (edition.reason, edition.made, edition.used) == (EditionReason.UNDATED, None, True)


def test_named_sets_are_the_only_ones_whatever_the_date() -> None:
    assert select(date(2013, 1, 1), names=("fn", "ks")) == ["fn", "ks"]
    assert choose(date(2013, 1, 1), names=("fn",))["ks"].reason is EditionReason.NOT_NAMED


def test_an_unknown_name_tells_which_there_are() -> None:
    with pytest.raises(SettingsError, match=r"«kss».*digital_agenda"):
        select(names=("kss",))
