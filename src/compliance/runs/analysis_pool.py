"""The processes that analyse files; the first may start while its parent still finds out which files there are.

A process takes as long to load its libraries and rules as the parent does: together they take half the time. This
module itself imports little, so that a command can start a process first and import the rest meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.files import DATABASE_NAME
from compliance.runs.isolation import FileToAnalyse, analyse_given, choose_limits, prepare_worker, reject_failures
from compliance.runs.workers import Worker, WorkerPool

if TYPE_CHECKING:
    from compliance.config import Config
    from compliance.records import Analysis, Reading, Rejected


@dataclass
class AnalysisPool:
    """Analyses files as the settings say: in processes of our own, or on a Dask cluster (`run.cluster`)."""

    config: Config
    readings: dict[Path, Reading] = field(default_factory=dict)  # of files that the caller has read itself
    _started: list[Worker[FileToAnalyse]] = field(default_factory=list)

    def start_ahead(self, files: int) -> None:
        """Start the first process now, for about so many files; nothing where a cluster does the work."""
        if self.config.run.cluster is None:
            self._started.append(self._make_pool(files).start())

    def begin(self, path: Path) -> None:
        """Let the process that was started ahead, where one was, begin with a file that will have to be analysed."""
        for worker in self._started[:1]:
            worker.give(FileToAnalyse(path), self.config.run.document_seconds)

    def analyse_each(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Analysis | Rejected]]:
        """Yield each file as `analyse_file` analyses it, as it is finished; a fault becomes a rejection."""
        if self.config.run.cluster is not None:
            from compliance.runs.cluster import analyse_on_cluster

            yield from reject_failures(analyse_on_cluster(paths, config=self.config), config=self.config.run)
            return
        started, self._started = self._started, []
        files = [FileToAnalyse(path, self.readings.get(path)) for path in paths]
        results = self._make_pool(len(files)).run(files, started=started)
        yield from reject_failures(((file.path, result) for file, result in results), config=self.config.run)

    def close(self) -> None:
        """End a process that was started and never needed."""
        for worker in self._started:
            worker.kill()
        self._started.clear()

    def _make_pool(self, files: int) -> WorkerPool[FileToAnalyse, Analysis | Rejected]:
        run = self.config.run
        work, prepare = partial(analyse_given, config=self.config), partial(prepare_worker, self.config)
        return WorkerPool(work, run.count_processes(files), choose_limits(run), prepare)


@contextmanager
def open_pool(files: Sequence[Path], *, out: Path, config: Config) -> Iterator[AnalysisPool]:
    """Give the processes for a run of these files into the folder `out`; all have ended when the block does.

    The first starts at once where a file is newer than what is in the folder: then there is something to analyse.
    """
    pool = AnalysisPool(config)
    try:
        new = _count_new(files, out / DATABASE_NAME)
        if new:
            pool.start_ahead(new)
        yield pool
    finally:
        pool.close()


def _count_new(files: Sequence[Path], database: Path) -> int:
    """Return how many files were changed since the database was written; those that cannot be read are not counted."""
    written = _find_time(database) or 0.0
    return sum((_find_time(file) or 0.0) > written for file in files)


def _find_time(path: Path) -> float | None:
    """Return when a file was last changed, None where that cannot be told."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None
