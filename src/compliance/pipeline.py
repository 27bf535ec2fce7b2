"""The whole road: ingest → segment → analyse for each file, then reuse, scores and report for the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from compliance.batch import Crashed, WorkerPool
from compliance.config import Config, hash_config
from compliance.errors import ComplianceError, DocumentError, RunFolderError, describe_os_error
from compliance.ingest.discover import discover_files
from compliance.ingest.profile import profile_document
from compliance.ingest.read import read_document
from compliance.ingest.unread import reject_unread_pages
from compliance.outcome import Analysed, Done, Outcome, Progress
from compliance.plan import name_corpus, name_report, plan_run, reject_crash
from compliance.records import Language, Reading, Rejected, RejectionReason, Results, Stage
from compliance.report.pages import write_report
from compliance.score.scores import score_documents
from compliance.segment.passages import segment_document
from compliance.store.runs import RunStore, open_run
from compliance.workbench import Workbench, open_bench


def read_file(path: Path, *, config: Config) -> Reading:
    """Read one file and cut it into passages (stages 1 and 2). Raises DocumentError when it cannot be read."""
    document = read_document(path, config=config.ingest)
    profile = profile_document(document, config=config.ingest)
    passages = segment_document(document, language=Language(profile.language.value), config=config.segment)
    return Reading(document, profile, passages)


def read_isolated(path: Path, *, config: Config) -> Reading | Rejected:
    """Read one file as `read_file` does, so that no fault of the file, or of ours with it, stops a batch."""
    return _isolate(partial(read_file, config=config), path, stage=Stage.INGEST)


def analyse_file(path: Path, *, bench: Workbench) -> Analysed:
    """Take one file through stages 1 to 3, as far as it goes alone. Raises DocumentError when it cannot be read."""
    reading = read_file(path, config=bench.config)
    return Analysed(reading, bench.judge(reading))


def analyse_files(paths: Sequence[Path], *, out: Path, config: Config, on_progress: Progress) -> Outcome:
    """Analyse files and folders into the folder `out`, and write the report.

    What stands unchanged in the folder is not computed again, each document is saved as soon as it is done, and a file
    that cannot be analysed is told of in the results. Raises any other ComplianceError before any work is done.
    """
    bench = open_bench(config)
    found = discover_files(paths)
    references = tuple(read_file(path, config=config) for path in bench.list_references())
    with open_run(out) as store:
        plan = plan_run(found.files, store, settings_sha256=bench.settings_sha256)
        run = store.start(bench.describe_run())
        ids, rejected = list(plan.unchanged), list(plan.rejected)
        for path, outcome in _analyse_each(plan.to_analyse, config=config):
            if isinstance(outcome, Rejected):
                rejected.append(outcome)
            else:
                store.save_reading(outcome.reading, records=outcome.records, config_sha256=bench.settings_sha256)
                ids.append(outcome.reading.document.id)
            on_progress(path, outcome, len(plan.to_analyse))
        store.keep_only(ids)
        results = store.load_results()
        rejected += [page for each in results.readings for page in reject_unread_pages(each.document)]
        store.save_rejected(rejected)
        results = _judge_corpus(store, results, references=references, bench=bench)
        results = replace(results, run=store.finish(run.id), rejected=tuple(rejected))
        report = _write_report(store, results, folder=out / "report", bench=bench)
    return Outcome(results, report, len(plan.unchanged), found.skipped)


def _analyse_each(paths: Sequence[Path], *, config: Config) -> Iterator[tuple[Path, Analysed | Rejected]]:
    pool = WorkerPool(partial(_analyse_isolated, config=config), config.run.count_processes(len(paths)))
    for path, outcome in pool.run(paths):
        yield path, reject_crash(path) if isinstance(outcome, Crashed) else outcome


def _analyse_isolated(path: Path, *, config: Config) -> Analysed | Rejected:
    return _isolate(partial(analyse_file, bench=open_bench(config)), path, stage=Stage.ANALYSE)


def _isolate(work: Callable[[Path], Done], path: Path, *, stage: Stage) -> Done | Rejected:
    """Do the work on one file; its faults, and ours with it, become a rejection."""
    try:
        return work(path)
    except DocumentError as error:
        return Rejected(str(path), Stage.INGEST, error.reason, error.advice)
    except ComplianceError:
        raise  # the settings or the model: the same for every file
    except Exception as error:  # noqa: BLE001
        detail = f"Feil i programmet ({type(error).__name__}: {error}). Meld den gjerne, sammen med filen."
        return Rejected(str(path), stage, RejectionReason.FAILED, detail)


def _judge_corpus(store: RunStore, results: Results, *, references: Sequence[Reading], bench: Workbench) -> Results:
    """Find wording shared between the documents and score them all, unless that was done for just these."""
    key = name_corpus(results, references=references, settings=(bench.settings_sha256, hash_config(bench.config.score)))
    if store.corpus_key() == key:
        return results
    spans = tuple(bench.reuse_analyser(results.readings, references=references).analyse(results.readings))
    score = partial(score_documents, findings=results.findings, reuse_spans=spans, config=bench.config.score)
    groups = bench.group_by_guidelines(results.readings)
    scores = tuple(each for sets, readings in groups for each in score(readings, guidelines=sets))
    store.save_corpus(spans=spans, scores=scores, key=key)
    return replace(results, reuse_spans=spans, scores=scores)


def _write_report(store: RunStore, results: Results, *, folder: Path, bench: Workbench) -> Path:
    key = name_report(results, corpus=str(store.corpus_key()), settings=(hash_config(bench.config.report),))
    if store.report_key() != key or not (folder / "index.html").is_file():
        show = partial(write_report, results, config=bench.config.report, trained=bench.describe_judgement())
        try:
            show(bench.guidelines_of(results.readings), folder=folder)
        except OSError as error:
            what = f"{folder}: rapporten kan ikke skrives ({describe_os_error(error)})."
            raise RunFolderError(f"{what} Resultatene er tatt vare på; kjør på nytt når det er rettet.") from error
        store.set_report_key(key)
    return folder / "index.html"
