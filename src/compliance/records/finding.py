"""What the analysers say of a passage, with the evidence for it (stage 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How far a passage commits the municipality, weakest first (`taxonomy.yaml`)."""

    NONE = "none"
    BACKGROUND = "background"
    INTENTION = "intention"
    COMMITMENT = "commitment"
    CONCRETE = "concrete"


class EvidenceKind(StrEnum):
    """What sort of observation supports a finding."""

    TERM = "term"  # a term from a guideline or rule file stands in the text
    FUZZY = "fuzzy"  # a term stands there nearly, or inflected or compounded
    EMBEDDING = "embedding"  # the passage means nearly what a goal's statement means
    HEADING = "heading"  # a heading above the passage names the label
    RULE = "rule"  # a pattern from a rule file matched
    NEIGHBOUR = "neighbour"  # the passage before it, or the list's lead-in, carries the label
    WORDING = "wording"  # the wording stands in another document
    EXAMPLE = "example"  # a labelled passage of the training text that reads alike (analyse/judgement/examples.py)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation behind a finding.

    `start` and `end` are document offsets; both None where the observation is about the passage as a whole.
    """

    kind: EvidenceKind
    reference: str  # what it was held against: a term, a rule id, a goal id or a passage id
    score: float  # strength, 0 to 1
    start: int | None = None
    end: int | None = None
    against: bool = False  # argues against the finding


@dataclass(frozen=True, slots=True)
class Finding:
    """One label that an analyser gives a passage, with its reasons."""

    document_id: str
    passage_id: str
    analyser: str  # "goals", "elements", "level", "local", "borrowed" or "review"
    label: str  # a goal id, an element id, a Level value, "local", "quoted" or "copied"
    score: float  # 0 to 1; the calibrated probability where the judgement is trained (docs/judgement.md)
    evidence: tuple[Evidence, ...]
    features: tuple[tuple[str, float], ...] = ()  # named numbers the score was made of


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a document states: a field of a findings case (docs/facts.md) with its evidence."""

    document_id: str
    passage_id: str
    field: str
    value: str
    evidence: tuple[Evidence, ...]
