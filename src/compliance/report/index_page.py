"""Everything on the overview page: the run, the documents beside each other, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.guidelines.sets import GuidelineSet
from compliance.records import Rejected, Results, Run, ScoreSubject
from compliance.report.charts import ChartTexts, draw_stacks
from compliance.report.document_page import KeyFigures
from compliance.report.judgements import VALUES
from compliance.report.material import DocumentMaterial
from compliance.report.phrases import Label, label_goal, name_set
from compliance.report.presentation import Presentation
from compliance.report.quotes import HTML_LANGUAGES, has_pages
from compliance.report.sharing import SharingView, count_sharing


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the summary table."""

    id: str
    name: str
    full_name: str  # with the municipality before it
    language: str
    municipality: str
    kind: str
    period: str
    pages: int | None
    figures: KeyFigures
    scores: Mapping[str, int]  # by goal; a goal that the document was not scored on is absent


@dataclass(frozen=True, slots=True)
class CoverageView:
    """One guideline set: how far each document goes on each goal."""

    id: str
    name: str
    labels: tuple[Label, ...]
    chart: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All that the overview page shows."""

    run: Run
    documents: tuple[DocumentRow, ...]
    coverage: tuple[CoverageView, ...]
    sharing: SharingView
    rejected: tuple[Rejected, ...]
    guidelines: tuple[str, ...]
    reviewed: bool  # whether there are passages for a person to decide on, or none by the way they were judged


def build_index_page(
    results: Results, materials: Sequence[DocumentMaterial], rows: Sequence[DocumentRow], presentation: Presentation
) -> IndexPage:
    """Return what the overview page shows; `rows` are the documents as `summarise_document` gives them."""
    known = {material.document.id for material in materials}
    return IndexPage(
        run=results.run,
        documents=tuple(rows),
        coverage=tuple(_show_coverage(item, rows, presentation) for item in presentation.guidelines),
        sharing=count_sharing(materials),
        rejected=tuple(item for item in results.rejected if item.id.rpartition(":")[0] not in known),
        guidelines=tuple(name_set(item) for item in presentation.guidelines),
        reviewed=presentation.trained is not None,
    )


def summarise_document(material: DocumentMaterial, figures: KeyFigures, *, presentation: Presentation) -> DocumentRow:
    """Return the document's row in the summary table."""
    profile, document = material.profile, material.document
    return DocumentRow(
        id=document.id,
        name=material.name,
        full_name=material.full_name,
        language=HTML_LANGUAGES[profile.language.value],
        municipality=profile.municipality.value if profile.municipality else "",
        kind=presentation.texts.text(f"type.{profile.document_type.value}"),
        period=presentation.texts.period(profile.period.value) if profile.period else "",
        pages=len(document.pages) if has_pages(document) else None,
        figures=figures,
        scores={
            label: score.value for (subject, label), score in material.scores.items() if subject is ScoreSubject.GOAL
        },
    )


def _show_coverage(
    guideline_set: GuidelineSet, rows: Sequence[DocumentRow], presentation: Presentation
) -> CoverageView:
    texts = presentation.texts
    labels = tuple(label_goal(goal, texts.language) for goal in guideline_set.goals)
    columns = [Counter(row.scores[label.id] for row in rows if label.id in row.scores) for label in labels]
    parts = tuple(
        (texts.text(f"score.{value}"), tuple(c[value] for c in columns)) for value in reversed(VALUES) if value
    )
    described = [
        f"{label.id}: " + ", ".join(f"{name.lower()} {counts[index]}" for name, counts in parts)
        for index, label in enumerate(labels)
    ]
    title = texts.text("index.coverage.chart", name=guideline_set.document)
    chart = ChartTexts(f"chart-{guideline_set.id}", title, ". ".join(described) + ".")
    names = tuple(label.id for label in labels)
    return CoverageView(guideline_set.id, name_set(guideline_set), labels, draw_stacks(names, parts, texts=chart))
