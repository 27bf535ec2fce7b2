"""Municipalities with what a person's file says of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from compliance.errors import SettingsError, describe_os_error
from compliance.guidelines.municipalities import load_municipalities
from compliance.guidelines.study_rules import PlaceColumn, load_study_rules
from compliance.ingest.encoding import decode_text
from compliance.study.corpus.selection import Place

Joined: TypeAlias = Mapping[str, Mapping[PlaceColumn, str]]  # what a file says, by number or folded name


def load_places(path: Path | None) -> Joined:
    """Return what a file says of municipalities, by four-digit number or folded name.

    The file is a CSV with a column for the number (SSB's «K-1106 Haugesund» too) and one for inhabitants, centrality or
    both; its separator and encoding are told by themselves. Raises SettingsError where a column is missing.
    """
    if path is None:
        return {}
    try:
        text = decode_text(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"{path}: kan ikke leses: {describe_os_error(error)}", file=path) from error
    if not text:
        raise SettingsError(f"{path}: er ikke en tekstfil. Lagre den som CSV.", file=path)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    names = [load_study_rules().find_column(name) for name in next(rows, [])]
    if PlaceColumn.NUMBER not in names or not set(names) - {PlaceColumn.NUMBER, None}:
        raise SettingsError(
            f"{path}: første linje må ha kommunenummer, og innbyggere eller sentralitet.", file=path, field="places"
        )
    places: dict[str, Mapping[PlaceColumn, str]] = {}
    for cells in rows:
        said = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
        if written := said.get(PlaceColumn.NUMBER):
            places[_read_key(written)] = said
    return places


def find_place(written: str, joined: Joined) -> Place:
    """Return the municipality of a number or a name; one that the register lacks has only what the file says."""
    register = load_municipalities()
    by_number = register.find_number(written)
    found = (by_number,) if by_number else register.find_name(written)
    known = next((each for each in found if each.last_year is None), found[0] if found else None)
    number = known.number if known and len(found) == 1 else (written if re.fullmatch(r"\d{4}", written) else None)
    name = known.name if known else written
    said = joined.get(number or "") or joined.get(name.casefold()) or {}
    population = re.sub(r"\D", "", said.get(PlaceColumn.POPULATION, ""))
    return Place(
        id=number or name,
        number=number,
        name=name,
        county=known.county if known else None,
        population=int(population) if population else None,
        centrality=said.get(PlaceColumn.CENTRALITY),
    )


def _read_key(written: str) -> str:
    number = re.search(r"\b(\d{4})\b", written)
    return number[1] if number else written.casefold()
