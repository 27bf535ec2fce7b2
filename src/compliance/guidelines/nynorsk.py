"""Nynorsk spellings beside bokmål ones, so that a vocabulary in bokmål also meets a nynorsk plan."""

from __future__ import annotations

import csv
from functools import cache, lru_cache

from compliance.files import find_data_folder

FILE = "nynorsk.csv"
_KEPT = 65_536  # word forms that are remembered: every vocabulary asks for the same ones


@cache
def load_spellings() -> tuple[tuple[str, str], ...]:
    """Return pairs of letters, nynorsk and bokmål, in the order in which they are replaced."""
    with (find_data_folder("rules") / FILE).open(encoding="utf-8", newline="") as file:
        return tuple((row["nynorsk"], row["bokmal"]) for row in csv.DictReader(file))


@lru_cache(maxsize=_KEPT)
def write_bokmal(form: str) -> str:
    """Return a folded word form with nynorsk spellings replaced by those of bokmål."""
    for nynorsk, bokmal in load_spellings():
        if nynorsk in form:
            form = form.replace(nynorsk, bokmal)
    return form
