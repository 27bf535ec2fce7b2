"""Which stretches of a document have which codes, as a coder would have marked them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from compliance.records import (
    Attribution,
    Box,
    Document,
    Finding,
    Level,
    Passage,
    Reading,
    Results,
    ReuseKind,
    ReuseSpan,
    Task,
)
from compliance.report.views.attributed_spans import judge_finding
from compliance.study.export.codes import (
    CRITERION,
    ELEMENT,
    GOAL,
    LEVEL,
    LOCAL,
    QUOTED,
    REWORKED,
    SHARED,
    WORDS,
    make_key,
)

KINDS: Final = {Task.GOALS: GOAL, Task.ELEMENTS: ELEMENT, Task.LEVEL: LEVEL, Task.LOCAL: LOCAL}


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a document with its codes; `document.text[start:end]` is its text."""

    start: int
    end: int
    codes: tuple[str, ...]  # keys of the codebook, each once
    notes: tuple[str, ...]  # where it is, and whose words it has
    page: int | None
    boxes: tuple[Box, ...] = ()  # of a whole passage; a stretch within one has none


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document with its selections in the order of the text."""

    reading: Reading
    selections: tuple[Selection, ...]

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.reading.document


@dataclass(slots=True)
class _Marks:
    """The codes and notes of each stretch while they are collected."""

    codes: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    notes: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def add(self, start: int, end: int, key: str, *, note: str = "") -> None:
        codes, notes = self.codes.setdefault((start, end), []), self.notes.setdefault((start, end), [])
        if key not in codes:
            codes.append(key)
        if note and note not in notes:
            notes.append(note)


def code_documents(results: Results) -> tuple[CodedDocument, ...]:
    """Return every document of a run with what was found in it, ready for a program for qualitative analysis."""
    marks: dict[str, _Marks] = {each.document.id: _Marks() for each in results.readings}
    places = {passage.id: passage for reading in results.readings for passage in reading.passages}
    for finding in results.findings:
        _mark_finding(marks[finding.document_id], finding, places[finding.passage_id])
    for answer in results.criteria:
        if answer.value > 0:
            for passage_id in answer.passage_ids:
                passage = places[passage_id]
                marks[answer.document_id].add(passage.start, passage.end, make_key(CRITERION, answer.criterion))
    for span in results.reuse_spans:
        code = _code_span(span)
        if code and span.start < span.end:
            marks[span.document_id].add(
                span.start, span.end, make_key(WORDS, code), note=f"Samme tekst: {span.source_name}"
            )
    return tuple(
        CodedDocument(reading, tuple(_list_selections(reading, marks[reading.document.id])))
        for reading in results.readings
    )


def _mark_finding(marks: _Marks, finding: Finding, passage: Passage) -> None:
    if finding.task is Task.ATTRIBUTION:
        marks.add(passage.start, passage.end, make_key(WORDS, judge_finding(finding).value))
    elif finding.task in KINDS and finding.label != Level.NONE.value:
        marks.add(passage.start, passage.end, make_key(KINDS[finding.task], finding.label))


def _code_span(span: ReuseSpan) -> str | None:
    """Return what is said of a shared stretch; None for what everybody writes."""
    if span.boilerplate:
        return None
    if span.attribution is Attribution.QUOTED:
        return QUOTED
    if span.kind is ReuseKind.REWORKED:
        return REWORKED
    return span.attribution.value if span.is_copy else SHARED


def _list_selections(reading: Reading, marks: _Marks) -> Iterator[Selection]:
    by_place: Mapping[tuple[int, int], Passage] = {(each.start, each.end): each for each in reading.passages}
    for start, end in sorted(marks.codes):
        passage = by_place.get((start, end))
        page = _find_page(reading.passages, start)
        where = [f"Side {page}"] if page else []
        if passage:
            where.insert(0, f"Avsnitt {passage.index + 1}")
        yield Selection(
            start,
            end,
            tuple(marks.codes[start, end]),
            (*where, *marks.notes[start, end]),
            page,
            passage.boxes if passage else (),
        )


def _find_page(passages: Sequence[Passage], start: int) -> int | None:
    return next((each.pages[0] for each in passages if each.start <= start < each.end and each.pages), None)
