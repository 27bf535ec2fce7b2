"""Sums of money as texts write them, in whole kroner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:[ .\u00a0]\d{3})+|\d+(?:,\d+)?"
_MILLIONS = re.compile(
    rf"(?:\bkr\.?\s?)?(?P<number>{_NUMBER})\s?(?P<unit>mill(?:ioner|ionar|ion)?\b\.?|mrd\b\.?|milliard(?:er|ar)?\b)"
    rf"(?:\s?(?:kroner|kr)\b)?",
    re.IGNORECASE,
)
_KRONER = re.compile(rf"(?P<number>{_NUMBER})\s?(?:,-\s?)?(?:kroner|kr)\b", re.IGNORECASE)
_KR = re.compile(rf"\bkr\.?\s?(?P<number>{_NUMBER})(?:,-)?(?!\s?(?:mill|mrd|milliard))", re.IGNORECASE)
# «tal i 1000 kr», «Ramme (1000 kr)», «beløp i hele 1 000 kroner»: what the figures of a table stand for, no sum.
_UNIT = re.compile(r"\bi\s+(?:hele?\s+|heile?\s+)?(?:kr\.?\s*)?$|\(\s*$", re.IGNORECASE)
_THOUSAND = 1_000
_MILLION, _MILLIARD = 10**6, 10**9


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum and where the text gives it."""

    kroner: int
    start: int
    end: int


def find_sums(text: str) -> list[Sum]:
    """Return the sums in the text, in reading order: «5 millioner», «kr 1 200 000», «800 000 kroner»."""
    found = sorted(_find_all(text), key=lambda each: (each.start, -each.end))
    found = [each for each in found if each.kroner != _THOUSAND or not _UNIT.search(text[: each.start])]
    return [each for index, each in enumerate(found) if not any(each.start < other.end for other in found[:index])]


def _find_all(text: str) -> Iterator[Sum]:
    for match in _MILLIONS.finditer(text):
        unit = _MILLION if match["unit"].lower().startswith("mill") and "iard" not in match["unit"] else _MILLIARD
        yield Sum(round(_read_number(match["number"]) * unit), *match.span())
    for pattern in (_KRONER, _KR):
        for match in pattern.finditer(text):
            yield Sum(round(_read_number(match["number"])), *match.span())


def _read_number(written: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[ .\u00a0]\d{3})+", written)
    return float(re.sub(r"[ .\u00a0]", "", written)) if grouped else float(written.replace(",", "."))
