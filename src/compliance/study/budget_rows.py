"""The rows of a municipality's budgets by their names, to find what a promise is paid by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.guidelines.study_rules import StudyCue, load_study_rules
from compliance.records import Passage, Reading
from compliance.text.stems import find_stems

_CODE: Final = re.compile(r"\W*[A-ZÆØÅ]{0,3}\d*\W*")  # «D03», «I04»: a row's number is no name
_MOST: Final = 0.6  # of the words of a row's name; «Digitalt tilsyn natt i hele kommunen» has three of five
_LEAST: Final = 2  # words
_RARE: Final = 4  # rows that a word which names a thing is in at most
_NAME_LETTERS: Final = 6  # of a word that names a thing
_GENERAL: Final = re.compile(
    r"^(?:digital|kommun|system|løsning|løysing|tjenest|tenest|tiltak|prosjekt|utvikl|invester)"
)
_FIGURE: Final = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+|\d+")
_THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True)
class _Row:
    passage: Passage
    name: frozenset[str]  # the stems of its name
    figures: frozenset[int]


class BudgetRows:
    """The rows of some budgets that have a name and figures."""

    def __init__(self, budgets: Sequence[Reading]) -> None:
        self._rows = [row for reading in budgets for passage in reading.passages if (row := _read_row(passage))]
        self._counts = Counter(stem for row in self._rows for stem in row.name)

    def find(self, promise: str, sums: frozenset[int]) -> tuple[Passage, tuple[str, ...]] | None:
        """Return the row whose name the promise has most words of, with the words; None where none is near.

        A row with a sum of the promise (`sums`, kroner; a row may count in thousands) needs two words and no more.
        """
        stems = frozenset(stem for stem, _, _ in find_stems(promise))
        best: tuple[float, Passage, tuple[str, ...]] | None = None
        for row in self._rows:
            shared = row.name & stems
            share = len(shared) / len(row.name)
            same_sum = bool(sums & (row.figures | {each * _THOUSAND for each in row.figures}))
            if len(shared) < _LEAST or not any(map(self._names_a_thing, shared)):
                continue
            if (share >= _MOST or same_sum) and (best is None or share > best[0]):
                best = (share, row.passage, tuple(sorted(shared)))
        return best[1:] if best else None

    def _names_a_thing(self, stem: str) -> bool:
        return len(stem) >= _NAME_LETTERS and self._counts[stem] <= _RARE and not _GENERAL.match(stem)


def _read_row(passage: Passage) -> _Row | None:
    table = passage.table
    if table is None or not table.header:
        return None
    named = next((cell for cell in table.cells if not _CODE.fullmatch(cell)), "")
    if load_study_rules().search(StudyCue.TOTAL_ROW, named):
        return None
    name = frozenset(stem for stem, _, _ in find_stems(named.split(",")[0]))
    written = [each[0] for cell in table.cells for each in _FIGURE.finditer(cell)]
    figures = frozenset(int(re.sub(r"\D", "", each)) for each in written) - {0}
    return _Row(passage, name, figures) if len(name) >= _LEAST and figures and not is_saving(passage) else None


def is_saving(passage: Passage) -> bool:
    """Whether a row of a table has only sums that are taken away."""
    cells = passage.table.cells[1:] if passage.table else ()
    figures = [cell.strip() for cell in cells if any(sign in "123456789" for sign in cell)]
    return bool(figures) and all(cell.startswith(("-", "–", "−")) for cell in figures)
