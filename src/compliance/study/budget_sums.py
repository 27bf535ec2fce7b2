"""Sums in sentences: what each goes to, for which year, and as what kind of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.periods import blank_citations, find_periods
from compliance.analyse.facts.sums import Sum, find_sums, split_by_sums
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import DocumentType, Passage, Reading
from compliance.study.placing import find_lead_in

_YEAR: Final = re.compile(r"\b(20[0-4]\d)\b")
_CLAUSE: Final = re.compile(r",(?!\d)|;|\bog\b", re.IGNORECASE)
_YEARLY: Final = re.compile(r"\b(?:årlige?|årlege?|hvert år|kvart år|per år|i året)\b", re.IGNORECASE)
_SPREAD: Final = re.compile(r"\b(?:fordel|spre|delt)\w*", re.IGNORECASE)
_TURN: Final = re.compile(r"\b(?:mens|medan|men)\b", re.IGNORECASE)  # to something else than the sum
_BUDGET_OF: Final = re.compile(r"\b\w*budsjett\w*\s+(?:for\s+)?(20[0-4]\d)\b", re.IGNORECASE)
_PLAN: Final = re.compile(r"økonomiplan", re.IGNORECASE)  # names no kind of money
_BACK: Final = 2  # sentences of the passage that «samme år» or «summen» can reach back over


@dataclass(frozen=True, slots=True)
class SumInSentence:
    """A sum and what the sentence tells of it."""

    kroner: int
    start: int  # in the sentence
    year: int | None
    kind: str  # of money; empty where nothing tells it


class SumReader:
    """Reads the sums of sentences that are known to tell of something digital."""

    def __init__(self, scanner: Scanner, words: StudyRules) -> None:
        self._scanner = scanner
        self._words = words
        self._statements = StatementReader(scanner)

    def read(self, reading: Reading, passage: Passage, span: tuple[int, int]) -> Iterator[SumInSentence]:
        """Yield the sums for something digital of the sentence at `span`, one that goes to another thing left out."""
        text = self._clean(reading, span)
        sums = find_sums(text)
        parts = split_by_sums(text, sums)
        earlier = [self._clean(reading, each) for each in passage.sentences if each[1] <= span[0]][-_BACK:]
        led_by = blank_periods(find_lead_in(reading, passage))
        earlier, default = earlier or [led_by], _find_only_year(led_by) or find_budget_year(reading)
        kinds = self._find_kinds(text, parts, earlier, self._read_next(reading, passage, span))
        for each, part, kind in zip(sums, parts, kinds, strict=True):
            if not _adds_up(each, sums, text) and not self._is_for_other(text[slice(*part)]):
                years = self._find_years(text, part, each, earlier) or [default]
                for year in [None] if len(years) == 1 and self._recurs(text, part) else years:
                    yield SumInSentence(each.kroner, each.start, year, kind)

    def list_kinds(self, text: str) -> set[str]:
        """Return the kinds of money that a text names; none where no word does so beyond doubt."""
        found = [each for each in self._scanner.scan(text).funding if not _PLAN.search(text[each.start : each.end])]
        return {str(each.cue.funding) for each in found} if any(each.strong for each in found) else set()

    def _clean(self, reading: Reading, span: tuple[int, int]) -> str:
        """Return a sentence with blanks for what it denies, for spans of years and for the sources it cites."""
        text = blank_citations(reading.document.text[span[0] : span[1]])
        return self._statements.blank_denied(blank_periods(text))

    def _read_next(self, reading: Reading, passage: Passage, span: tuple[int, int]) -> str:
        """Return the sentence after, where it tells of the sums before it; else nothing."""
        following = next((slice(*each) for each in passage.sentences if each[0] >= span[1]), slice(0))
        text = reading.document.text[following]
        return text if self._words.search(StudyCue.OF_SUMS, text) else ""

    def _is_for_other(self, part: str) -> bool:
        """Whether a part of a sentence, as far as it speaks of its sum, says that it goes to something not digital."""
        told = find_sums(part)
        turn = _TURN.search(part, told[-1].end) if told else None
        return self._scanner.scan(part[: turn.start()] if turn else part).is_of_other_goods

    def _recurs(self, text: str, part: tuple[int, int]) -> bool:
        return _YEARLY.search(text[slice(*part)]) is not None

    def _find_years(self, text: str, part: tuple[int, int], own: Sum, earlier: Sequence[str]) -> Sequence[int | None]:
        """Return the year of a sum; several where the sentence gives it to each; empty for none."""
        named, sums = sorted(set(_list_years(text))), find_sums(text)
        if (
            len(sums) == 1
            and len(named) > 1
            and (self._words.search(StudyCue.EACH_YEAR, text) or self._recurs(text, part))
        ):
            return named
        if len(sums) == len(named) > 1 and (self._words.search(StudyCue.RESPECTIVELY, text) or _are_joined(sums, text)):
            return [named[sums.index(own)]]
        year = self._find_year(text, part, own.end, earlier)
        return [] if year is None else [year]

    def _find_year(self, text: str, part: tuple[int, int], at: int, earlier: Sequence[str]) -> int | None:
        """Return the year of a sum that ends at `at`: its own part's, else the sentence's, else one before it.

        Money that lies there already has only a year of its own.
        """
        own = _CLAUSE.split(text[at : part[1]])[0]
        for said in (own, text[part[0] : at], text[slice(*part)]):
            years = _list_years(said)
            if len(set(years)) == 1:
                return years[0]
        if self._words.search(StudyCue.IN_STORE, text[slice(*part)]):
            return None
        if self._words.search(StudyCue.SAME_YEAR, text[slice(*part)]):
            told = [year for each in (*earlier, text[: part[0]]) for year in _list_years(each)]
            return told[-1] if told else None
        years = _list_years(text)
        if years:
            return years[0] if len(set(years)) == 1 else None
        named = _BUDGET_OF.search(earlier[-1]) if earlier else None
        return int(named[1]) if named else None

    def _find_kinds(self, text: str, parts: Sequence[tuple[int, int]], earlier: Sequence[str], after: str) -> list[str]:
        """Return the kind of money of each sum: its part's, else that of the sum before it, of all, or of «Begge …»."""
        tail = self._words.search(StudyCue.OF_ALL, text[parts[-1][0] :]) if parts else None
        last = (parts[-1][0], parts[-1][0] + tail.start()) if tail else parts[-1] if parts else (0, 0)
        found = [self._find_own_kind(text, part) for part in [*parts[:-1], last]] if parts else []
        of_all = self.list_kinds(tail[0] if tail else after) or (self.list_kinds(text) if not any(found) else set())
        if not of_all and self._words.search(StudyCue.RESPECTIVELY, text):
            of_all = self.list_kinds(text)
        if not of_all and self._words.search(StudyCue.SAME_SUM, text):
            of_all = self.list_kinds(earlier[-1]) if earlier else set()
        default = of_all.pop() if len(of_all) == 1 else ""
        kept: list[str] = []
        for kind, part in zip(found, parts, strict=True):
            names_own = len(self.list_kinds(text[slice(*part)])) > 1
            kept.append(kind or ("" if names_own else (kept[-1] if kept else "") or default))
        return kept

    def _find_own_kind(self, text: str, part: tuple[int, int]) -> str:
        """Return the only kind of money that a sum's part names, else that of the sum's own clause in it."""
        said = text[slice(*part)]
        kinds = self.list_kinds(said)
        if len(kinds) > 1:
            kinds = self.list_kinds(find_clause(said, find_sums(said)[0].start))
        return kinds.pop() if len(kinds) == 1 else ""


def _adds_up(total: Sum, sums: Sequence[Sum], text: str) -> bool:
    """Whether a sum is what the others of its sentence come to: «4 millioner, fordelt på 1,5 og 2,5», «1 hvert år»."""
    others = [each.kroner for each in sums if each is not total]
    if len(others) == 1 and _SPREAD.search(text, total.end) and _YEARLY.search(text, total.end):
        return total.kroner > others[0] and total.kroner % others[0] == 0
    return len(others) > 1 and sum(others) == total.kroner


def _are_joined(sums: Sequence[Sum], text: str) -> bool:
    """Whether nothing stands between the sums, and all years before them: «I 2021 og 2022 … 2 og 3 millioner»."""
    close = all(text[one.end : other.start].strip() in {"og", ",", ""} for one, other in pairwise(sums))
    return close and not _YEAR.search(text, sums[0].end)


def find_clause(text: str, at: int) -> str:
    """Return the part of a sentence that a place is in: «og», commas and semicolons part them."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    return next((text[a:b] for a, b in pairwise(cuts) if a <= at < b), text)


def find_budget_year(reading: Reading) -> int | None:
    """Return the year that a document is the budget of, None where it is no budget of one year."""
    period = reading.profile.period
    yearly = reading.profile.document_type.value == DocumentType.ARSBUDSJETT
    return int(period.value[:4]) if period is not None and yearly else None


def blank_periods(text: str) -> str:
    """Return the text with blanks for spans of years: «2024–2027» is no one year."""
    for each in find_periods(text):
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _find_only_year(text: str) -> int | None:
    years = set(_list_years(text))
    return years.pop() if len(years) == 1 else None


def _list_years(text: str) -> list[int]:
    return [int(each) for each in _YEAR.findall(text)]
