"""The years that a plan is said to be for, in the ways that texts write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_YEAR = r"20[0-5]\d"
_TO = (
    r"(?:\s?[-–—/]\s?|\s(?:og )?(?:(?:fram|frem|heilt|helt|ut) )?til(?: og med| utgangen av)?\s|\st\.?\s?o\.?\s?m\.?\s)"
)
_CLOSED = re.compile(rf"\b({_YEAR}){_TO}({_YEAR})\b(?![-/.]\d)", re.IGNORECASE)
_SHORT = re.compile(r"\b(20)(\d\d)[-–—](\d\d)\b(?![-–—./]?\d)")  # «2019–22»
_NUMBERS = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "åtte": 8, "ti": 10, "tolv": 12}
_LASTING = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})[- ]?år(?:ig|ige|s)?\b[^.]{{0,30}}?"
    rf"\b(?:fra|frå|f\.o\.m\.)(?: og med)?(?: \w+)? (?P<first>{_YEAR})\b",
    re.IGNORECASE,
)
# A plan adopted in one year and valid to another: the years stand apart, in a sentence about that plan only.
_FIRST = re.compile(
    r"\b(?:fra|frå|vedtatt|vedteke\w*|vedtok|vedtatte|rullert|rullerte"
    r"|revidert|behandlet|handsama|lagt fram|lagd fram|lagt frem|kom|fikk|fekk)\b"
    rf"[^.\d]{{0,40}}?(?:\d\d?\. )?[^.\d]{{0,12}}?\b({_YEAR})\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(rf"\b({_YEAR}) (?:vedtok|ga|gav|godkjente|godkjende)\b", re.IGNORECASE)  # «i mai 2021 vedtok …»
_LAST = re.compile(
    rf"(?:\b(?:til(?: og med| utgangen av)?|mot|ut|utløper|utløp i|(?:går|gikk|gjekk) ut i|slutt(?:er|ar) i)\s"
    rf"({_YEAR})\b"
    rf"|\b\w*(?:horisont|sluttår|målår)\w* (?:mot |til |i )?({_YEAR})\b"
    rf"|\b({_YEAR}) som (?:slutt\w*|siste år|målår|horisont)"
    rf"|\b(?:heter|heiter|kalt|kalla|navnet|namnet|tittelen) [«\"][^»\"]*\b({_YEAR})[»\"])",  # «Nordvik 2040»
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:gjelder|gjeld|varer|vare|løper|varighet(?:en)? (?:på|er)|(?:plan)?perioden er"
    r"|(?:perspektiv|horisont|ramme) på|for|i)\s(?:for |i |på )?"
    rf"(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})[- ]?år\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\((?:jf\.? |se )?[A-ZÆØÅ][^()\d]{2,80}(?:\s|,\s)(?:19|20)\d\d(?!\s?[-–])[a-z]?(?:[,;][^()]{0,60})?\)"
)
_LONGEST = 40  # years; what lies further apart is no period
_MIN_OPEN_YEARS = 2  # «vedtatt i 2019 … til 2020» is a deadline


@dataclass(frozen=True, slots=True)
class Period:
    """First and last year, and where the text gives them."""

    first: int
    last: int
    start: int
    end: int

    @property
    def years(self) -> int:
        """How many years the period spans, the first not counted."""
        return self.last - self.first

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def find_periods(text: str) -> list[Period]:
    """Return the periods written out: «2021–2024», «2021 til 2024», «2021–24» and «fire år fra 2021»."""
    found = [*_find_closed(text), *_find_lasting(text)]
    return sorted((each for each in found if 0 <= each.years <= _LONGEST), key=lambda each: each.start)


def find_open_period(text: str) -> Period | None:
    """Return a period whose years stand apart: «vedtatt i 2019 og gjelder til 2031»."""
    first = _DECIDED.search(text) or _FIRST.search(text)
    last = _LAST.search(text)
    if first and not last and (count := _COUNT.search(text)):
        return _make_lasting(int(first[1]), count["count"], first.start(1), max(first.end(1), count.end()))
    if not (first and last):
        return None
    group = last.lastindex or 1
    start, end = sorted((first.span(1), last.span(group)))
    period = Period(int(first[1]), int(last[group]), start[0], end[1])
    return period if _MIN_OPEN_YEARS <= period.years <= _LONGEST else None


def blank_citations(text: str) -> str:
    """Return the text with blanks for the sources that it cites: «(Nes kommune, 2019a, s. 4)» tells no plan's year."""
    return _CITED.sub(lambda match: " " * len(match[0]), text)


def _find_closed(text: str) -> Iterator[Period]:
    for match in _CLOSED.finditer(text):
        yield Period(int(match[1]), int(match[2]), *match.span())
    for match in _SHORT.finditer(text):
        if int(match[3]) > int(match[2]):
            yield Period(int(match[1] + match[2]), int(match[1] + match[3]), *match.span())


def _find_lasting(text: str) -> Iterator[Period]:
    """Yield periods of so many years; the first year counts, so four years from 2023 end with 2026."""
    for match in _LASTING.finditer(text):
        if _CLOSED.match(text, match.start("first")):
            continue
        yield _make_lasting(int(match["first"]), match["count"], *match.span())


def _make_lasting(first: int, count: str, start: int, end: int) -> Period:
    years = _NUMBERS.get(count.lower()) or int(count)
    return Period(first, first + years - 1, start, end)
