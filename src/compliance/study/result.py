"""What a study is asked for with, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from compliance.records.study import Study
from compliance.runs.result import RunResult
from compliance.store.studies import StudySummary, load_study
from compliance.study.corpus.selection import ALL, Selection


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """What a person chooses of a study."""

    as_of: date | None = None  # None: today
    places: Path | None = None
    selection: Selection = ALL
    questions: tuple[Path, ...] = ()  # folders with files of questions of one's own
    prune: bool = True  # documents that are no longer in the corpus go out of the folder
    retry: bool = False

    @property
    def day(self) -> date:
        """The study date."""
        return self.as_of or datetime.now(UTC).date()


@dataclass(frozen=True)
class StudyResult:
    """A study with the run that it was made from, and where its manifest was written."""

    summary: StudySummary
    run: RunResult
    manifest: Path

    @cached_property
    def study(self) -> Study:
        """Every row of the study; loaded when asked for. Raises RunFolderError as `load_study` does."""
        return load_study(self.run.folder)
