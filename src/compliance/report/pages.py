"""Writes the report: an overview, and a page and a spreadsheet per document, each complete in itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from compliance.config import ReportConfig, ScoreConfig
from compliance.files import INDEX, write_atomically
from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.editions import Edition
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Rejected, Run
from compliance.report.catalogue import load_catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.html.render import open_templates
from compliance.report.sheet import write_sheet
from compliance.report.surroundings import Neighbourhood, describe_neighbours
from compliance.report.views.document import build_report
from compliance.report.views.overview import DocumentRow, show_overview, summarise_document

if TYPE_CHECKING:
    from jinja2 import Environment

DOCUMENTS: Final = "documents"  # the folder of pages and spreadsheets, in the report's folder
DEFAULT_SCORE: Final = ScoreConfig()


class ReportWriter:
    """Writes a report piece by piece: nothing is held of a document once its page is written.

    Files are replaced one by one and never half written.
    """

    def __init__(self, folder: Path, run: Run, context: ReportContext) -> None:
        """`context` is what all documents' reports have in common."""
        self._folder, self._run, self._context = folder, run, context

    @cached_property
    def _environment(self) -> Environment:
        return open_templates(self._context.texts)

    def write_document(self, plan: DocumentResults, context: ReportContext) -> DocumentRow:
        """Write a document's page and spreadsheet, and return its row of the overview."""
        report = build_report(plan, run=self._run, context=context)
        goal_ids = frozenset(goal.id for goal in report.goals)
        page, sheet = list_files(self._folder, report.id)
        template = self._environment.get_template("document.html.jinja")
        _write_page(page, template.render(page=report, run=self._run, goal_ids=goal_ids, sheet=sheet.name))
        write_sheet(report, sheet, texts=context.texts)
        return summarise_document(plan, report, context=context)

    def write_overview(
        self, rows: Sequence[DocumentRow], *, sharing: Mapping[tuple[str, str], int], rejected: Sequence[Rejected]
    ) -> Path:
        """Write the overview and return its path; pages of documents that are not among the rows are removed."""
        overview = show_overview(rows, sharing=sharing, rejected=rejected, context=self._context)
        path = self._folder / INDEX
        _write_page(path, self._environment.get_template("index.html.jinja").render(page=overview, run=self._run))
        remove_stale_files(self._folder / DOCUMENTS, keep={row.id for row in rows})
        return path


def make_context(
    run: Run,
    guidelines: Sequence[GuidelineSet],
    *,
    known: Sequence[GuidelineSet] = (),
    config: ReportConfig,
    score: ScoreConfig = DEFAULT_SCORE,
) -> ReportContext:
    """Return what all documents' reports of a run have in common.

    `guidelines` are the sets that a document is held against; `known` are all, one of which may have taken their place.
    """
    criteria = (criterion for element in load_criteria() for criterion in element.criteria)
    return ReportContext(
        texts=load_catalogue(config.language),
        criteria={each.id: each.short_title.in_code(config.language) for each in criteria},
        guidelines=tuple(guidelines),
        known=tuple(known),
        today=date.fromisoformat(run.started[:10]),
        max_copied_share=score.max_copied_share,
    )


def place_among(
    plan: DocumentResults, plans: Sequence[DocumentResults], *, context: ReportContext, editions: Sequence[Edition] = ()
) -> ReportContext:
    """Return the context of a document among the run's; `editions` say why it was held against its sets."""
    sources = {span.source_id for span in plan.reuse_spans}
    around = Neighbourhood(describe_neighbours(plans)).look_around(plan.document.id, sources=sources)
    return context.place(around, editions)


def list_files(folder: Path, document_id: str) -> tuple[Path, Path]:
    """Return a document's page and spreadsheet in the report's folder."""
    return folder / DOCUMENTS / f"{document_id}.html", folder / DOCUMENTS / f"{document_id}.xlsx"


def load_report_libraries() -> None:
    """Import what pages and spreadsheets are written with, which takes a fifth of a second."""
    import jinja2  # noqa: F401
    import openpyxl  # noqa: F401


def _write_page(path: Path, text: str) -> None:
    with write_atomically(path) as stream:
        stream.write(text.encode("utf-8", "replace"))  # a broken file may hold half a surrogate pair


def remove_stale_files(folder: Path, *, keep: set[str]) -> None:
    """Remove the pages and spreadsheets in the folder that the report no longer has."""
    for path in [*folder.glob("*.html"), *folder.glob("*.xlsx")]:
        if path.stem not in keep:
            path.unlink(missing_ok=True)
