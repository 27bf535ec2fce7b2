"""Writes the report: an overview, and a page and a spreadsheet per document, each complete in itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from compliance.config import ReportConfig, ScoreConfig
from compliance.files import write_atomically
from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.editions import Edition
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Results
from compliance.report.catalogue import load_catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import collect_results
from compliance.report.html.render import open_templates
from compliance.report.sheet import write_sheet
from compliance.report.views.document import build_report
from compliance.report.views.overview import show_overview, summarise_document

INDEX = "index.html"  # the overview, in the report's folder
Editions: TypeAlias = Mapping[str, Sequence[Edition]]
NO_EDITIONS: Final[Editions] = {}
DEFAULT_SCORE: Final = ScoreConfig()


def write_report(
    results: Results,
    guidelines: Sequence[GuidelineSet],
    *,
    folder: Path,
    config: ReportConfig,
    score: ScoreConfig = DEFAULT_SCORE,
    editions: Editions = NO_EDITIONS,
) -> Path:
    """Write `index.html` and `documents/<id>.html` and `.xlsx` into the folder and return the path of the overview.

    `score` is what the results were scored with. `editions` are, by document, the sets that it was held against and
    why; without them the report does not say why.
    Files are replaced one by one and never half written; those of documents no longer in the results are removed.
    """
    context = make_context(results, guidelines, config=config, score=score, editions=editions)
    environment = open_templates(context.texts)
    template = environment.get_template("document.html.jinja")
    documents = folder / "documents"
    rows = []
    for plan in context.documents:
        report = build_report(plan, run=results.run, context=context)
        goal_ids = frozenset(goal.id for goal in report.goals)
        _write_page(
            documents / f"{report.id}.html",
            template.render(page=report, run=results.run, goal_ids=goal_ids, sheet=f"{report.id}.xlsx"),
        )
        write_sheet(report, documents / f"{report.id}.xlsx", texts=context.texts)
        rows.append(summarise_document(plan, report, context=context))
    overview = show_overview(results, rows, context=context)
    path = folder / INDEX
    _write_page(path, environment.get_template("index.html.jinja").render(page=overview, run=results.run))
    remove_stale_files(documents, keep={row.id for row in rows})
    return path


def make_context(
    results: Results,
    guidelines: Sequence[GuidelineSet],
    *,
    config: ReportConfig,
    score: ScoreConfig = DEFAULT_SCORE,
    editions: Editions = NO_EDITIONS,
) -> ReportContext:
    """Return what every part of the run's report has to know."""
    criteria = (criterion for element in load_criteria() for criterion in element.criteria)
    return ReportContext(
        texts=load_catalogue(config.language),
        criteria={each.id: each.short_title.in_code(config.language) for each in criteria},
        editions=editions,
        guidelines=tuple(guidelines),
        documents=collect_results(results),
        today=date.fromisoformat(results.run.started[:10]),
        max_copied_share=score.max_copied_share,
    )


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
