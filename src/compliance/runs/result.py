"""What a run hands to its caller, while it works and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from compliance.records import Analysis, Rejected, Results
from compliance.store.runs import load_run
from compliance.store.summaries import DocumentSummary

# Called with each file, what became of it, and how many files there are to analyse.
Progress: TypeAlias = Callable[[Path, Analysis | Rejected, int], None]


def ignore_progress(path: Path, outcome: Analysis | Rejected, total: int) -> None:
    """Say nothing of a file that is done."""


@dataclass(frozen=True)
class RunResult:
    """What a run ended with: this run's documents and those that earlier runs left in the folder."""

    folder: Path  # with everything that was found
    report: Path
    summaries: tuple[DocumentSummary, ...]
    rejected: tuple[Rejected, ...]
    unchanged: int  # of this run's documents that are as they were in an earlier one
    kept: tuple[str, ...]  # names of documents that only earlier runs were given
    removed: tuple[str, ...]  # names of documents that were taken out of the folder
    skipped: tuple[Path, ...]  # files of the folders that are no documents
    second_reader: tuple[str, ...] = ()  # lines about a second reader; none where none was asked

    @cached_property
    def results(self) -> Results:
        """Every record, all in memory: the folder's as it is when first asked for. Raises as `load_run` does."""
        return load_run(self.folder)
