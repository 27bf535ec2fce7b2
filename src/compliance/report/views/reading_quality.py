"""How well the file was read, and what was left out: what to know before the rest is trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import FurnitureKind, ReadingWarning
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults

MAX_WARNINGS: Final = 4  # kinds of warnings shown; more of them say the same: look at the file


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What a reader must know of how the file was read."""

    warnings: tuple[str, ...]
    left_out: str  # «4 topptekster og 14 linjer i innholdslisten. 58 avsnitt er lest.»
    measured: bool  # whether the run says how well the file was read


def show_reading(plan: DocumentResults, *, context: ReportContext) -> ReadingView:
    """Return warnings and what was left out."""
    texts, document = context.texts, plan.document
    quality = document.quality
    warnings = list(_list_warnings(quality.warnings if quality else (), texts))
    ocr = [page.number for page in document.pages if page.ocr]
    if ocr:
        warnings.insert(0, texts.text("reading.ocr", pages=_name_runs(ocr)))
    warnings += [texts.text("reading.rejected", detail=item.detail) for item in plan.rejected]
    return ReadingView(tuple(warnings[:MAX_WARNINGS]), _tell_left_out(plan, texts), quality is not None)


def _list_warnings(warnings: Iterable[ReadingWarning], texts: Catalogue) -> Iterable[str]:
    """Yield each kind of warning once, with its pages; the sentence is the reader's own."""
    kinds: dict[str, list[ReadingWarning]] = {}
    for warning in warnings:
        kinds.setdefault(warning.code.value, []).append(warning)
    for members in kinds.values():
        pages = sorted({warning.page for warning in members if warning.page is not None})
        where = texts.text("reading.pages", pages=_name_runs(pages)) if pages else ""
        yield f"{members[0].detail} {where}".strip()


def _tell_left_out(plan: DocumentResults, texts: Catalogue) -> str:
    counts = Counter(item.kind for item in plan.document.furniture)
    parts = [texts.count(f"furniture.{kind.value}", counts[kind]) for kind in FurnitureKind if counts[kind]]
    read = texts.count("reading.read", len(plan.reading.passages))
    return f"{', '.join(parts) or texts.text('reading.nothing')}. {read}"


def _name_runs(pages: Sequence[int]) -> str:
    """Return page numbers with runs joined: «3–5, 9»."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
