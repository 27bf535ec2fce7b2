"""Whose a document is: one municipality's, or several together's where it names them as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from compliance.guidelines.municipalities import load_municipalities
from compliance.records import BlockKind, DocumentType, Reading

UNOWNED: Final = "ukjent kommune"  # the id of documents that no municipality is known for
STRATEGIES: Final = frozenset({DocumentType.DIGITALISERINGSSTRATEGI.value, DocumentType.IKT_STRATEGI.value})
_NAME: Final = r"[A-ZÆØÅ][a-zæøå]+(?:-[A-ZÆØÅ]?[a-zæøå]+)?(?: [A-ZÆØÅ][a-zæøå]+)?"
_LIST: Final = rf"(?P<names>{_NAME}(?:, {_NAME})*,? og {_NAME})"
_LISTED: Final = (
    re.compile(rf"\b[Kk]ommun(?:ene|ane|er|ar)\s+{_LIST}"),
    re.compile(rf"{_LIST}\s+kommun(?:er|ar|ene|ane|e)\b"),
)
_BARE: Final = re.compile(rf"\b(?:for|i)\s+{_LIST}")  # without «kommune» every name must be a municipality's
_SHARED: Final = re.compile(
    r"\b(?:felles|gjeld\w*|omfatt\w*|lagd?|laget|utarbeid\w*|vedt\w*|eig\w*|eier?|eies|består)\b", re.IGNORECASE
)
_COUNTY: Final = re.compile(r"\b(?P<name>[A-ZÆØÅ][a-zæøå]+(?:(?: og |-)[A-ZÆØÅ][a-zæøå]+)?) fylkeskommune\b")
_SIGNED: Final = re.compile(rf"\W*(?P<name>{_NAME}) kommune\W*")  # a line of a cover that several have signed
_AND: Final = re.compile(r",? og |, ")
_OPENING: Final = 12  # passages in which a shared strategy says whose it is
_COVER: Final = 4  # passages in which headings and short lines are the cover's
_COVER_CHARS: Final = 160


def read_owners(reading: Reading) -> tuple[str, ...]:
    """Return the numbers, or names where they have none, of the municipalities whose own the document is.

    Several, where the title or cover lists them, or where a strategy that names no single one says for whom it is.
    """
    listed = next(_find_lists(reading), ())
    profile = reading.profile
    if listed:
        return listed
    if profile.municipality is None:
        return (_find_county(reading) or UNOWNED,)
    return (profile.municipality_number or profile.municipality.value,)


def _find_lists(reading: Reading) -> Iterator[tuple[str, ...]]:
    cover = [
        passage.text
        for passage in reading.passages[:_COVER]
        if passage.kind is BlockKind.HEADING or len(passage.text) <= _COVER_CHARS
    ]
    for text in [reading.document.title or "", *cover]:
        yield from _read_list(text, bare=True)
    if reading.profile.municipality is None and reading.profile.document_type.value in STRATEGIES:
        for passage in reading.passages[:_OPENING]:
            if _SHARED.search(passage.text):
                yield from _read_list(passage.text, bare=False)
        signed = [found["name"] for each in reading.passages[:_OPENING] if (found := _SIGNED.fullmatch(each.text))]
        if len(set(signed)) > 1:
            yield tuple(dict.fromkeys(map(_identify, signed)))


def _find_county(reading: Reading) -> str | None:
    """Return the only fylkeskommune that the title or the opening names, None where there is none or several."""
    texts = [reading.document.title or "", *(each.text for each in reading.passages[:_OPENING])]
    named = {match["name"] for text in texts for match in _COUNTY.finditer(text)}
    return f"{named.pop()} fylkeskommune" if len(named) == 1 else None


def _read_list(text: str, *, bare: bool) -> Iterator[tuple[str, ...]]:
    """Yield the municipalities of each list of at least two; `bare`: also of a list without «kommune»."""
    for pattern in _LISTED:
        for match in pattern.finditer(text):
            yield tuple(dict.fromkeys(map(_identify, _AND.split(match["names"]))))
    for match in _BARE.finditer(text) if bare else ():
        names = _AND.split(match["names"])
        if all(load_municipalities().find_name(name) for name in names):
            yield tuple(dict.fromkeys(map(_identify, names)))


def _identify(name: str) -> str:
    """Return the number of the municipality that has the name today, the name where that is not one."""
    found = [each for each in load_municipalities().find_name(name) if each.last_year is None]
    return found[0].number if len(found) == 1 else name
