"""Who a table of measures says is in charge of what the text tells of too: «Årlig øvelse | Beredskapskoordinator»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.analyse.observation.measures_details import DetailReader
from compliance.records import Detail, DetailKind, Passage
from compliance.text.stems import find_stems
from compliance.text.table_rows import locate_cells

# What a measure's name says of how, when and for whom; the rest tells which measure it is.
_COMMON: Final = re.compile(
    r"(?:ta|tas|bruk|og|for|til|med|ved|som|den|det|alle|hele|heile|nye?|nytt|felles|digital\w*|årl[ei]ge?|løpende|løpande"
    r"|kommun\w*|innfør\w*|etabler\w*|utvikl\w*|utarbeid\w*|lage|gjennomfør\w*|opprett\w*|anskaff\w*|videreutvikl\w*"
    r"|vidareutvikl\w*|styrk\w*|oppdater\w*|prosjekt\w*|tiltak\w*|løsning\w*|løysing\w*|system\w*)",
    re.IGNORECASE,
)
_MIN_TELLING: Final = 9  # letters, from which on one word alone names a measure: «datakatalog», not «portal»
# «som følge av digital hjemmeoppfølging»: the measure is named, and something else is told.
_BESIDE: Final = re.compile(
    r"\b(?:av|for|til|ved|med|om|etter|fra|frå|mot|gjennom|hos|på)\s+"
    r"(?:(?:den|det|de|dei|en|ei|et|ein|eit|vår|ny|nye|nytt|digitalt?e?|alle|felles|årleg|årlig)\s+){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    name: frozenset[str]  # stems of the words that tell which measure it is
    owners: tuple[Detail, ...]


class RowOwners:
    """The owners that a document's tables of measures name, found by the words of each measure's name."""

    def __init__(self, passages: Sequence[Passage], details: DetailReader) -> None:
        self._rows = [row for passage in passages if (row := _read_row(passage, details))]

    def find(self, clause: str) -> tuple[Detail, ...]:
        """Return who is in charge of the one row whose measure the clause is about; empty where none or several are."""
        stems = dict(reversed(_list_stems(clause)))  # where each stands first
        about = [row for row in self._rows if row.name <= stems.keys()]
        owners = {tuple(each.value for each in row.owners) for row in about}
        if len(owners) != 1:
            return ()
        first = min(stems[stem] for stem in about[0].name)
        return () if _BESIDE.search(clause, 0, first) else about[0].owners


def _read_row(passage: Passage, details: DetailReader) -> _Row | None:
    """Return a row that names a measure in its first cell and an owner in another."""
    row = passage.table
    if row is None:
        return None
    owners = [each for each in details.read_row(row, passage.text, passage.start) if each.kind is DetailKind.ACTOR]
    start, end = next((span for span in locate_cells(row, passage.text) if span[0] < span[1]), (0, 0))
    name = frozenset(stem for stem, _ in _list_stems(passage.text[start:end]))
    named_first = any(start <= each.start - passage.start < end for each in owners)
    telling = len(name) > 1 or any(len(stem) >= _MIN_TELLING for stem in name)
    return _Row(name, tuple(owners)) if owners and telling and not named_first else None


def _list_stems(text: str) -> list[tuple[str, int]]:
    """Return the stems of the words that tell what a text is about, each with where it begins."""
    return [(stem, start) for stem, start, end in find_stems(text) if not _COMMON.fullmatch(text, start, end)]
