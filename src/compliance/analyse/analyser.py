"""What every analyser is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from compliance.records import AnalysisRecord, Reading

RecordT_co = TypeVar("RecordT_co", bound=AnalysisRecord, covariant=True)


class Scope(StrEnum):
    """How much of a run an analyser has to see at once."""

    DOCUMENT = "document"  # one reading at a time; results can be kept while the document is unchanged
    CORPUS = "corpus"  # all readings of the run


class Analyser(Protocol[RecordT_co]):
    """Says something about passages, with evidence: pure, deterministic, one method.

    Every record it returns names a passage of `readings`; its evidence spans lie within that passage.
    """

    name: str
    scope: Scope

    def analyse(self, readings: Sequence[Reading]) -> Sequence[RecordT_co]:
        """Return what the analyser finds, in document and passage order."""
        ...
