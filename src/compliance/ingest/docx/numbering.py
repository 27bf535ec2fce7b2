"""The numbers and bullets that Word sets by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.ingest.list_numbers import format_number
from compliance.ingest.numbers import read_int

_PLACE = re.compile(r"%([1-9])")
BULLET = "•"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


class Numbering:
    """The lists of a document, counting as Word does: a number restarts when a level above it moves on."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is None:
            return
        for abstract in part.findall(qn("w:abstractNum")):
            identity = abstract.get(qn("w:abstractNumId"), "")
            levels = abstract.findall(qn("w:lvl"))
            self._levels[identity] = {_integer(level, "w:ilvl"): _read_level(level) for level in levels}
        for number in part.findall(qn("w:num")):
            self._read_number(number)

    def advance(self, number: str, level: int) -> str | None:
        """Count one paragraph on and return its marker ("2.1", "a)", "•"); None where Word shows none."""
        abstract = self._abstract.get(number)
        levels = self._levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return BULLET
        counts = self._counts.setdefault(abstract, {})
        restart = self._starts.get((number, level)) if (number, level) not in self._begun else None
        self._begun.add((number, level))
        start = restart if restart is not None else levels[level].start
        counts[level] = counts[level] + 1 if level in counts and restart is None else start
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return _render(levels, counts, level)

    def _read_number(self, number: Element) -> None:
        identity = number.get(qn("w:numId"), "")
        abstract = number.find(qn("w:abstractNumId"))
        self._abstract[identity] = abstract.get(qn("w:val"), "") if abstract is not None else ""
        for override in number.findall(qn("w:lvlOverride")):
            start = override.find(qn("w:startOverride"))
            if start is not None:
                self._starts[identity, _integer(override, "w:ilvl")] = _integer(start, "w:val")


def _read_level(level: Element) -> ListLevel:
    values = {}
    for name in ("w:numFmt", "w:lvlText", "w:start"):
        element = level.find(qn(name))
        values[name] = element.get(qn("w:val"), "") if element is not None else None
    start = values["w:start"]
    return ListLevel(
        form=values["w:numFmt"] or "decimal",
        text=values["w:lvlText"] or "",
        start=read_int(start, default=1),
    )


def _render(levels: dict[int, ListLevel], counts: dict[int, int], level: int) -> str | None:
    shape = levels[level]
    if shape.form == "bullet":
        typed = shape.text.strip()
        return typed if typed and typed in "-–—" else BULLET
    if shape.form == "none" or not shape.text.strip():
        return None

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        one = levels.get(place, ListLevel())
        return format_number(counts.get(place, one.start), one.form)

    return _PLACE.sub(number, shape.text).strip() or None


def _integer(element: Element, name: str) -> int:
    return read_int(element.get(qn(name)), default=0)
