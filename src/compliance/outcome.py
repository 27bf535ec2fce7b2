"""What the pipeline hands to its caller, while it works and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

from compliance.records import Fact, Finding, Reading, Rejected, Results

Done = TypeVar("Done")  # what work on one file ends with, when nothing goes wrong


@dataclass(frozen=True, slots=True)
class Analysed:
    """One file after stages 1 to 3, as far as it goes alone."""

    reading: Reading
    records: tuple[Finding | Fact, ...]


# Called with each file, what became of it, and how many files there are to analyse.
Progress: TypeAlias = Callable[[Path, Analysed | Rejected, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run ended with."""

    results: Results
    report: Path
    unchanged: int  # documents that stood as they were since an earlier run
    skipped: tuple[Path, ...]  # files of the folders that are no documents
