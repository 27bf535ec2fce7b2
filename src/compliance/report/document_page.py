"""Everything on one document's page, in the order that a planner reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.records import FurnitureKind, Rejected, ScoreSubject
from compliance.report.catalogue import Catalogue
from compliance.report.facts import FieldView, show_facts
from compliance.report.identity import IdentityRow, describe_document
from compliance.report.judgements import (
    GoalSetView,
    JudgementView,
    chart_elements,
    chart_goals,
    judge_elements,
    judge_goals,
)
from compliance.report.material import DocumentMaterial
from compliance.report.presentation import Presentation
from compliance.report.quotes import HTML_LANGUAGES, name_pages
from compliance.report.shared import SharedText, show_shared_text

COMMITTED = 3  # from this score on, the document commits itself
CONCRETE = 4


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A document in numbers, the same on its own page and in the overview."""

    goals: int
    mentioned: int
    committed: int
    concrete: int
    shared_share: float
    shared_passages: int
    unattributed: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was read but not analysed."""

    furniture: tuple[tuple[str, int], ...]
    rejected: tuple[Rejected, ...]
    ocr_pages: str  # «s. 3–4», empty where no page was recognised from a picture


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that a document's page shows."""

    id: str
    name: str
    language: str
    identity: tuple[IdentityRow, ...]
    figures: KeyFigures
    summary: tuple[str, ...]
    sets: tuple[GoalSetView, ...]
    goals_chart: str
    elements: tuple[JudgementView, ...]
    elements_chart: str
    shared: SharedText
    facts: tuple[FieldView, ...]
    left_out: LeftOut
    passages: int


def build_document_page(material: DocumentMaterial, *, presentation: Presentation) -> DocumentPage:
    """Return what the document's page shows."""
    texts = presentation.texts
    shared = show_shared_text(material, presentation=presentation)
    anchors = shared.anchors()
    sets = judge_goals(material, anchors, presentation=presentation)
    elements = judge_elements(material, anchors, presentation=presentation)
    figures = count_figures(material, shared, presentation=presentation)
    return DocumentPage(
        id=material.document.id,
        name=material.name,
        language=HTML_LANGUAGES[material.profile.language.value],
        identity=describe_document(material, texts=texts),
        figures=figures,
        summary=summarise(figures, sets=len(sets), texts=texts),
        sets=sets,
        goals_chart=chart_goals(sets, texts=texts) if sets else "",
        elements=elements,
        elements_chart=chart_elements(elements, texts=texts),
        shared=shared,
        facts=show_facts(material, presentation=presentation),
        left_out=_show_left_out(material, texts),
        passages=len(material.passages),
    )


def count_figures(material: DocumentMaterial, shared: SharedText, *, presentation: Presentation) -> KeyFigures:
    """Return the document's key figures over the guideline sets that it was scored on."""
    goals = [goal for guideline_set in material.judged_by(presentation.guidelines) for goal in guideline_set.goals]
    values = [material.score_value(ScoreSubject.GOAL, goal.id) for goal in goals]
    return KeyFigures(
        goals=len(goals),
        mentioned=sum(value > 0 for value in values),
        committed=sum(value >= COMMITTED for value in values),
        concrete=sum(value >= CONCRETE for value in values),
        shared_share=shared.share,
        shared_passages=shared.passages,
        unattributed=shared.unattributed,
    )


def summarise(figures: KeyFigures, *, sets: int, texts: Catalogue) -> tuple[str, ...]:
    """Return the document in three sentences: what it speaks of, what it commits to, what it shares with others."""
    if figures.mentioned == 0:
        return (texts.text("summary.nothing", goals=figures.goals), _tell_shared(figures, texts))
    first = texts.text(
        "summary.mentioned", mentioned=figures.mentioned, goals=figures.goals, sets=texts.count("summary.sets", sets)
    )
    if figures.committed == 0:
        second = texts.text("summary.uncommitted")
    elif figures.concrete == 0:
        second = texts.text("summary.committed", n=texts.count("summary.number", figures.committed))
    else:
        committed = texts.count("summary.number", figures.committed)
        second = texts.text("summary.concrete", n=committed, concrete=texts.count("summary.number", figures.concrete))
    return first, second, _tell_shared(figures, texts)


def _tell_shared(figures: KeyFigures, texts: Catalogue) -> str:
    if figures.unattributed:
        return texts.count("summary.unattributed", figures.unattributed)
    if figures.shared_passages:
        return texts.count("summary.shared", figures.shared_passages)
    return texts.text("summary.unshared")


def _show_left_out(material: DocumentMaterial, texts: Catalogue) -> LeftOut:
    counts = Counter(item.kind for item in material.document.furniture)
    furniture = tuple((texts.text(f"furniture.{kind.value}"), counts[kind]) for kind in FurnitureKind if counts[kind])
    pages = [page.number for page in material.document.pages if page.ocr]
    return LeftOut(furniture=furniture, rejected=material.rejected, ocr_pages=_name_runs(pages, texts))


def _name_runs(pages: Sequence[int], texts: Catalogue) -> str:
    """Return page numbers with runs joined: «s. 3–5, s. 9»."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(name_pages(run, texts=texts) for run in runs)
