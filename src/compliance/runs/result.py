"""What a run hands to its caller, while it works and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from compliance.records import Analysis, Rejected, Results

# Called with each file, what became of it, and how many files there are to analyse.
Progress: TypeAlias = Callable[[Path, Analysis | Rejected, int], None]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run ended with."""

    results: Results
    report: Path
    unchanged: int  # documents that are as they were in an earlier run
    skipped: tuple[Path, ...]  # files of the folders that are no documents
