"""Reads the last of a few made-up lines for what is done about a goal."""

from __future__ import annotations

from dataclasses import replace

from builders import make_reading
from compliance.analyse.observation.measures import MeasureReader
from compliance.guidelines.rules import load_rules
from compliance.records import (
    BlockKind,
    DetailKind,
    DocumentType,
    Evidence,
    EvidenceKind,
    Finding,
    Measure,
    Span,
    Task,
)
from compliance.text.sentences import split_sentences

ITEM, HEADING = BlockKind.LIST_ITEM, BlockKind.HEADING
READER = MeasureReader(load_rules())


def measure(*lines, kind=DocumentType.DIGITALISERINGSSTRATEGI, copied="", term=None) -> list[Measure]:
    """Return the measures of the last line, which a finding gives the goal DA1, on the term where one is named.

    `copied` are words of the line that are another's. Each heading is within the one before it.
    """
    reading = make_reading(lines, document_type=kind, municipality="Nordvik")
    passages = [
        replace(
            each,
            sentences=tuple((each.start + low, each.start + high) for low, high in split_sentences(each.text)),
        )
        for each in reading.passages
    ]
    if passages[-1].kind is not HEADING:
        above = tuple(each.text for each in passages if each.kind is HEADING)
        passages[-1] = replace(passages[-1], section=above)
    reading = replace(reading, passages=tuple(passages))
    last = reading.passages[-1]
    evidence = ()
    if term:
        start = last.start + last.text.index(term)
        evidence = (Evidence(EvidenceKind.TERM, term, 1.0, start, start + len(term)),)
    finding = Finding(reading.document.id, last.id, Task.GOALS, "DA1", 0.9, evidence)
    begin = last.start + last.text.index(copied)
    return READER.read(reading, [finding], others=[Span(begin, begin + len(copied))] if copied else [])


def name_owners(*lines) -> list[str]:
    """Return who is in charge of what the last line tells."""
    return [detail.value for each in measure(*lines) for detail in each.details if detail.kind is DetailKind.ACTOR]
