"""What is set aside for something digital: sums in sentences, and rows of tables with a column a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.analyse.facts.sentences import FactField
from compliance.analyse.facts.sums import find_sums
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Fact, Passage, Reading
from compliance.records.study import BudgetLine
from compliance.study.budget_sums import SumReader, find_budget_year
from compliance.study.placing import Readings, find_lead_in, find_sentence

_YEAR: Final = re.compile(r"\b(20[0-4]\d)\b")
_NUMBER: Final = re.compile(r"-?\d{1,3}(?:[  .\u00a0\u202f]\d{3})+|-?\d+(?:,\d+)?")
_UNITS: Final = (
    (re.compile(r"\bmill", re.IGNORECASE), 1_000_000),
    (re.compile(r"\b(?:1\s?000|tusen|hele tusen|heile tusen)\b|\btkr\b|\bt\.?kr", re.IGNORECASE), 1_000),
    (re.compile(r"\bmrd|\bmilliard", re.IGNORECASE), 1_000_000_000),
)
_COUNTED: Final = re.compile(r"^\W*(?:alle )?(?:tall|tal|beløp|summer|summar)\w* i\b", re.IGNORECASE)
_KRONER: Final = re.compile(r"\b(?:kr|kroner)\b", re.IGNORECASE)
_COSTS: Final = re.compile(r"\b(?:kostnad|beløp|sum|budsjett|ramme|bevilgning|løyving|kroner|kr)\w*", re.IGNORECASE)
_PLAN: Final = re.compile(r"økonomiplan", re.IGNORECASE)  # names no kind of money
_NO_PROSE: Final = frozenset({BlockKind.HEADING, BlockKind.CAPTION})  # «Tabell 1 (1000 kr)» is no sum
_MAX_WHAT: Final = 200  # characters of a sentence that stands for the row's name
_MAX_NOTE: Final = 120  # characters of a line above a table that says what its numbers are


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of the table that rows are read from."""

    note: str  # the line above it, and the one below that says what its numbers are
    all_digital: bool  # it stands in a plan for digitalisation
    year: int | None  # of a column that names none: that of a budget of one year


class BudgetReader:
    """Reads sums for digital things."""

    def __init__(self, scanner: Scanner, words: StudyRules) -> None:
        self._scanner = scanner
        self._words = words
        self._sums = SumReader(scanner, words)

    def read(
        self, reading: Reading, facts: Sequence[Fact], *, municipality: str, readings: Readings
    ) -> Iterator[BudgetLine]:
        """Yield the lines in reading order: a table's row once a year, a sentence's sum once."""
        sums: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.field == FactField.FUNDING_SUM:
                sums.setdefault(fact.passage_id, []).append(fact)
        is_digital, note = self._words.is_digital_plan(reading.document.title or ""), ""
        for passage in reading.passages:
            if passage.table is not None:
                told = f"{note}\n{_find_note_below(reading, passage)}"
                known = _Table(told, is_digital, find_budget_year(reading))
                yield from self._read_row(passage, known, municipality, readings)
                continue
            note = passage.text if len(passage.text) <= _MAX_NOTE else ""
            if passage.kind not in _NO_PROSE:
                for fact in sums.get(passage.id, ()):
                    yield from self._read_sum(reading, fact, municipality, readings)

    def _read_row(self, passage: Passage, known: _Table, municipality: str, readings: Readings) -> Iterator[BudgetLine]:
        table = passage.table
        if table is None or not table.header or not (known.all_digital or self._is_digital(passage)):
            return
        name = " ".join(table.cells[0].split())
        if not name or self._words.search(StudyCue.NO_BUDGET, name) or self._words.search(StudyCue.TOTAL_ROW, name):
            return
        factor = _find_factor(table.unit, table.title, *table.header, name, *passage.section[-1:], known.note)
        kind, by_year = self._find_kind(passage), any(map(_YEAR.search, table.header[1:]))
        for header, cell in zip(table.header[1:], table.cells[1:], strict=False):
            year, amount = _YEAR.search(header), _NUMBER.fullmatch(cell.strip())
            written = find_sums(cell)
            counted = year if by_year else _COSTS.search(header)  # beside years, «Sum» adds them up
            if not counted or not (written or (amount and factor)):
                continue
            kroner = written[0].kroner if written else round(_read_number(cell) * (factor or 1))
            if kroner > 0:  # less is a saving
                when = int(year[1]) if year else known.year
                place = readings.place(passage)
                yield BudgetLine(municipality, name, when, kroner, kind, table.unit or "", **place)

    def _read_sum(self, reading: Reading, fact: Fact, municipality: str, readings: Readings) -> Iterator[BudgetLine]:
        """Yield the sum of a sentence that sets it aside, not one that refuses, saves or only names a limit."""
        passage = readings.passages[fact.passage_id]
        start, end = find_sentence(passage, fact.evidence[0] if fact.evidence else None)
        text = reading.document.text[start:end]
        if self._words.search(StudyCue.NO_BUDGET, text):
            return
        name, place = " ".join(text.split())[:_MAX_WHAT], readings.place(passage, start, end)
        at = (fact.evidence[0].start or start) - start if fact.evidence else 0
        for each in self._sums.read(reading, passage, (start, end)):
            if each.start == at:
                kind = each.kind or self._find_kind(passage, find_lead_in(reading, passage))
                yield BudgetLine(municipality, name, each.year, each.kroner, kind, "", **place)

    def _is_digital(self, passage: Passage) -> bool:
        """Whether the row's name is that of something digital; what stands above it is too wide."""
        name = passage.table.cells[0] if passage.table and passage.table.cells else ""
        return self._scanner.scan(name).is_digital

    def _find_kind(self, passage: Passage, lead_in: str = "") -> str:
        """Return how it is paid for by the nearest words that say so: the row, what leads it in, the headings."""
        table = passage.table
        near = [table.cells[0] if table and table.cells else "", table.title or "" if table else "", lead_in]
        for text in [*near, *reversed(passage.section)]:
            found = self._scanner.scan(text).funding if text else ()
            kinds = {str(each.cue.funding) for each in found if not _PLAN.search(text[each.start : each.end])}
            if len(kinds) == 1:
                return kinds.pop()
        return ""


def _find_note_below(reading: Reading, row: Passage) -> str:
    """Return the short line right below the table that the row is in, empty for none."""
    below = next((each for each in reading.passages[row.index :] if each.table is None), None)
    return below.text if below is not None and len(below.text) <= _MAX_NOTE and _COUNTED.search(below.text) else ""


def _find_factor(*places: str | None) -> int | None:
    """Return what a table's numbers are counted in, by the first place that says so; None: they may be no money."""
    for text in filter(None, places):
        for pattern, factor in _UNITS:
            if pattern.search(text):
                return factor
        if _KRONER.search(text):
            return 1
    return None


def _read_number(written: str) -> float:
    return float(re.sub(r"[  .\u00a0\u202f]", "", written.strip()).replace(",", "."))
