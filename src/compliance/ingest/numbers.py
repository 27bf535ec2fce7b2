"""Numbers that a file gives as text, whoever wrote them there."""

from __future__ import annotations

MAX_DIGITS = 6  # no attribute of a plan's file is a million; a million of anything asks for a gigabyte


def read_int(text: str | None, *, default: int, most: int | None = None) -> int:
    """Return the whole number that an attribute gives, at most `most`; `default` where it is none.

    `str.isdigit` is no test for this: it takes «²», and `int` takes no more than 4,300 digits.
    """
    digits = (text or "").strip().removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MAX_DIGITS):
        return default
    number = int(text or "")
    return number if most is None else min(number, most)
