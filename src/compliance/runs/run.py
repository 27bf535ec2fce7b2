"""Run the pipeline over files and folders into a run folder: resumable, isolated, nothing computed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from compliance.config import Config
from compliance.files import INDEX, REPORT_NAME, hash_file
from compliance.ingest.unread import reject_missing_text
from compliance.records import COSTLY_REASONS, Analysis, Rejected
from compliance.report.pages import load_report_libraries
from compliance.resources import Resources, load_resources
from compliance.runs.analysis_pool import AnalysisPool, open_pool
from compliance.runs.changes import Changes, RunSettings, find_changes, find_earlier, hash_limits, locate
from compliance.runs.corpus_stage import judge_corpus
from compliance.runs.references import read_references
from compliance.runs.report_stage import write_run_report
from compliance.runs.result import Progress, RunResult, ignore_progress
from compliance.runs.run_files import RunFiles
from compliance.runs.second_reading import SecondReaderRun
from compliance.runs.unchanged import find_unchanged_run, hash_inputs
from compliance.store.runs import RunStore, open_run


def analyse_files(
    paths: Sequence[Path] | RunFiles,
    *,
    out: Path,
    config: Config,
    on_progress: Progress = ignore_progress,
    prune: bool = False,
    retry: bool = False,
) -> RunResult:
    """Analyse files and folders into the folder `out`, and write the report.

    What is unchanged in the folder is not computed again, each document is saved as soon as it is done, and a file
    that cannot be analysed is named in the results. Documents of earlier runs stay, unless `prune` takes out those
    that are not among the files; files that were given up for the time or memory they took are tried again only with
    `retry`. A second reader that the settings ask for is asked last (docs/second-reader.md). Raises any other
    ComplianceError before any work is done.
    """
    files = paths if isinstance(paths, RunFiles) else RunFiles(paths)
    as_before = find_unchanged_run(files, out=out, config=config, prune=prune, retry=retry)
    if as_before is not None:
        return as_before
    with open_pool(files.found.files, out=out, config=config, stays=True) as pool:
        return analyse_changed(files, out=out, pool=pool, on_progress=on_progress, prune=prune, retry=retry)


def analyse_changed(
    files: RunFiles, *, out: Path, pool: AnalysisPool, on_progress: Progress, prune: bool, retry: bool
) -> RunResult:
    """Analyse files as `analyse_files` does, where there may be work to do; the settings are the pool's."""
    asked = _Asked(prune=prune, retry=retry, report=True)
    return _analyse(files, out=out, pool=pool, on_progress=on_progress, asked=asked)


def analyse_draft(
    paths: Sequence[Path], *, out: Path, pool: AnalysisPool, on_progress: Progress = ignore_progress
) -> RunResult:
    """Analyse a draft, with the files beside it, as `analyse_files` with `prune` does; the report is the caller's.

    The settings are the pool's.
    """
    asked = _Asked(prune=True, retry=False, report=False)
    return _analyse(RunFiles(paths), out=out, pool=pool, on_progress=on_progress, asked=asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a run is asked for beside the analysis of its files."""

    prune: bool
    retry: bool
    report: bool


def _analyse(files: RunFiles, *, out: Path, pool: AnalysisPool, on_progress: Progress, asked: _Asked) -> RunResult:
    resources = load_resources(pool.config)
    second_reader = SecondReaderRun(resources)
    references, unread = read_references(resources.list_references(), config=pool.config)
    settings = _describe_settings(resources, asked)
    # A run whose report is another's to write is never one that has nothing to do.
    inputs = hash_inputs(files, config=pool.config, prune=asked.prune) if asked.report else None
    with open_run(out) as store:
        changes = find_changes(files.contents, store, settings=settings)
        run = store.start(resources.describe_run())
        store.move_documents(changes.unchanged)
        # What is to make scores and pages loads what they need while others work: here, or in the pool's processes.
        with nullcontext() if pool.makes_scores(len(changes.to_analyse)) else _load_beside(resources):
            ids, failed = _analyse_each(changes, store, pool=pool, settings=settings, on_progress=on_progress)
        kept, removed = _clear_out(store, ids, changes=changes, settings=settings)
        rejected = [*unread, *files.found.rejected, *changes.rejected, *failed, *_list_missing(store)]
        store.save_rejected(rejected)
        judge_corpus(store, references=references, resources=resources, standby=pool.standby)
        second_reader.read(store)
        store.finish(run.id)
        if asked.report:
            report = out / REPORT_NAME
            write_run_report(store, rejected, folder=report, resources=resources, standby=pool.standby)
        # A file that could not be read is tried again by every run, unless it cost too much.
        if inputs is not None and not unread and all(each.reason in COSTLY_REASONS for each in failed):
            store.set_inputs_key(inputs)
        return RunResult(
            folder=out,
            report=out / REPORT_NAME / INDEX,
            summaries=store.summarise(),
            rejected=tuple(rejected),
            unchanged=len(changes.unchanged),
            kept=kept,
            removed=removed,
            skipped=files.found.skipped,
            second_reader=second_reader.describe(store),
        )


def _describe_settings(resources: Resources, asked: _Asked) -> RunSettings:
    analysis, config = resources.settings_sha256, resources.config
    limits = hash_limits(config.run, analysis=analysis)
    return RunSettings(analysis, limits, prune=asked.prune, retry=asked.retry, corrections=config.corpus.hash_each())


@contextmanager
def _load_beside(resources: Resources) -> Iterator[None]:
    """Load in the block, beside its work, what follows it; a fault in that is raised by what follows."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(resources.load_for_scores)
        beside.submit(load_report_libraries)
        yield


def _analyse_each(
    changes: Changes, store: RunStore, *, pool: AnalysisPool, settings: RunSettings, on_progress: Progress
) -> tuple[set[str], list[Rejected]]:
    """Analyse what has to be and save each document; return the ids of all that are the run's, and what failed."""
    ids, failed = set(changes.unchanged), []
    for path, result in pool.analyse_each(changes.to_analyse):
        if isinstance(result, Rejected):
            failed.append(result)
            _give_up_costly(store, path, result, settings=settings.limits)
        else:
            replaces = find_earlier(path, changes.saved, but=ids)
            ids.add(_save(store, path, result, replaces=replaces, settings=settings))
        on_progress(path, result, len(changes.to_analyse))
    return ids, failed


def _list_missing(store: RunStore) -> Iterator[Rejected]:
    """Yield what could not be read of the documents, one document at a time."""
    for document_id in store.list_imperfect():
        (reading,) = store.load_readings([document_id])
        yield from reject_missing_text(reading.document)


def _save(store: RunStore, path: Path, result: Analysis, *, replaces: Sequence[str], settings: RunSettings) -> str:
    """Save a document in place of its file's earlier version, and return its id."""
    store.save_reading(
        result.reading,
        records=result.records,
        config_sha256=settings.hash_for(result.reading.document.sha256),
        path=locate(path),
        replaces=replaces,
    )
    return result.reading.document.id


def _give_up_costly(store: RunStore, path: Path, rejected: Rejected, *, settings: str) -> None:
    """Note a file that is not to be tried again by itself: it would cost as much each time."""
    content = hash_file(path)
    if rejected.reason in COSTLY_REASONS and content is not None:
        store.give_up(content, rejected, settings=settings)


def _clear_out(
    store: RunStore, ids: AbstractSet[str], *, changes: Changes, settings: RunSettings
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take out what does not belong beside this run's documents; return the names of what was kept and removed.

    A document that has another settings' results (its file is rejected now) cannot stay: they cannot be compared.
    """
    others = [each for each in store.list_documents() if each.id not in ids]
    stays = {
        each.id
        for each in others
        if each.config_sha256 == settings.hash_for(each.sha256)
        and not settings.prune
        and each.id not in changes.superseded
    }
    store.remove_documents([each.id for each in others if each.id not in stays])
    kept = tuple(each.name for each in others if each.id in stays)
    return kept, tuple(each.name for each in others if each.id not in stays)
