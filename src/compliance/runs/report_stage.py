"""The report of a run: pages of documents whose results or surroundings have changed, and the overview of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from compliance import __version__
from compliance.config import Config, hash_config, hash_parts
from compliance.errors import RunFolderError, SettingsError, describe_os_error
from compliance.files import INDEX
from compliance.guidelines.editions import Edition
from compliance.records import Rejected, Run, SecondReading, Task
from compliance.report.context import ReportContext
from compliance.report.document_results import collect_results
from compliance.report.pages import ReportWriter, list_files, make_context
from compliance.report.surroundings import Neighbourhood, Surroundings
from compliance.report.views.overview import DocumentRow
from compliance.resources import Resources
from compliance.runs.changes import report_cache_key
from compliance.runs.saved_work import work_on_saved
from compliance.runs.worker import Standby
from compliance.store.per_document import PAGE_KEY, SCORE_KEY
from compliance.store.runs import RunStore


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to write: what it says beside the document's own results."""

    document_id: str
    key: str
    around: Surroundings
    editions: tuple[Edition, ...]


@dataclass(frozen=True, eq=False)
class _Shared:
    """What all pages of a run have in common; one object in each process."""

    folder: Path
    run: Run
    context: ReportContext
    rejected: tuple[Rejected, ...]

    @cached_property
    def writer(self) -> ReportWriter:
        """What writes the pages, with its templates."""
        return ReportWriter(self.folder, self.run, self.context)


def write_run_report(
    store: RunStore,
    rejected: Sequence[Rejected],
    *,
    folder: Path,
    resources: Resources,
    standby: Standby | None = None,
) -> None:
    """Write what has changed of the report into the folder, with the help of processes that stand by.

    Raises RunFolderError where it cannot be written.
    """
    config = resources.config
    shown: list[Rejected | SecondReading] = [*rejected, *store.load_second_readings()]
    key = report_cache_key(shown, corpus=str(store.corpus_key()), settings=(hash_config(config.report),))
    if store.report_key() == key and (folder / INDEX).is_file():
        return
    guidelines = resources.guidelines_of_profiles(store.parts().load_profiles().values())
    run = store.load_run()
    context = make_context(run, guidelines, known=resources.guidelines, config=config.report, score=config.score)
    shared = _Shared(folder, run, context, tuple(rejected))
    pages = list(_find_changed(store, shared, resources))
    try:
        _write_pages(store, pages, shared, config=config, standby=standby)
        rows = [DocumentRow.from_json(row) for row in store.parts().load_rows()]
        shared.writer.write_overview(rows, sharing=store.parts().count_sharing(), rejected=rejected)
    except SettingsError as error:
        cause = error.__cause__
        why = describe_os_error(cause) if isinstance(cause, OSError) else str(error)
        what = f"{folder}: rapporten kan ikke skrives ({why})."
        raise RunFolderError(f"{what} Resultatene er tatt vare på; kjør på nytt når det er rettet.") from error
    store.set_report_key(key)


def _find_changed(store: RunStore, shared: _Shared, resources: Resources) -> Iterator[_Page]:
    """Yield the pages that were not written from just these results, or are not there."""
    parts = store.parts()
    neighbourhood, sources = Neighbourhood(parts.load_neighbours()), parts.load_sources()
    scored, written = parts.load_keys(SCORE_KEY), parts.load_keys(PAGE_KEY)
    told = _group_told(shared.rejected, store.load_second_readings())
    config = resources.config
    common = (
        *(__version__, hash_config(config.report), hash_config(config.score)),
        *(each.id for each in shared.context.guidelines),
    )
    for document_id, profile in parts.load_profiles().items():
        around = neighbourhood.look_around(document_id, sources=sources.get(document_id, ()))
        editions = tuple(resources.editions_for(profile))
        key = hash_parts(*common, scored.get(document_id, ""), repr(around), repr(editions), *told.get(document_id, ()))
        there = all(file.is_file() for file in list_files(shared.folder, document_id))
        if written.get(document_id) != key or not there:
            yield _Page(document_id, key, around, editions)


def _group_told(rejected: Sequence[Rejected], readings: Sequence[SecondReading]) -> Mapping[str, Sequence[str]]:
    """Return what was left out of each document, and what a second reader said of it, by document id."""
    told: dict[str, list[str]] = {}
    for each in rejected:
        told.setdefault(each.id.rpartition(":")[0], []).append(repr(each))
    for said in readings:
        told.setdefault(said.document_id, []).append(repr(said))
    return told


def _write_pages(
    store: RunStore, pages: Sequence[_Page], shared: _Shared, *, config: Config, standby: Standby | None
) -> None:
    """Write the pages, in several processes where there are many, and save each one's row of the overview."""
    processes = config.run.count_processes(len(pages))
    write = partial(_write_page, shared=shared)
    for written in work_on_saved(pages, write, store=store, processes=processes, standby=standby):
        store.parts().save_rows([(row.id, row.to_json(), page.key) for page, row in written])


def _write_page(page: _Page, store: RunStore, *, shared: _Shared) -> DocumentRow:
    (plan,) = collect_results(store.load_results([page.document_id], tasks=tuple(Task)))
    return shared.writer.write_document(plan, shared.context.place(page.around, page.editions))
