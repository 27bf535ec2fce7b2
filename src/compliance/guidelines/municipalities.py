"""Norway's municipalities and counties: today's, and the names that the reforms ended."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from compliance.errors import GuidelineError
from compliance.files import find_data_folder


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of today, or a name that a reform ended (`last_year` is then set)."""

    number: str  # four digits; the last it had, if it has ended
    name: str  # the Norwegian name
    county: str  # the county of today
    last_year: int | None = None  # the last year the name was valid; None: valid
    successors: tuple[str, ...] = ()  # numbers of the municipalities of today that took over
    aliases: tuple[str, ...] = ()  # Sami and Kven names
    former_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class County:
    """A county of today, or a name that a reform ended."""

    number: str
    name: str
    last_year: int | None = None
    successors: tuple[str, ...] = ()  # names of the counties of today that the area belongs to
    aliases: tuple[str, ...] = ()


class MunicipalityRegister:
    """All municipalities, found by name or number."""

    def __init__(self, municipalities: tuple[Municipality, ...], counties: tuple[County, ...]) -> None:
        self.municipalities = municipalities
        self.counties = counties
        self._by_name: dict[str, list[Municipality]] = {}
        self._by_number: dict[str, Municipality] = {}
        for municipality in municipalities:
            for name in (municipality.name, *municipality.aliases):
                self._by_name.setdefault(name.casefold(), []).append(municipality)
            for number in (municipality.number, *municipality.former_numbers):
                self._by_number[number] = municipality

    def find_name(self, name: str) -> tuple[Municipality, ...]:
        """Return every municipality of that name, case and surrounding space aside, those of today first."""
        return tuple(self._by_name.get(" ".join(name.split()).casefold(), ()))

    def find_number(self, number: str) -> Municipality | None:
        """Return the municipality that has, or once had, the four-digit number."""
        return self._by_number.get(number)

    def list_names(self) -> tuple[str, ...]:
        """Return every name and alias, once each, longest first."""
        names = {name for municipality in self.municipalities for name in (municipality.name, *municipality.aliases)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def suggest_names(self, name: str, *, limit: int = 3) -> tuple[str, ...]:
        """Return the names closest to a misspelt one, best first; none where nothing is near."""
        from rapidfuzz import fuzz, process, utils

        found = process.extract(
            name,
            self.list_names(),
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            limit=limit,
            score_cutoff=70,  # below this a suggestion puzzles more than it helps: «Oslo» for «Olsen»
        )
        return tuple(match[0] for match in found)


@cache
def load_municipalities() -> MunicipalityRegister:
    """Return the register that ships with the package, read once per process.

    Raises GuidelineError naming the file and the line when the data file is damaged.
    """
    folder = find_data_folder("rules")
    municipalities = tuple(
        Municipality(
            number=row["nummer"],
            name=row["navn"],
            county=row["fylke"],
            last_year=int(row["siste_år"]) if row["siste_år"] else None,
            successors=tuple(row["avløst_av"].split()),
            aliases=_split_names(row["andre_navn"]),
            former_numbers=tuple(row["tidligere_nummer"].split()),
        )
        for row in _read_rows(folder / "kommuner.csv")
    )
    counties = tuple(
        County(
            number=row["nummer"],
            name=row["navn"],
            last_year=int(row["siste_år"]) if row["siste_år"] else None,
            successors=_split_names(row["avløst_av"]),
            aliases=_split_names(row["andre_navn"]),
        )
        for row in _read_rows(folder / "fylker.csv")
    )
    return MunicipalityRegister(municipalities, counties)


def _split_names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


def _read_rows(file: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a register file: «;» between fields, lines that begin with «#» left out."""
    with file.open(encoding="utf-8", newline="") as lines:
        header: list[str] = []
        for number, cells in enumerate(csv.reader(lines, delimiter=";"), start=1):
            if not cells or cells[0].startswith("#"):
                continue
            if not header:
                header = cells
            elif len(cells) != len(header):
                raise GuidelineError(f"has {len(cells)} fields instead of {len(header)}", file=file, line=number)
            else:
                yield dict(zip(header, cells, strict=True))
