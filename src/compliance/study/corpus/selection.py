"""Which municipalities a study is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.errors import SettingsError

_RANGE: Final = re.compile(r"(\d[\d\s]*)?\.\.(\d[\d\s]*)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: `id` is its number, or its name where it has none."""

    id: str
    number: str | None
    name: str
    county: str | None
    population: int | None = None
    centrality: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which municipalities a study is about; without limits, all."""

    least: int | None = None  # inhabitants
    most: int | None = None
    counties: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return the selection as a person would write it, empty where it is all."""
        limits = f"{self.least or ''}..{self.most or ''}" if self.least is not None or self.most is not None else ""
        return "; ".join([*([f"innbyggere {limits}"] if limits else []), *(f"fylke {name}" for name in self.counties)])

    def leaves_out(self, place: Place) -> str | None:
        """Return why a municipality is left out, in Norwegian; None where it is in."""
        if self.counties and (place.county or "").casefold() not in {name.casefold() for name in self.counties}:
            return f"{place.name}: {place.county or 'fylket er ukjent'}"
        if self.least is None and self.most is None:
            return None
        if place.population is None:
            return f"{place.name}: innbyggertallet er ukjent; oppgi det med --places"
        if place.population < (self.least or 0) or (self.most is not None and place.population > self.most):
            return f"{place.name}: {place.population} innbyggere"
        return None


ALL: Final = Selection()


def make_selection(population: str | None, counties: Sequence[str]) -> Selection:
    """Return the selection that «25000..» or «5000..25000» and counties' names give. Raises SettingsError."""
    if population is None:
        return Selection(counties=tuple(counties))
    found = _RANGE.fullmatch(population.strip())
    if not found or not (found[1] or found[2]):
        raise SettingsError(f"--population: «{population}» kan ikke leses. Skriv 25000.., ..5000 eller 5000..25000.")
    least, most = (int(re.sub(r"\s", "", each)) if each else None for each in found.groups())
    return Selection(least, most, tuple(counties))
