"""One draft in a process of its own: `python -m compliance.web.work FOLDER ID`. What it finds is left in the folder.

What checks is imported once the draft is read, so that a planner sees what was read a second earlier.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from compliance.config import Config, load_config
from compliance.errors import ComplianceError, DocumentError
from compliance.files import CHECK_RUN_NAME
from compliance.ingest.media import PDF
from compliance.pipeline import read_file
from compliance.records import Analysis, Passage, Reading, Rejected
from compliance.report.catalogue import Catalogue, load_catalogue
from compliance.runs.analysis_pool import open_pool
from compliance.web.jobs import OUT, PAGES, Job, JobState, JobStore

if TYPE_CHECKING:
    import pymupdf

    from compliance.check.check import CheckResult

ANSWERS: Final = "answers.jsonl"
DPI: Final = 100  # of the page pictures: 8 point type can be read, and a page is about 100 kB
_QUOTE: Final = 300  # characters of a passage beside its question


def main() -> None:
    """Work on one job; the exit code is 1 where it failed with a message of ours, which is kept with the job."""
    folder, job_id = Path(sys.argv[1]), sys.argv[2]
    config = load_config(Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    store = JobStore(folder)
    job = store.load(job_id)
    try:
        work_on(job, store=store, config=config)
    except DocumentError as error:
        store.move(job, JobState.FAILED, message=error.advice)
        sys.exit(1)
    except ComplianceError as error:
        store.move(job, JobState.FAILED, message=str(error))
        sys.exit(1)


def work_on(job: Job, *, store: JobStore, config: Config) -> None:
    """Read the draft and show what it is, then check it and show everything. Raises DocumentError, ComplianceError."""
    texts = load_catalogue(config.report.language)
    job = store.move(job, JobState.READING)
    path, out = store.input_of(job), store.path(job.id) / OUT
    with open_pool([path], out=out / CHECK_RUN_NAME, config=config) as pool:  # it prepares while the draft is read
        reading = pool.readings[path] = read_file(path, config=config)
        draw_pages(path, reading, [1], folder=store.path(job.id) / PAGES)
        store.save_result(job, describe_reading(reading, texts))
        job = store.move(job, JobState.ANALYSING)
        from compliance.check.check import CheckInput, check_document

        given = CheckInput(path, answers=store.folder / ANSWERS)
        result = check_document(given, out=out, config=config, on_progress=_ignore, pool=pool)
    shown = describe_result(result, reading, texts)
    pages = [place["page"] for place in (*shown["remarks"], *shown["doubts"]) if place["page"]]
    draw_pages(path, reading, pages, folder=store.path(job.id) / PAGES)
    store.save_result(job, shown)
    store.move(job, JobState.DONE)


def _ignore(path: Path, result: Analysis | Rejected, total: int) -> None:
    """One draft has no progress that a bar could show."""


def describe_reading(reading: Reading, texts: Catalogue) -> dict[str, Any]:
    """Return what can be said of a draft that is read and not yet analysed."""
    profile = reading.profile
    return {
        "title": reading.document.display_name,
        "municipality": profile.municipality.value if profile.municipality else "",
        "type": texts.text(f"type.{profile.document_type.value}"),
        "pages": len(reading.document.pages) if reading.document.pages[0].width else 0,
        "drawn": reading.document.media_type == PDF,
        "words": len(reading.document.text.split()),
        "headings": [passage.text for passage in reading.passages if passage.kind == "heading"][:20],
    }


def describe_result(result: CheckResult, reading: Reading, texts: Catalogue) -> dict[str, Any]:
    """Return everything that the page shows of a finished draft."""
    from compliance.report.remarks import RemarkKind

    passages = {passage.id: passage for passage in reading.passages}
    report = result.report
    remarks = [
        {"kind": remark.kind.value, "text": remark.text, **_show_place(passages[remark.passage_id], reading, texts)}
        for remark in result.remarks
        if remark.kind is not RemarkKind.DOUBT  # they stand among the doubts, where they can be answered
    ]
    doubts = [
        {
            "goal": doubt.goal,
            "title": doubt.title.text,
            "yes": doubt.yes,
            "no": doubt.no,
            **_show_place(passages[doubt.passage_id], reading, texts),
        }
        for doubt in report.doubts
    ]
    goals = [
        {
            "id": goal.id,
            "title": goal.short.text,
            "said": f"{texts.text(f'step.{goal.step}')}, {texts.text(f'certainty.{goal.certainty.value}').lower()}",
        }
        for goal in report.goals
    ]
    return {
        **describe_reading(reading, texts),
        "verdict": report.verdict.sentence,
        "numbers": [{"count": each.count, "label": each.label} for each in report.verdict.numbers],
        "actions": [{"what": each.what, "where": each.where, "why": each.why} for each in report.actions],
        "remarks": remarks,
        "doubts": doubts,
        "goals": goals,
        "sections": [asdict(section) for section in result.sections],
        "files": {name: path.name for name, path in _list_files(result)},
    }


def _list_files(result: CheckResult) -> list[tuple[str, Path]]:
    files = result.files
    named = {"page": files.page, "pdf": files.pdf, "annotated": files.annotated, "sheet": files.sheet}
    return [(name, path) for name, path in {**named, "case_paper": files.case_paper}.items() if path is not None]


def _show_place(passage: Passage, reading: Reading, texts: Catalogue) -> dict[str, Any]:
    from compliance.check.answers import hash_passage
    from compliance.report.views.quotes import find_place

    place = find_place(reading.document, passage, texts=texts)
    text = " ".join(passage.text.split())
    page = passage.boxes[0].page if passage.boxes else 0
    return {
        "passage": passage.id,
        "sha256": hash_passage(passage.text),
        "quote": text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…",
        "where": place.page or place.paragraph,
        "heading": place.heading,
        "page": page,
        "boxes": _show_boxes(passage, page, reading),
    }


def _show_boxes(passage: Passage, number: int, reading: Reading) -> list[tuple[float, float, float, float]]:
    """Return a passage's boxes on a page as shares of it: the mark lies right whatever size the picture has."""
    page = next((each for each in reading.document.pages if each.number == number and each.width), None)
    if page is None:
        return []
    wide, high = page.width, page.height
    boxes = [box for box in passage.boxes if box.page == number]
    return [(box.x0 / wide, box.y0 / high, box.x1 / wide, box.y1 / high) for box in boxes]


def draw_pages(source: Path, reading: Reading, numbers: list[int], *, folder: Path) -> None:
    """Draw pages of a PDF, numbered from 1, as PNG files named by their number; other formats have no pages."""
    if reading.document.media_type != PDF:
        return
    from compliance.ingest.pdf.open import load_pymupdf

    folder.mkdir(exist_ok=True)
    document: pymupdf.Document
    with load_pymupdf().open(source) as document:
        for number in sorted(set(numbers)):
            out = folder / f"{number}.png"
            if number <= document.page_count and not out.exists():
                document[number - 1].get_pixmap(dpi=DPI).save(out)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
