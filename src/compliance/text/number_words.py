"""Numbers that are written as words, in bokmål and nynorsk: «elleve», «fem hundre», «en halv», «to og en halv»."""

from __future__ import annotations

from typing import Final

_ONES = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9}
_ONE = ("en", "én", "ein", "éin", "ett", "eitt")
_TEENS = {"ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16}
_TEENS |= {"sytten": 17, "atten": 18, "nitten": 19}
_TENS = {"tjue": 20, "tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70, "åtti": 80, "nitti": 90}
_HALVES = {"en halv": 0.5, "ein halv": 0.5, "halvannen": 1.5, "halvannan": 1.5}
_HUNDRED = "hundre"


def _list_numbers() -> dict[str, float]:
    small = dict.fromkeys(_ONE, 1) | _ONES | _TEENS | _TENS
    ones = _ONES | {"en": 1, "ein": 1}
    composed = {f"{tens}{one}": value + more for tens, value in _TENS.items() for one, more in ones.items()}
    hundreds = {_HUNDRED: 100} | {f"{one} {_HUNDRED}": 100 * count for one, count in _ONES.items()}
    joined = {words.replace(" ", ""): value for words, value in hundreds.items()}
    and_half = {f"{one} og {half} halv": value + 0.5 for one, value in _ONES.items() for half in ("en", "ein")}
    return _HALVES | small | composed | hundreds | joined | and_half


_NUMBERS: Final = _list_numbers()
_LONGEST_FIRST = sorted(_NUMBERS, key=len, reverse=True)
# A pattern that matches a half, as many and a half, a number of one to a hundred, or so many hundreds.
NUMBER_WORDS: Final = "|".join(each.replace(" ", r"\s") for each in _LONGEST_FIRST)


def read_number_words(text: str) -> float:
    """Return the number that words matched by NUMBER_WORDS stand for, 0.5 to 900. Raises KeyError for other words."""
    return _NUMBERS[" ".join(text.lower().split())]
