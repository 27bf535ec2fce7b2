"""What is set aside for something digital: sums in sentences, and rows of tables with a column a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.analyse.facts.sentences import FactField
from compliance.analyse.facts.sums import find_sums
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Fact, Passage, Reading
from compliance.records.study import BudgetLine
from compliance.study.placing import Readings, find_sentence

_YEAR: Final = re.compile(r"\b(20[0-4]\d)\b")
_ONE_YEAR: Final = re.compile(r"(?<![–-])\b(20[0-4]\d)\b(?!\s?[–-]\s?20[0-4]\d)")  # «2024–2027» is no one year
_NUMBER: Final = re.compile(r"-?\d{1,3}(?:[  .\u00a0\u202f]\d{3})+|-?\d+(?:,\d+)?")
_UNITS: Final = (
    (re.compile(r"\bmill", re.IGNORECASE), 1_000_000),
    (re.compile(r"\b(?:1\s?000|tusen|hele tusen|heile tusen)\b|\btkr\b|\bt\.?kr", re.IGNORECASE), 1_000),
    (re.compile(r"\bmrd|\bmilliard", re.IGNORECASE), 1_000_000_000),
)
_KRONER: Final = re.compile(r"\b(?:kr|kroner)\b", re.IGNORECASE)
_NO_PROSE: Final = frozenset({BlockKind.HEADING, BlockKind.CAPTION})  # «Tabell 1 (1000 kr)» is no sum
_MAX_WHAT: Final = 200  # characters of a sentence that stands for the row's name


class BudgetReader:
    """Reads sums for digital things."""

    def __init__(self, scanner: Scanner, words: StudyRules) -> None:
        self._scanner = scanner
        self._words = words

    def read(
        self, reading: Reading, facts: Sequence[Fact], *, municipality: str, readings: Readings
    ) -> Iterator[BudgetLine]:
        """Yield the lines in reading order: a table's row once a year, a sentence's sum once."""
        sums: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.field == FactField.FUNDING_SUM:
                sums.setdefault(fact.passage_id, []).append(fact)
        for passage in reading.passages:
            if passage.table is not None:
                yield from self._read_row(passage, municipality, readings)
            elif passage.kind not in _NO_PROSE:
                for fact in sums.get(passage.id, ()):
                    yield from self._read_sum(passage, fact, municipality, readings)

    def _read_row(self, passage: Passage, municipality: str, readings: Readings) -> Iterator[BudgetLine]:
        table = passage.table
        if table is None or not table.header or not self._is_digital(passage):
            return
        factor = _find_factor(table.unit, table.title, *table.header, table.cells[0], *passage.section[-1:])
        if self._words.search(StudyCue.NO_BUDGET, table.cells[0]):
            return
        kind = self._find_kind(passage)
        for header, cell in zip(table.header[1:], table.cells[1:], strict=False):
            year, amount = _YEAR.search(header), _NUMBER.fullmatch(cell.strip())
            written = find_sums(cell)
            if not year or not (written or (amount and factor)):
                continue
            kroner = written[0].kroner if written else round(_read_number(cell) * (factor or 1))
            if kroner <= 0:  # a saving
                continue
            yield BudgetLine(
                municipality,
                " ".join(table.cells[0].split()),
                int(year[1]),
                kroner,
                kind,
                table.unit or "",
                **readings.place(passage),
            )

    def _read_sum(self, passage: Passage, fact: Fact, municipality: str, readings: Readings) -> Iterator[BudgetLine]:
        """Yield the sum of a sentence that sets it aside, not one that refuses, saves or only names a limit."""
        start, end = find_sentence(passage, fact.evidence[0] if fact.evidence else None)
        text = readings.owner_text(passage.document_id)[start:end]
        if self._words.search(StudyCue.NO_BUDGET, text):
            return
        year = _ONE_YEAR.search(text)
        found = self._scanner.scan(text).funding
        kinds = {str(each.cue.funding) for each in found}  # two in a sentence: which sum is which is not said
        told = any(each.strong for each in found)
        yield BudgetLine(
            municipality,
            " ".join(text.split())[:_MAX_WHAT],
            int(year[1]) if year else None,
            int(fact.value),
            self._find_kind(passage) if not told else kinds.pop() if len(kinds) == 1 else "",
            "",
            **readings.place(passage, start, end),
        )

    def _is_digital(self, passage: Passage) -> bool:
        """Whether the row's name is that of something digital; what stands above it is too wide."""
        name = passage.table.cells[0] if passage.table and passage.table.cells else ""
        found = self._scanner.scan(name)
        return any(cue.strong for cue in (*found.digital, *found.digital_goods))

    def _find_kind(self, passage: Passage) -> str:
        """Return how it is paid for by the nearest words that say so: the row, the table's title, the headings."""
        table = passage.table
        near = [table.cells[0] if table and table.cells else "", table.title or "" if table else ""]
        for text in [*near, *reversed(passage.section)]:
            kinds = {str(each.cue.funding) for each in self._scanner.scan(text).funding} if text else set()
            if len(kinds) == 1:
                return kinds.pop()
        return ""


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
