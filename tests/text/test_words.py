import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.words import split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ålesund får øre, æra!", ["Ålesund", "får", "øre", "æra"], id="Norwegian letters"),
        pytest.param("e-helse og IKT-strategi", ["e-helse", "og", "IKT-strategi"], id="inner hyphens"),
        pytest.param("helse- og omsorg", ["helse", "og", "omsorg"], id="hanging hyphen"),
        pytest.param("ka'kje «sitat»", ["ka'kje", "sitat"], id="apostrophe and quotes"),
        pytest.param("kr 1,5 mill. 31.12.2025", ["kr", "1,5", "mill", "31.12.2025"], id="numbers"),
        pytest.param("2019–2030", ["2019", "2030"], id="a range is two words"),
        pytest.param("og/eller", ["og", "eller"], id="slash"),
        pytest.param("Guovdageaidnu Kárášjohka", ["Guovdageaidnu", "Kárášjohka"], id="Sami letters"),
        pytest.param("— … –", [], id="no words"),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert [word.text for word in split_words(text)] == expected


@given(st.text())
def test_offsets_point_at_the_words(text: str) -> None:
    for word in split_words(text):
        assert text[word.start : word.end] == word.text
