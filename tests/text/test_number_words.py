from __future__ import annotations

import re

import pytest

from compliance.text.number_words import NUMBER_WORDS, read_number_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("en halv", 0.5),
        ("halvannan", 1.5),
        ("tre og ein halv", 3.5),
        ("éin", 1),
        ("syv", 7),
        ("elleve", 11),
        ("tjueen", 21),
        ("tjueein", 21),
        ("Nittini", 99),
        ("hundre", 100),
        ("fem hundre", 500),
        ("femhundre", 500),
    ],
)
def test_number_words_give_their_number(words: str, number: float) -> None:
    match = re.fullmatch(NUMBER_WORDS, words, re.IGNORECASE)
    assert match is not None
    assert read_number_words(match[0]) == number


def test_the_longest_number_is_found() -> None:
    found = re.match(NUMBER_WORDS, "fem hundre tusen kroner")
    assert found is not None
    assert found[0] == "fem hundre"


@pytest.mark.parametrize("word", ["tusenvis", "mange", "tolvte"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert re.fullmatch(NUMBER_WORDS, word) is None
    with pytest.raises(KeyError):
        read_number_words(word)
