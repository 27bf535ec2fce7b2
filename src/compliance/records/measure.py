"""What a document does about a goal, clause by clause: how far it binds itself, who, when and how much (stage 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class DetailKind(StrEnum):
    """What a detail says of a measure."""

    ACTOR = "actor"  # who is responsible, by name or role
    DATE = "date"
    SUM = "sum"
    TARGET = "target"  # a figure to reach that someone could check
    DONE = "done"  # a step that has been taken


class Stance(StrEnum):
    """How a clause speaks of what it names."""

    ASKED = "asked"  # a question, or a topic to be looked into later
    NAMED = "named"  # a heading, a list of topics, a reference
    DESCRIBED = "described"  # how things are
    WISHED = "wished"  # wants, should, may, considers
    BINDING = "binding"  # shall, will, an adopted principle, a decided measure
    DONE = "done"  # has been carried out
    REJECTED = "rejected"  # not to be done, voted down, put off


@dataclass(frozen=True, slots=True)
class Detail:
    """Who, when or how much, tied to the measure that it belongs to."""

    kind: DetailKind
    start: int  # document offsets of the words
    end: int
    value: str  # actor, target and step as written; date ISO ("2026-06-30", "2026-06", "2026" or "2026/2028"); kroner


@dataclass(frozen=True, slots=True)
class Measure:
    """One clause that speaks of a goal: a sentence, a list item with its lead-in or a table row with its header."""

    document_id: str
    passage_id: str
    goal: str  # goal id
    start: int  # document offsets of the clause
    end: int
    stance: Stance
    details: tuple[Detail, ...]
    copied: bool  # another's words: lifts nothing above 1
    value: int  # 0 to 4: what a reader would give on this clause alone (docs/scoring.md)

    def adds_to(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether it binds or tells what is done, and says who, when or how much outside these document offsets.

        Another's words with an owner or a deadline that the plan has put to them are a commitment of the plan's own.
        """
        return self.stance in {Stance.BINDING, Stance.DONE} and says_more(self.details, spans)


def says_more(details: Iterable[Detail], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a who, when or how much stands outside all of these document offsets; a step taken is none of them."""
    return any(
        detail.kind is not DetailKind.DONE and all(detail.end <= start or end <= detail.start for start, end in spans)
        for detail in details
    )
