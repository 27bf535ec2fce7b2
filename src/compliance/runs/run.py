"""Run the pipeline over files and folders into a run folder: resumable, isolated, nothing computed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from compliance.config import Config, hash_config
from compliance.errors import RunFolderError, SettingsError, describe_os_error
from compliance.files import REPORT_NAME, hash_file
from compliance.ingest.discover import Discovery, discover_files
from compliance.ingest.unread import reject_missing_text
from compliance.pipeline import assess_readings, compare_readings, relate_readings
from compliance.records import (
    COSTLY_REASONS,
    Analysis,
    Assessment,
    Reading,
    Rejected,
    Results,
    ReuseSpan,
    SecondReading,
)
from compliance.records.study import TextShare
from compliance.report.pages import INDEX, load_report_libraries, write_report
from compliance.report.views.text_shares import measure_all_shares
from compliance.resources import Resources, load_resources
from compliance.runs.analysis_pool import AnalysisPool, open_pool
from compliance.runs.changes import (
    Changes,
    RunSettings,
    corpus_cache_key,
    find_changes,
    find_earlier,
    hash_limits,
    locate,
    report_cache_key,
)
from compliance.runs.references import read_references
from compliance.runs.result import Progress, RunResult, ignore_progress
from compliance.runs.second_reading import SecondReaderRun
from compliance.score.scores import join_assessments
from compliance.store.runs import RunStore, open_run


def analyse_files(
    paths: Sequence[Path],
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
    asked, found = _Asked(prune=prune, retry=retry, report=True), discover_files(paths)
    with open_pool(found.files, out=out, config=config) as pool:
        return _analyse(found, out=out, pool=pool, on_progress=on_progress, asked=asked)


def analyse_draft(
    paths: Sequence[Path], *, out: Path, pool: AnalysisPool, on_progress: Progress = ignore_progress
) -> RunResult:
    """Analyse a draft, with the files beside it, as `analyse_files` with `prune` does; the report is the caller's.

    The settings are the pool's.
    """
    asked = _Asked(prune=True, retry=False, report=False)
    return _analyse(discover_files(paths), out=out, pool=pool, on_progress=on_progress, asked=asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a run is asked for beside the analysis of its files."""

    prune: bool
    retry: bool
    report: bool


def _analyse(found: Discovery, *, out: Path, pool: AnalysisPool, on_progress: Progress, asked: _Asked) -> RunResult:
    resources = load_resources(pool.config)
    second_reader = SecondReaderRun(resources)
    references, unread = read_references(resources.list_references(), config=pool.config)
    settings = _describe_settings(resources, asked)
    with open_run(out) as store:
        changes = find_changes(found.files, store, settings=settings)
        run = store.start(resources.describe_run())
        store.move_documents(changes.unchanged)
        ids, rejected = set(changes.unchanged), [*unread, *found.rejected, *changes.rejected]
        with _load_beside(resources):
            for path, result in pool.analyse_each(changes.to_analyse):
                if isinstance(result, Rejected):
                    rejected.append(result)
                    _give_up_costly(store, path, result, settings=settings.limits)
                else:
                    earlier = find_earlier(path, changes.saved, but=ids)
                    ids.add(_save(store, path, result, replaces=earlier, settings=settings))
                on_progress(path, result, len(changes.to_analyse))
        kept, removed = _clear_out(store, ids, changes=changes, settings=settings)
        imperfect = store.load_readings(store.list_imperfect())
        rejected += [missing for each in imperfect for missing in reject_missing_text(each.document)]
        store.save_rejected(rejected)
        _judge_corpus(store, references=references, resources=resources)
        second_reader.read(store)
        store.finish(run.id)
        report = partial(_write_report, folder=out / REPORT_NAME, resources=resources)
        known = report(store, rejected) if asked.report else store.load_results()
        return RunResult(
            folder=out,
            report=out / REPORT_NAME / INDEX,
            summaries=store.summarise(),
            rejected=tuple(rejected),
            unchanged=len(changes.unchanged),
            kept=kept,
            removed=removed,
            skipped=found.skipped,
            second_reader=second_reader.describe(store),
            known=known,
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


def _judge_corpus(store: RunStore, *, references: Sequence[Reading], resources: Resources) -> None:
    """Find wording shared between the documents and score them all, unless that was done for just these.

    Findings are loaded for one document at a time: there are a thousand of them in each, and scores need no others'.
    """
    ids = [each.id for each in store.list_documents()]
    settings = (resources.settings_sha256, hash_config(resources.config.score))
    key = corpus_cache_key(ids, references=references, settings=settings)
    if store.corpus_key() == key:
        return
    readings = store.load_readings(ids)
    spans = compare_readings(readings, references=references, resources=resources)
    relations = relate_readings(readings, references=references, resources=resources)
    by_document = _group_spans(spans)
    judged = [_assess(store, reading, by_document.get(reading.document.id, ()), resources) for reading in readings]
    store.save_corpus(
        spans=spans,
        assessment=join_assessments([assessment for assessment, _ in judged]),
        relations=relations,
        shares=tuple(share for _, shares in judged for share in shares),
        key=key,
    )


def _assess(
    store: RunStore, reading: Reading, reuse_spans: Sequence[ReuseSpan], resources: Resources
) -> tuple[Assessment, tuple[TextShare, ...]]:
    """Return a document's scores and whose words it is."""
    findings = store.load_findings([reading.document.id])
    assessment = assess_readings([reading], findings=findings, reuse_spans=reuse_spans, resources=resources)
    shares = measure_all_shares(
        Results(store.load_run(), (reading,), findings, tuple(reuse_spans), (), assessment.scores, ())
    )
    return assessment, shares


def _group_spans(spans: Iterable[ReuseSpan]) -> Mapping[str, Sequence[ReuseSpan]]:
    by_document: dict[str, list[ReuseSpan]] = {}
    for span in spans:
        by_document.setdefault(span.document_id, []).append(span)
    return by_document


def _write_report(
    store: RunStore, rejected: Sequence[Rejected], *, folder: Path, resources: Resources
) -> Results | None:
    """Write the report, unless it was written of just these results; return them where they had to be loaded."""
    config = resources.config.report
    shown: list[Rejected | SecondReading] = [*rejected, *store.load_second_readings()]
    key = report_cache_key(shown, corpus=str(store.corpus_key()), settings=(hash_config(config),))
    if store.report_key() == key and (folder / INDEX).is_file():
        return None
    results = store.load_results()
    try:
        write_report(
            results,
            resources.guidelines_of(results.readings),
            folder=folder,
            config=config,
            score=resources.config.score,
            editions={each.document.id: resources.editions_for(each.profile) for each in results.readings},
        )
    except SettingsError as error:
        cause = error.__cause__
        why = describe_os_error(cause) if isinstance(cause, OSError) else str(error)
        what = f"{folder}: rapporten kan ikke skrives ({why})."
        raise RunFolderError(f"{what} Resultatene er tatt vare på; kjør på nytt når det er rettet.") from error
    store.set_report_key(key)
    return results
