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
from compliance.runs.copying import can_copy, start_copy
from compliance.runs.isolation import (
    FileToAnalyse,
    analyse_given,
    choose_limits,
    prepare_template,
    prepare_worker,
    reject_failures,
    release_encoders,
)
from compliance.runs.template import CAN_SPLIT, Template
from compliance.runs.worker import Standby, Worker, choose_processes
from compliance.runs.workers import WorkerPool

if TYPE_CHECKING:
    from compliance.config import Config
    from compliance.records import Analysis, Reading, Rejected


@dataclass
class AnalysisPool:
    """Analyses files as the settings say: in processes of our own, or on a Dask cluster (`run.cluster`)."""

    config: Config
    readings: dict[Path, Reading] = field(default_factory=dict)  # of files that the caller has read itself
    stays: bool = False  # whether processes of our own stay for what follows, until the pool is closed
    standby: Standby = field(default_factory=Standby)

    def start_ahead(self, files: int) -> None:
        """Start the first process now, for about so many files; nothing where a cluster does the work."""
        pool = self._make_pool(files)
        if self.config.run.cluster is None and not self._start_template(pool):
            self.standby.workers.append(self._start_copy(pool) or pool.start(self.standby))

    def _start_copy(self, pool: WorkerPool[FileToAnalyse, Analysis | Rejected]) -> Worker[FileToAnalyse] | None:
        """Load here what the run needs too, then start a copy; None where the process has to load for itself."""
        if not self.stays or not can_copy():
            return None
        from compliance.text.embedding.threads import loads_without_threads

        if not loads_without_threads(self.config.model):
            return None
        prepare_worker(self.config)
        return start_copy(pool.threads) if can_copy() else None

    def _start_template(self, pool: WorkerPool[FileToAnalyse, Analysis | Rejected]) -> bool:
        """Start what processes are split off from, unless it is there; False where each is to load for itself."""
        if not self.stays or pool.processes < 2 or not CAN_SPLIT:
            return False
        from compliance.text.embedding.threads import loads_without_threads

        if not loads_without_threads(self.config.model):
            return False
        if self.standby.template is None:
            self.standby.template = Template.start(partial(prepare_template, self.config), threads=pool.threads)
        return True

    def makes_scores(self, files: int) -> bool:
        """Tell whether the processes that analyse so many files make their scores and pages too."""
        processes = self.config.run.count_processes(files)
        return self.stays and choose_processes(files, most=processes, standby=self.standby) > 1

    def begin(self, path: Path) -> None:
        """Let the process that was started ahead, where one was, begin with a file that will have to be analysed."""
        for worker in self.standby.workers[:1]:
            worker.give(FileToAnalyse(path), self._make_pool(1).make_job(), self.config.run.document_seconds)

    def analyse_each(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Analysis | Rejected]]:
        """Yield each file as `analyse_file` analyses it, as it is finished; a fault becomes a rejection."""
        if self.config.run.cluster is not None:
            from compliance.runs.cluster import analyse_on_cluster

            yield from reject_failures(analyse_on_cluster(paths, config=self.config), config=self.config.run)
            return
        files = [FileToAnalyse(path, self.readings.get(path)) for path in paths]
        pool = self._make_pool(len(files))
        self._start_template(pool)
        results = pool.run(files, standby=self.standby)
        yield from reject_failures(((file.path, result) for file, result in results), config=self.config.run)
        if not self.stays:
            self.close()

    def close(self) -> None:
        """End the processes that wait for work."""
        self.standby.close()

    def _make_pool(self, files: int) -> WorkerPool[FileToAnalyse, Analysis | Rejected]:
        run = self.config.run
        work, prepare = partial(analyse_given, config=self.config), partial(prepare_worker, self.config)
        let_go = partial(release_encoders, self.config) if self.stays else None
        return WorkerPool(work, run.count_processes(files), choose_limits(run), prepare, let_go)


@contextmanager
def open_pool(files: Sequence[Path], *, out: Path, config: Config, stays: bool = False) -> Iterator[AnalysisPool]:
    """Give the processes for a run of these files into the folder `out`; all have ended when the block does.

    The first starts at once where a file is newer than what is in the folder: then there is something to analyse.
    """
    pool = AnalysisPool(config, stays=stays)
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
