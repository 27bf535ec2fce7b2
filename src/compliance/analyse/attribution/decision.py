"""What is said of one passage: whose words, quoted or copied, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.records import UNCLEAR, Evidence

SURE, LIKELY = 1.0, 0.7  # official wording or quotation marks; every other sign


class Borrowed(StrEnum):
    """How wording is borrowed; the labels of the analyser's findings."""

    QUOTED = "quoted"  # the text says that the words are another's
    COPIED = "copied"  # it does not
    UNCLEAR = UNCLEAR  # they may be: general statements in a chapter of theory that names no source


@dataclass(frozen=True, slots=True)
class Verdict:
    """One passage's words are another's, or may be."""

    label: Borrowed
    source: str
    score: float
    evidence: tuple[Evidence, ...]


class Reach(StrEnum):
    """How far another's stretch goes."""

    SECTION = "section"  # list items, and paragraphs in the voice of a sector or a nation
    ITEMS = "items"  # the list that a lead-in opens
    NEXT = "next"  # the one passage that follows
    CHAPTER = "chapter"  # every passage in which the author does not speak


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch in which another speaks: opened by a heading, a lead-in or a line that names the source."""

    source: str
    opener: Evidence
    reach: Reach
    label: Borrowed = Borrowed.QUOTED


def label_borrowed(*, attributed: bool) -> Borrowed:
    """Return how words are borrowed that are another's for certain."""
    return Borrowed.QUOTED if attributed else Borrowed.COPIED
