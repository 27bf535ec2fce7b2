from collections import Counter
from pathlib import Path

import pytest

from compliance.errors import GuidelineError
from compliance.guidelines import municipalities
from compliance.guidelines.municipalities import MunicipalityRegister, load_municipalities

# Counties and how many municipalities each has had since 1 January 2024 (Statistics Norway).
COUNTIES = {
    "Oslo": 1,
    "Rogaland": 23,
    "Møre og Romsdal": 27,
    "Nordland": 41,
    "Østfold": 12,
    "Akershus": 21,
    "Buskerud": 18,
    "Innlandet": 46,
    "Vestfold": 6,
    "Telemark": 17,
    "Agder": 25,
    "Vestland": 43,
    "Trøndelag": 38,
    "Troms": 21,
    "Finnmark": 18,
}


@pytest.fixture(scope="module")
def register() -> MunicipalityRegister:
    return load_municipalities()


def test_there_are_357_municipalities_of_today(register: MunicipalityRegister) -> None:
    today = [municipality for municipality in register.municipalities if municipality.last_year is None]
    assert len(today) == 357
    assert Counter(municipality.county for municipality in today) == COUNTIES


def test_no_number_stands_for_two(register: MunicipalityRegister) -> None:
    numbers = [n for m in register.municipalities for n in (m.number, *m.former_numbers)]
    assert all(len(number) == 4 and number.isdigit() for number in numbers)
    assert [number for number, count in Counter(numbers).items() if count > 1] == []


def test_numbers_of_today_begin_with_the_county_number(register: MunicipalityRegister) -> None:
    numbers = {county.name: county.number for county in register.counties if county.last_year is None}
    assert len(numbers) == 15
    for municipality in register.municipalities:
        if municipality.last_year is None:
            assert municipality.number.startswith(numbers[municipality.county])


def test_ended_names_lead_to_municipalities_of_today(register: MunicipalityRegister) -> None:
    ended = [municipality for municipality in register.municipalities if municipality.last_year is not None]
    for municipality in ended:
        successors = [register.find_number(number) for number in municipality.successors]
        assert successors
        assert all(successor and successor.last_year is None for successor in successors)
        assert 2016 <= (municipality.last_year or 0) <= 2019


def test_ended_counties_lead_to_counties_of_today(register: MunicipalityRegister) -> None:
    today = {county.name for county in register.counties if county.last_year is None}
    assert all(set(county.successors) <= today for county in register.counties)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        pytest.param("Flå", ["3320"], id="one of today"),
        pytest.param("  nore og  uvdal ", ["3338"], id="case and space"),
        pytest.param("Herøy", ["1515", "1818"], id="two of today"),
        pytest.param("Våler", ["3114", "3419"], id="two of today, east"),
        pytest.param("Os", ["3430", "1243"], id="one of today, one ended"),
        pytest.param("Guovdageaidnu", ["5612"], id="North Sami"),
        pytest.param("Snåase", ["5041"], id="South Sami"),
        pytest.param("Raisi", ["5544"], id="Kven"),
        pytest.param("Skedsmo", ["0231"], id="ended by the 2020 reform"),
        pytest.param("Haram", ["1580"], id="back since 2024"),
        pytest.param("Eventyrdal", [], id="unknown"),
    ],
)
def test_find_name(register: MunicipalityRegister, name: str, numbers: list[str]) -> None:
    assert [municipality.number for municipality in register.find_name(name)] == numbers


@pytest.mark.parametrize(
    ("number", "name"),
    [
        pytest.param("3320", "Flå", id="today"),
        pytest.param("3039", "Flå", id="2020 to 2023"),
        pytest.param("0615", "Flå", id="until 2019"),
        pytest.param("1612", "Hemne", id="ended"),
    ],
)
def test_find_number(register: MunicipalityRegister, number: str, name: str) -> None:
    found = register.find_number(number)
    assert found is not None
    assert found.name == name


def test_unknown_number_is_none(register: MunicipalityRegister) -> None:
    assert register.find_number("9999") is None


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        pytest.param("Nitedal", "Nittedal", id="letter missing"),
        pytest.param("Lilestrom", "Lillestrøm", id="foreign keyboard"),
        pytest.param("hemsedahl", "Hemsedal", id="letter too many"),
    ],
)
def test_suggest_names(register: MunicipalityRegister, name: str, suggestion: str) -> None:
    assert suggestion in register.suggest_names(name)


def test_a_damaged_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "nummer;navn;fylke;siste_år;avløst_av;andre_navn;tidligere_nummer"
    (tmp_path / "kommuner.csv").write_text(f"# kilde\n{header}\n3320;Flå\n", encoding="utf-8")
    monkeypatch.setattr(municipalities, "find_data_folder", lambda name: tmp_path)
    with pytest.raises(GuidelineError, match=r"kommuner\.csv:3"):
        load_municipalities.__wrapped__()


def test_names_come_longest_first(register: MunicipalityRegister) -> None:
    lengths = [len(name) for name in register.list_names()]
    assert lengths == sorted(lengths, reverse=True)
