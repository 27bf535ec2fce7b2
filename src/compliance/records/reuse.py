"""Wording that a document shares with another text (stage 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from compliance.records.finding import Evidence, Fact, Finding
from compliance.records.meaning import Meaning


class ReuseKind(StrEnum):
    """How close the two wordings are."""

    VERBATIM = "verbatim"
    NEAR_VERBATIM = "near_verbatim"
    REWORKED = "reworked"


class Attribution(StrEnum):
    """Whether the text says that the words are another's."""

    QUOTED = "quoted"
    UNATTRIBUTED = "unattributed"
    UNCERTAIN = "uncertain"


class SourceKind(StrEnum):
    """What kind of text the wording is shared with."""

    GUIDELINE = "guideline"  # a goal in a guideline file
    REFERENCE = "reference"  # an imported national document
    MUNICIPALITY = "municipality"  # another document of the run


class Order(StrEnum):
    """By what it is known that the other text was first (docs/reuse.md, direction)."""

    NATIONAL = "national"  # the other is a national text
    NAMED = "named"  # the document names the other where the wording is
    ADOPTED = "adopted"  # by adoption dates
    PERIOD = "period"  # by the first years of the plan periods
    DRAFT = "draft"  # the document is a draft, the other is adopted
    UNKNOWN = "unknown"  # nothing says who was first, so nobody is said to have copied


@dataclass(frozen=True, slots=True)
class ReuseSpan:
    """A stretch of a document's text that also stands elsewhere, with the offsets of both sides.

    `document.text[start:end]` is the user's side, `source_text` the other's: the source's text from `source_start` to
    `source_end`. Where official wording is known only by its fingerprint, `source_text` is empty and both are 0.
    """

    document_id: str
    passage_id: str
    start: int
    end: int
    source_kind: SourceKind
    source_id: str  # document id, "<set>:<goal id>", or reference id
    source_name: str  # as a reader would name it
    source_start: int
    source_end: int
    source_text: str  # the source's wording of the span, for side-by-side view
    source_page: int | None
    kind: ReuseKind
    attribution: Attribution
    similarity: float  # 0 to 1, of the aligned wordings
    boilerplate: bool
    evidence: tuple[Evidence, ...]
    order: Order = Order.UNKNOWN  # in runs of earlier versions too, where both texts are municipal

    @property
    def is_copy(self) -> bool:
        """Whether the document has the wording from the other text, rather than by custom or nobody knows."""
        return not self.boilerplate and self.order is not Order.UNKNOWN and self.kind is not ReuseKind.REWORKED

    @property
    def is_national(self) -> bool:
        """Whether the words stand in a national text too; what is only reworked is the municipality's own wording."""
        return self.source_kind is not SourceKind.MUNICIPALITY and self.kind is not ReuseKind.REWORKED


AnalysisRecord: TypeAlias = Finding | Meaning | ReuseSpan | Fact
