"""Numbers of list items as letters and Roman numerals."""

from __future__ import annotations

_ROMAN_LETTERS = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)

MAX_LETTERS = 780  # «zz…z» of 30 letters, where Word begins again; a list that starts at a billion takes 38 MB an item
MAX_ROMAN = 3999


def format_number(number: int, form: str) -> str:
    """Return a number as Word's number format writes it; decimal for formats that are not used in Norwegian."""
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= MAX_LETTERS:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number <= MAX_ROMAN:
        roman = _to_roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _to_roman(number: int) -> str:
    roman = ""
    for value, letters in zip(_ROMAN_VALUES, _ROMAN_LETTERS, strict=True):
        count, number = divmod(number, value)
        roman += letters * count
    return roman
