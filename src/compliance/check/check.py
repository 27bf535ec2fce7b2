"""Check one draft: analyse it beside what it is to be held against, and write all that a planner takes away."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from compliance.check.answers import AnswerBook, apply_answers
from compliance.check.browser import WaitingBrowser, start_browser
from compliance.check.case_paper import write_case_paper
from compliance.check.own_plans import compare_with_plans
from compliance.check.peers import compare_with_peers
from compliance.check.previous import compare_versions
from compliance.check.print_pdf import print_pdf
from compliance.check.reminders import find_reminders
from compliance.check.sections import (
    Names,
    Section,
    show_own_plans,
    show_peers,
    show_reminders,
    show_versions,
)
from compliance.config import Config
from compliance.errors import DocumentError
from compliance.files import CHECK_RUN_NAME, hash_file, write_atomically
from compliance.guidelines.reminders import load_reminders
from compliance.ingest.discover import discover_files
from compliance.ingest.media import DOCX, PDF
from compliance.records import Reading, Rejected, Results, Run, Score
from compliance.report.catalogue import load_catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import collect_results
from compliance.report.html.render import open_templates
from compliance.report.pages import make_context, place_among
from compliance.report.remarks import Remark, list_remarks
from compliance.report.sheet import write_sheet
from compliance.report.views.document import DocumentReport, build_report
from compliance.report.views.phrases import lower_first
from compliance.report.views.steps import SHALL
from compliance.resources import load_resources
from compliance.runs.analysis_pool import AnalysisPool
from compliance.runs.result import Progress, RunResult, ignore_progress
from compliance.runs.run import analyse_draft

_SUFFIXES: Final = {PDF: ".pdf", DOCX: ".docx"}  # of the formats that hold remarks


class Annotate(Protocol):
    """Writes a copy of a file with remarks in it."""

    def __call__(self, source: Path, reading: Reading, remarks: Sequence[Remark], *, out: Path) -> None:
        """Raises SettingsError where `out` cannot be written."""
        ...


@dataclass(frozen=True, slots=True)
class CheckInput:
    """A draft, and what it is to be held against: files, or folders of files."""

    draft: Path
    plans: tuple[Path, ...] = ()  # the municipality's own other plans
    previous: Path | None = None  # the version before
    against: tuple[Path, ...] = ()  # comparable municipalities' plans
    answers: Path | None = None  # what a reader has answered to earlier doubts (`AnswerBook`)


@dataclass(frozen=True, slots=True)
class CheckFiles:
    """What a check wrote; None for what could not be made of this file on this machine."""

    page: Path
    pdf: Path | None  # None: no browser to print with
    annotated: Path | None  # None: only PDF and Word files hold remarks
    sheet: Path
    case_paper: Path


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found."""

    report: DocumentReport
    remarks: tuple[Remark, ...]
    sections: tuple[Section, ...]
    rejected: tuple[Rejected, ...]  # files beside the draft that could not be read
    followed_up: int  # goals that the draft binds itself to, unsure ones not counted
    files: CheckFiles


@dataclass(frozen=True, slots=True)
class _Checked:
    """A draft as far as it is known when the files are written."""

    path: Path
    reading: Reading
    run: Run
    report: DocumentReport
    remarks: tuple[Remark, ...]
    sections: tuple[Section, ...]
    context: ReportContext


def check_document(
    given: CheckInput,
    *,
    out: Path,
    config: Config,
    on_progress: Progress = ignore_progress,
    pool: AnalysisPool | None = None,
) -> CheckResult:
    """Check a draft into the folder `out`: report, remarks in a copy of the draft, lists, and text for the case paper.

    `pool`, of the same settings, is where a process has been started ahead. Raises DocumentError where the draft
    cannot be read; files beside it that cannot be read are named in the result.
    """
    with start_browser() as browser, ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(_load_for_writing, given.draft, config)  # a fault in that is raised by what needs it
        return _check(given, out=out, pool=pool or AnalysisPool(config), on_progress=on_progress, browser=browser)


def _load_for_writing(draft: Path, config: Config) -> None:
    """Load what a draft's files are written with, while it is analysed."""
    open_templates(load_catalogue(config.report.language))
    _load_annotator(draft.suffix.lower())


def _check(
    given: CheckInput, *, out: Path, pool: AnalysisPool, on_progress: Progress, browser: WaitingBrowser | None
) -> CheckResult:
    config = pool.config
    paths = [given.draft, *given.plans, *given.against]
    run = analyse_draft(paths, out=out / CHECK_RUN_NAME, pool=pool, on_progress=on_progress)
    rejected = [*run.results.rejected]
    draft = _find_draft(run, given.draft)
    answers = AnswerBook(given.answers).load() if given.answers else {}
    results = apply_answers(run.results, answers)
    resources = load_resources(config)
    sets = resources.guidelines_of(results.readings)
    plans = collect_results(results)
    plan = next(each for each in plans if each.reading is draft)
    common = make_context(results.run, sets, known=resources.guidelines, config=config.report, score=config.score)
    context = place_among(plan, plans, context=common, editions=resources.editions_for(draft.profile))
    report = build_report(plan, run=results.run, context=context)
    goals = {goal.id: goal.short.text for goal in report.goals}
    names = Names(context.texts, goals, lower_first(report.noun))
    sections = _hold_against(given, draft, results, names)
    if given.previous is not None:
        previous = out / "previous"  # a folder of its own: a draft repeats its earlier version, and copies nobody
        before = analyse_draft([given.previous], out=previous, pool=AnalysisPool(config), on_progress=on_progress)
        rejected += before.results.rejected
        sections += _compare_previous(before.results, draft, results.scores, names)
    sections += _remind(draft, names)
    remarks = list_remarks(report, plan, context=context)
    checked = _Checked(given.draft, draft, results.run, report, remarks, tuple(sections), context)
    files = _write(checked, out=out, browser=browser)
    return CheckResult(report, remarks, checked.sections, tuple(rejected), _count_followed_up(report), files)


def _find_draft(run: RunResult, path: Path) -> Reading:
    content = hash_file(path)
    found = next((each for each in run.results.readings if each.document.sha256 == content), None)
    if found is not None:
        return found
    why = next((each for each in run.results.rejected if each.id == str(path)), run.results.rejected[0])
    raise DocumentError(path, why.reason, why.detail)


def _hold_against(given: CheckInput, draft: Reading, results: Results, names: Names) -> list[Section]:
    sections: list[Section] = []
    if plans := _select(given.plans, draft, results):
        sections += show_own_plans(compare_with_plans(draft, plans, results=results), draft, names)
    if peers := _select(given.against, draft, results):
        sections.append(show_peers(compare_with_peers(draft, peers, results=results), names))
    return sections


def _select(paths: Sequence[Path], draft: Reading, results: Results) -> list[Reading]:
    """Return the readings of these files and folders; the draft itself may lie in one of them."""
    wanted = {hash_file(path) for path in discover_files(paths).files} if paths else set()
    others = (each for each in results.readings if each is not draft)
    return [each for each in others if each.document.sha256 in wanted]


def _compare_previous(before: Results, draft: Reading, scores: Sequence[Score], names: Names) -> list[Section]:
    changes = (compare_versions(each, draft, scores=[*before.scores, *scores]) for each in before.readings)
    return [show_versions(each, names) for each in changes]


def _remind(draft: Reading, names: Names) -> list[Section]:
    reminders = find_reminders(draft, load_reminders())
    return [show_reminders(reminders, names)] if reminders else []


def _count_followed_up(report: DocumentReport) -> int:
    return sum(goal.step >= SHALL and goal.sure for goal in report.goals)


def _write(checked: _Checked, *, out: Path, browser: WaitingBrowser | None) -> CheckFiles:
    stem, texts = checked.path.stem, checked.context.texts
    page, sheet = out / f"{stem}_rapport.html", out / f"{stem}_lister.xlsx"
    paper, pdf = out / f"{stem}_saksframlegg.txt", out / f"{stem}_rapport.pdf"
    template = open_templates(texts).get_template("check.html.jinja")
    goal_ids = frozenset(goal.id for goal in checked.report.goals)
    _write_text(
        page,
        template.render(
            page=checked.report, run=checked.run, goal_ids=goal_ids, sheet=sheet.name, sections=checked.sections
        ),
    )
    with ThreadPoolExecutor(max_workers=1) as beside:  # the rest is written while the browser prints
        printed = beside.submit(print_pdf, page, out=pdf, browser=browser)
        _write_text(paper, write_case_paper(checked.report, texts=texts))
        write_sheet(checked.report, sheet, texts=texts)
        annotated = _annotate(checked, out=out)
        has_pdf = printed.result()
    return CheckFiles(page=page, pdf=pdf if has_pdf else None, annotated=annotated, sheet=sheet, case_paper=paper)


def _write_text(path: Path, text: str) -> None:
    with write_atomically(path) as file:
        file.write(text.encode("utf-8", "replace"))  # a broken file may hold half a surrogate pair


def _annotate(checked: _Checked, *, out: Path) -> Path | None:
    """Write the draft with the remarks in it, where its format holds any."""
    suffix = _SUFFIXES.get(checked.reading.document.media_type, "")
    annotate = _load_annotator(suffix)
    if annotate is None:
        return None
    path = out / f"{checked.path.stem}_merknader{suffix}"
    annotate(checked.path, checked.reading, checked.remarks, out=path)
    return path


def _load_annotator(suffix: str) -> Annotate | None:
    """Return what writes remarks into such a file, None where none holds any; others' libraries are not loaded."""
    if suffix == _SUFFIXES[PDF]:
        from compliance.check.annotate_pdf import annotate_pdf
        from compliance.ingest.pdf.open import load_pymupdf

        load_pymupdf()
        return annotate_pdf
    if suffix == _SUFFIXES[DOCX]:
        from compliance.check.annotate_docx import annotate_docx

        return annotate_docx
    return None
