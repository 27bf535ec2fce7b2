"""One document after the stages that see it alone."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.records.finding import Fact, Finding
from compliance.records.meaning import Meaning
from compliance.records.passage import Reading


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document as read and analysed by itself (stages 1 to 3), before it is compared with others."""

    reading: Reading
    records: tuple[Finding | Meaning | Fact, ...]
