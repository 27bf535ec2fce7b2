"""A run: what it was made with, what it left out and everything it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from compliance.records.finding import Fact, Finding
from compliance.records.measure import Measure
from compliance.records.passage import Reading
from compliance.records.relations import Relations
from compliance.records.reuse import ReuseSpan
from compliance.records.score import CriterionAnswer, Review, Score
from compliance.records.second_reading import SecondReading


class Stage(StrEnum):
    """Where in the flow something happened."""

    INGEST = "ingest"
    SEGMENT = "segment"
    ANALYSE = "analyse"
    SCORE = "score"
    REPORT = "report"


class RejectionReason(StrEnum):
    """Why a file was left out; every reason has its own advice to the user."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    REPAIRED = "repaired"  # damaged, and analysed as far as it could be read: text may be missing
    TRUNCATED = "truncated"
    EMPTY = "empty"  # zero bytes
    NO_PAGES = "no_pages"
    NO_TEXT = "no_text"  # opens, but holds no words
    NEEDS_OCR = "needs_ocr"  # scanned, and Tesseract or its Norwegian data is missing
    MISLABELLED = "mislabelled"  # the content is not what the file name says
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"  # permission or disk error
    DUPLICATE = "duplicate"  # byte for byte another file of the run
    TOO_SLOW = "too_slow"  # took longer than a document of its length may
    TOO_LARGE = "too_large"  # asked for more memory than a document may have
    CRASHED = "crashed"  # ended the process that worked on it, twice
    FAILED = "failed"  # an error of ours; the detail names it


# What a later run does not try again by itself, since it costs minutes, memory or a process each time.
COSTLY_REASONS = frozenset({RejectionReason.TOO_SLOW, RejectionReason.TOO_LARGE, RejectionReason.CRASHED})


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file (or a passage) that a stage left out: nothing disappears without one."""

    id: str  # the file as the user named it, or a passage id
    stage: Stage
    reason: RejectionReason
    detail: str  # what was wrong and what to do, one sentence each


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was made with, so that every result can be traced."""

    id: str
    version: str
    config_sha256: str
    model: str  # name and revision of the encoder
    guidelines: tuple[str, ...]  # "<set>@<edition>"
    started: str  # ISO 8601, UTC
    finished: str | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a run knows: what the report is made from."""

    run: Run
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    reuse_spans: tuple[ReuseSpan, ...]
    facts: tuple[Fact, ...]
    scores: tuple[Score, ...]
    rejected: tuple[Rejected, ...]
    measures: tuple[Measure, ...] = ()  # none in runs of earlier versions
    criteria: tuple[CriterionAnswer, ...] = ()
    reviews: tuple[Review, ...] = ()
    relations: Relations = field(default_factory=Relations)
    second_readings: tuple[SecondReading, ...] = ()  # one for each passage that a second reader was to be asked about
