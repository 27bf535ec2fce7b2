"""Run the pipeline over files and folders into a run folder: resumable, isolated, nothing computed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from compliance.config import Config, hash_config
from compliance.errors import RunFolderError, describe_os_error
from compliance.ingest.discover import discover_files
from compliance.ingest.unread import reject_unread_pages
from compliance.pipeline import assess_readings, compare_readings, read_file
from compliance.records import Analysis, Reading, Rejected, Results
from compliance.report.pages import write_report
from compliance.resources import Resources, load_resources
from compliance.runs.changes import corpus_cache_key, find_changes, reject_crash, report_cache_key
from compliance.runs.isolation import analyse_isolated
from compliance.runs.result import Progress, RunResult
from compliance.runs.workers import WorkerCrashed, WorkerPool
from compliance.store.runs import RunStore, open_run


def analyse_files(paths: Sequence[Path], *, out: Path, config: Config, on_progress: Progress) -> RunResult:
    """Analyse files and folders into the folder `out`, and write the report.

    What is unchanged in the folder is not computed again, each document is saved as soon as it is done, and a file
    that cannot be analysed is named in the results. Raises any other ComplianceError before any work is done.
    """
    resources = load_resources(config)
    found = discover_files(paths)
    references = tuple(read_file(path, config=config) for path in resources.list_references())
    with open_run(out) as store:
        changes = find_changes(found.files, store, settings_sha256=resources.settings_sha256)
        run = store.start(resources.describe_run())
        ids, rejected = list(changes.unchanged), list(changes.rejected)
        for path, result in _analyse_each(changes.to_analyse, config=config):
            if isinstance(result, Rejected):
                rejected.append(result)
            else:
                store.save_reading(result.reading, records=result.records, config_sha256=resources.settings_sha256)
                ids.append(result.reading.document.id)
            on_progress(path, result, len(changes.to_analyse))
        store.keep_only(ids)
        results = store.load_results()
        rejected += [page for each in results.readings for page in reject_unread_pages(each.document)]
        store.save_rejected(rejected)
        results = _judge_corpus(store, results, references=references, resources=resources)
        results = replace(results, run=store.finish(run.id), rejected=tuple(rejected))
        report = _write_report(store, results, folder=out / "report", resources=resources)
    return RunResult(results, report, len(changes.unchanged), found.skipped)


def _analyse_each(paths: Sequence[Path], *, config: Config) -> Iterator[tuple[Path, Analysis | Rejected]]:
    pool = WorkerPool(partial(analyse_isolated, config=config), config.run.count_processes(len(paths)))
    for path, result in pool.run(paths):
        yield path, reject_crash(path) if isinstance(result, WorkerCrashed) else result


def _judge_corpus(store: RunStore, results: Results, *, references: Sequence[Reading], resources: Resources) -> Results:
    """Find wording shared between the documents and score them all, unless that was done for just these."""
    settings = (resources.settings_sha256, hash_config(resources.config.score))
    key = corpus_cache_key(results, references=references, settings=settings)
    if store.corpus_key() == key:
        return results
    readings, findings = results.readings, results.findings
    spans = compare_readings(readings, references=references, resources=resources)
    assessment = assess_readings(readings, findings=findings, reuse_spans=spans, resources=resources)
    store.save_corpus(spans=spans, assessment=assessment, key=key)
    return replace(
        results,
        reuse_spans=spans,
        scores=assessment.scores,
        criteria=assessment.criteria,
        reviews=assessment.reviews,
        measures=assessment.measures,
    )


def _write_report(store: RunStore, results: Results, *, folder: Path, resources: Resources) -> Path:
    config = resources.config.report
    key = report_cache_key(results, corpus=str(store.corpus_key()), settings=(hash_config(config),))
    if store.report_key() != key or not (folder / "index.html").is_file():
        show = partial(write_report, results, config=config, trained=resources.describe_judgement())
        try:
            show(resources.guidelines_of(results.readings), folder=folder)
        except OSError as error:
            what = f"{folder}: rapporten kan ikke skrives ({describe_os_error(error)})."
            raise RunFolderError(f"{what} Resultatene er tatt vare på; kjør på nytt når det er rettet.") from error
        store.set_report_key(key)
    return folder / "index.html"
