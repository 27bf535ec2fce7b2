"""Strategies that a later decision keeps in force: «forlenges ut 2025»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from compliance.analyse.facts.periods import find_periods
from compliance.guidelines.study_rules import StudyCue, StudyRules, load_study_rules
from compliance.records import BlockKind, Passage, Reading
from compliance.records.study import StudyDocument
from compliance.study.documents import DRAFT, counts_on_date, judge_state
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Readings

_STRATEGY: Final = re.compile(r"strategi", re.IGNORECASE)
_IT: Final = re.compile(r"\b(?:den|han|ho|denne|planen)\b", re.IGNORECASE)  # of the sentence before
_NUMBERS: Final = {"ett": 1, "et": 1, "eitt": 1, "eit": 1, "to": 2, "tre": 3, "fire": 4}
_LONGEST: Final = 6  # years; a strategy that has been over for longer is not kept in force by a decision


@dataclass(frozen=True, slots=True)
class Prolongation:
    """That a municipality's digitalisation strategy lasts to the end of `until`, or so many `years` longer."""

    until: int | None
    years: int | None
    period: str | None  # the strategy's, where the sentence names it
    title: str  # of the document that says so
    passage: Passage
    start: int
    end: int

    def extend(self, period: str | None) -> str | None:
        """Return the period that a strategy has by the decision; None where it is of another or makes none longer."""
        if period is None or self.period not in {None, period}:
            return None
        last = int(period[5:9])
        until = self.until if self.until is not None else last + (self.years or 0)
        return f"{period[:4]}-{until}" if last < until <= last + _LONGEST else None


def find_prolongations(documents: Iterable[StudyDocument], readings: Readings) -> tuple[Prolongation, ...]:
    """Return what the documents that were there on the date say is decided of the strategy's lasting longer."""
    words = load_study_rules()
    return tuple(
        found
        for document in documents
        if counts_on_date(document) and document.status != DRAFT
        for found in _read_document(document, readings.readings[document.document_id], words)
    )


def prolong(
    documents: Sequence[StudyDocument], prolongations: Sequence[Prolongation], *, as_of: date
) -> tuple[StudyDocument, ...]:
    """Return one municipality's documents, the newest adopted strategy with the period that it has by a decision."""
    adopted = [each for each in documents if each.document_type in STRATEGIES and each.status != DRAFT and each.period]
    newest = max(adopted, key=lambda each: each.period or "", default=None)
    longer = extend_period(newest.period if newest else None, prolongations)
    if newest is None or longer is None:
        return tuple(documents)
    state = judge_state(newest.status, longer, newest.adopted, as_of=as_of)
    return tuple(replace(each, period=longer, state=state) if each is newest else each for each in documents)


def extend_period(period: str | None, prolongations: Sequence[Prolongation]) -> str | None:
    """Return the longest period that any of the decisions gives, None where none does."""
    return max((longer for each in prolongations if (longer := each.extend(period))), default=None)


def _read_document(document: StudyDocument, reading: Reading, words: StudyRules) -> Iterator[Prolongation]:
    decided = words.search(StudyCue.PROPOSAL_ADOPTED, reading.document.text) is not None
    for passage in reading.passages:
        if passage.kind is BlockKind.HEADING:
            continue
        proposed = any(words.search(StudyCue.PROPOSAL_HEADING, heading) for heading in passage.section)
        if proposed and not decided:
            continue
        before = ""
        for start, end in passage.sentences or ((passage.start, passage.end),):
            text = reading.document.text[start:end]
            found = words.search(StudyCue.PROLONGED, text)
            named = f"{before} {text}" if _IT.search(text) else text
            before = text
            about = f"{reading.document.title} {passage.text}"
            if (
                found
                and _STRATEGY.search(named)
                and words.search(StudyCue.DIGITAL_TITLE, about)
                and not words.search(StudyCue.SECTOR_TITLE, text)
                and not words.search(StudyCue.PROPOSES, text)
            ):
                groups = found.groupdict()
                count = (groups.get("count") or "").lower()
                periods = [str(each) for each in find_periods(text)]
                yield Prolongation(
                    until=int(groups["year"]) if groups.get("year") else None,
                    years=_NUMBERS.get(count) or (int(count) if count.isdigit() else None),
                    period=periods[0] if periods else None,
                    title=document.title,
                    passage=passage,
                    start=start,
                    end=end,
                )
