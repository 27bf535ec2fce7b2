"""Sums of money as texts write them, in whole kroner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from compliance.text.number_words import NUMBER_WORDS, read_number_words

_NUMBER = r"\d{1,3}(?:[ .\u00a0]\d{3})+|\d+(?:,\d+)?"
_GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+")
_MILLIONS = re.compile(
    rf"(?:\bkr\.?\s?)?(?P<number>{_NUMBER})\s?"
    rf"(?P<unit>mill(?:ioner|ionar|ion)?\b\.?|(?<!\b20\d\d )mnok\b|mrd\b\.?|milliard(?:er|ar)?\b)"
    rf"(?:\s?(?:kroner|kr)\b)?",
    re.IGNORECASE,
)
# «et par hundre tusen kroner» is no exact number.
_EXACT = "".join(rf"(?<!\b{each}\s)" for each in ("par", "noen", "nokon", "nokre", "flere", "fleire", "mange"))
_WRITTEN = re.compile(  # «en halv million», «to millioner kroner», «fem hundre tusen kroner»
    rf"{_EXACT}\b(?P<number>{NUMBER_WORDS})\s?"
    rf"(?:(?P<unit>million|milliard)(?:er|ar)?\b(?:\s(?:kroner|kr)\b)?|tusen\s(?:kroner|kr)\b)",
    re.IGNORECASE,
)
# A sum whose unit follows the next: «500 000 og 700 000 kroner», «2,5 og 3 millioner»; a year is none.
_SHARED = re.compile(
    rf"(?<![\d.,])(?P<number>(?!20\d\d\b)(?:{_NUMBER}))(?=\sog\s(?:{_NUMBER})\s?(?P<unit>mill|kroner\b|kr\b))",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(rf"(?P<number>{_NUMBER})\s?(?:tusen (?:kroner|kr)|(?<!\b20\d\d )(?:tnok|tkr))\b", re.IGNORECASE)
_KRONER = re.compile(rf"(?P<number>{_NUMBER})\s?(?:(?:,-\s?)?(?:kroner|kr)\b|(?<=\d{{3}}),-)", re.IGNORECASE)
_KR = re.compile(rf"\bkr\.?\s?(?P<number>{_NUMBER})(?:,-)?(?!\s?(?:mill|mrd|milliard))", re.IGNORECASE)
_MONEY = re.compile(r"kr(?:oner)?(?![^\W\d_])|mill|mrd|nok\b|,-", re.IGNORECASE)  # in every sum; few texts have it
_PARTS = (  # the surest first
    re.compile(r"[,;]\s*(?:og|mens|medan|men|samt|i tillegg|dessuten)\b|;|\b(?:mens|medan)\b", re.IGNORECASE),
    re.compile(r"\b(?:og|samt)\b|,(?!\d)", re.IGNORECASE),
)
# «tal i 1000 kr», «Ramme (1000 kr)», «beløp i hele 1 000 kroner»: what the figures of a table stand for, no sum.
_UNIT = re.compile(r"\bi\s+(?:hele?\s+|heile?\s+)?(?:kr\.?\s*)?$|\(\s*$", re.IGNORECASE)
# «per innbygger»: a price.
_EACH = re.compile(r"\s*(?:per|pr\.?)\s+(?!år|kvartal|måned|månad|halvår|tertial|dags dato|\d)[a-zæøå]", re.IGNORECASE)
_THOUSAND = 1_000
_MILLION, _MILLIARD = 10**6, 10**9
_UNITS = {"tusen": _THOUSAND, "million": _MILLION, "milliard": _MILLIARD}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum and where the text gives it."""

    kroner: int
    start: int
    end: int


def find_sums(text: str) -> list[Sum]:
    """Return the sums in the text, in reading order: «5 millioner», «kr 1 200 000», «800 000 kroner».

    A price («45 kroner per innbygger») and what the figures of a table stand for («tall i 1000 kr») are none.
    """
    if not _MONEY.search(text):
        return []
    found = sorted(_find_all(text), key=lambda each: (each.start, -each.end))
    found = [each for each in found if each.kroner != _THOUSAND or not _UNIT.search(text[: each.start])]
    found = [each for each in found if not _EACH.match(text, each.end)]
    return [each for index, each in enumerate(found) if not any(each.start < other.end for other in found[:index])]


def split_by_sums(text: str, sums: Sequence[Sum]) -> list[tuple[int, int]]:
    """Return the part of a sentence that tells of each sum, as spans in its order; empty without sums.

    Two sums part where the last clause before the second begins, «…, og for 2021 er …», else at the last «og» or comma.
    """
    cuts = [0]
    for one, other in pairwise(sums):
        between = text[: other.start]
        found = [match.start() for pattern in _PARTS for match in [*pattern.finditer(between, one.end)][-1:]]
        cuts.append(found[0] if found else other.start)
    return [*pairwise([*cuts, len(text)])] if sums else []


def _find_all(text: str) -> Iterator[Sum]:
    for match in _MILLIONS.finditer(text):
        unit = _MILLIARD if match["unit"].lower().startswith(("mrd", "milliard")) else _MILLION
        yield Sum(round(_read_number(match["number"]) * unit), *match.span())
    for match in _SHARED.finditer(text):
        unit = _MILLION if match["unit"].lower() == "mill" else 1
        if unit > 1 or _GROUPED.fullmatch(match["number"]):
            yield Sum(round(_read_number(match["number"]) * unit), *match.span())
    for match in _WRITTEN.finditer(text):
        unit = _UNITS[(match["unit"] or "tusen").lower()]
        yield Sum(round(read_number_words(match["number"]) * unit), *match.span())
    for match in _THOUSANDS.finditer(text):
        yield Sum(round(_read_number(match["number"]) * _THOUSAND), *match.span())
    for pattern in (_KRONER, _KR):
        for match in pattern.finditer(text):
            yield Sum(round(_read_number(match["number"])), *match.span())


def _read_number(written: str) -> float:
    return (
        float(re.sub(r"[ .\u00a0]", "", written)) if _GROUPED.fullmatch(written) else float(written.replace(",", "."))
    )
