"""Everything on one document's page, in the order that a planner reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.records import FurnitureKind, Rejected, ScoreSubject
from compliance.report.anchoring import LocalText, show_local_text
from compliance.report.catalogue import Catalogue
from compliance.report.facts import FieldView, show_facts
from compliance.report.identity import IdentityRow, describe_document
from compliance.report.judgements import (
    COPIED,
    GoalSetView,
    JudgementView,
    chart_elements,
    chart_goals,
    judge_elements,
    judge_goals,
)
from compliance.report.material import DocumentMaterial
from compliance.report.portions import Portion
from compliance.report.presentation import Presentation
from compliance.report.quotes import HTML_LANGUAGES, name_pages
from compliance.report.review import ReviewList, list_review
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
    borrowed_only: int  # goals that only another's words speak for
    words: Portion
    unattributed: int  # passages
    uncertain: int
    quoted: int
    passages: int  # headings not counted
    local: int
    knows_municipality: bool
    review: int | None  # passages that a person should read; None where rules judged

    @property
    def local_share(self) -> float:
        """Return the local passages' share of all, 0 to 1."""
        return self.local / self.passages if self.passages else 0.0


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
    review: ReviewList | None
    elements: tuple[JudgementView, ...]
    elements_chart: str
    shared: SharedText
    local: LocalText
    facts: tuple[FieldView, ...]
    left_out: LeftOut
    passages: int


def build_document_page(material: DocumentMaterial, *, presentation: Presentation) -> DocumentPage:
    """Return what the document's page shows."""
    texts = presentation.texts
    shared = show_shared_text(material, presentation=presentation)
    local = show_local_text(material, shared.borrowed, presentation=presentation)
    sets = judge_goals(material, shared, presentation=presentation)
    elements = judge_elements(material, shared, presentation=presentation)
    review = list_review(material, presentation=presentation)
    figures = count_figures(material, shared, local, review, presentation=presentation)
    return DocumentPage(
        id=material.document.id,
        name=material.name,
        language=HTML_LANGUAGES[material.profile.language.value],
        identity=describe_document(material, texts=texts),
        figures=figures,
        summary=summarise(figures, sets=len(sets), texts=texts),
        sets=sets,
        goals_chart=chart_goals(sets, texts=texts) if sets else "",
        review=review,
        elements=elements,
        elements_chart=chart_elements(elements, texts=texts),
        shared=shared,
        local=local,
        facts=show_facts(material, presentation=presentation),
        left_out=_show_left_out(material, texts),
        passages=len(material.passages),
    )


def count_figures(
    material: DocumentMaterial,
    shared: SharedText,
    local: LocalText,
    review: ReviewList | None,
    *,
    presentation: Presentation,
) -> KeyFigures:
    """Return the document's key figures over the guideline sets that it was scored on."""
    goals = [goal for guideline_set in material.judged_by(presentation.guidelines) for goal in guideline_set.goals]
    values = [material.score_value(ScoreSubject.GOAL, goal.id) for goal in goals]
    scores = [material.scores.get((ScoreSubject.GOAL, goal.id)) for goal in goals]
    return KeyFigures(
        goals=len(goals),
        mentioned=sum(value > 0 for value in values),
        committed=sum(value >= COMMITTED for value in values),
        concrete=sum(value >= CONCRETE for value in values),
        borrowed_only=sum(score is not None and score.rule == COPIED for score in scores),
        words=shared.portions.whole,
        unattributed=shared.unattributed,
        uncertain=shared.uncertain,
        quoted=shared.quoted,
        passages=local.total,
        local=local.passages,
        knows_municipality=local.known,
        review=review.passages if review else None,
    )


def summarise(figures: KeyFigures, *, sets: int, texts: Catalogue) -> tuple[str, ...]:
    """Return the document in a few sentences: its goals, its commitments, whose words it uses, what is its own."""
    ending = [_tell_borrowed(figures, texts), *_tell_local(figures, texts), *_tell_review(figures, texts)]
    if figures.goals == 0:
        return texts.text("summary.no_goals"), *ending
    if figures.mentioned == 0:
        return texts.count("summary.nothing", figures.goals), *ending
    key = "summary.all" if figures.mentioned == figures.goals else "summary.mentioned"
    found = texts.text(key, mentioned=figures.mentioned, goals=figures.goals, sets=texts.count("summary.sets", sets))
    if figures.borrowed_only:
        key = "summary.borrowed_all" if figures.borrowed_only == figures.mentioned else "summary.borrowed_only"
        found = f"{found} {texts.count(key, figures.borrowed_only)}"
    return found, _tell_commitment(figures, texts), *ending


def _tell_commitment(figures: KeyFigures, texts: Catalogue) -> str:
    if figures.committed == 0:
        return texts.text("summary.uncommitted")
    committed = texts.count("summary.number", figures.committed)
    if figures.concrete == 0:
        return texts.text("summary.committed", n=committed)
    return texts.text("summary.concrete", n=committed, concrete=texts.count("summary.number", figures.concrete))


def _tell_borrowed(figures: KeyFigures, texts: Catalogue) -> str:
    """Return how much is another's, and in how many passages the source is missing."""
    if figures.words.borrowed == 0:
        return texts.text("summary.unshared")
    share = texts.percent(figures.words.share(figures.words.borrowed))
    if figures.unattributed:
        return texts.count("summary.unattributed", figures.unattributed, share=share)
    if figures.uncertain:
        return texts.count("summary.uncertain", figures.uncertain, share=share)
    return texts.text("summary.quoted", share=share)


def _tell_local(figures: KeyFigures, texts: Catalogue) -> list[str]:
    if not figures.knows_municipality or figures.passages == 0:
        return []
    if figures.local == 0:
        return [texts.text("summary.no_local")]
    return [texts.count("summary.local", figures.local, total=texts.number(figures.passages))]


def _tell_review(figures: KeyFigures, texts: Catalogue) -> list[str]:
    return [texts.count("summary.review", figures.review)] if figures.review else []


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
