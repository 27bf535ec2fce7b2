"""A run of one PDF and one text, built by hand, with a finding of each kind."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pymupdf

from builders import make_reading
from compliance.records import (
    Attribution,
    Box,
    Certainty,
    CriterionAnswer,
    Evidence,
    Finding,
    Order,
    Page,
    Reading,
    Results,
    ReuseKind,
    ReuseSpan,
    Run,
    SourceKind,
    Task,
)

LINES = (
    "Digital plan",
    "Kommunen skal ha én digital inngang.\tNå 😀.",
    "Innbyggerne skal slippe å si det samme to ganger.",
)
COPIED = "slippe å si det samme to ganger"


def make_results(folder: Path) -> tuple[Results, dict[str, Path]]:
    """Return the run, and where the files lie by document id."""
    path = folder / "plan.pdf"
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((72, 100), "Digital plan")
    pdf.save(path)
    first = _make_pdf_reading(path)
    second = make_reading(("Ingen ting her.",), document_id="notat-11111111", municipality="Tverrdalen")
    run = Run("r1", "0", "0" * 64, "modell", (), "2026-03-01T12:00:00+00:00", "2026-03-01T12:05:00+00:00")
    start = first.document.text.index(COPIED)
    span = ReuseSpan(
        document_id=first.document.id, passage_id=first.passages[2].id, start=start, end=start + len(COPIED),
        source_kind=SourceKind.REFERENCE, source_id="en_digital", source_name="Én digital offentlig sektor",
        source_start=0, source_end=10, source_text=COPIED, source_page=4, kind=ReuseKind.VERBATIM,
        attribution=Attribution.UNATTRIBUTED, similarity=1.0, boilerplate=False, evidence=(), order=Order.NATIONAL,
    )  # fmt: skip
    results = Results(
        run=run,
        readings=(first, second),
        findings=(
            _find(first, 1, Task.GOALS, "DA1"),
            _find(first, 1, Task.ELEMENTS, "W7"),
            _find(first, 1, Task.LEVEL, "commitment"),
            _find(first, 2, Task.LEVEL, "none"),
            _find(first, 2, Task.REVIEW, "DA2"),
            _find(first, 2, Task.LOCAL, "local"),
        ),
        reuse_spans=(span, replace(span, start=0, end=7, boilerplate=True)),
        facts=(),
        scores=(),
        rejected=(),
        criteria=(
            CriterionAnswer(first.document.id, "W7.a", 1, Certainty.LIKELY, (), (first.passages[1].id,)),
            CriterionAnswer(first.document.id, "W7.b", 0, Certainty.CLEAR, (), ()),
        ),
    )
    return results, {first.document.id: path}


def _make_pdf_reading(path: Path) -> Reading:
    reading = make_reading(LINES, document_id="plan-00000000", municipality="Granlia", period="2024-2027")
    document = replace(
        reading.document,
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        media_type="application/pdf",
        pages=(Page(1, 595, 842),),
    )
    boxed = tuple(replace(each, boxes=(Box(1, 72, 90, 300, 104),)) for each in reading.passages)
    return Reading(document, reading.profile, boxed)


def _find(reading: Reading, index: int, task: Task, label: str) -> Finding:
    passage = reading.passages[index]
    return Finding(passage.document_id, passage.id, task, label, 0.9, tuple[Evidence, ...]())
