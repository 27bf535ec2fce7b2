"""What a second reader says of a passage that ours is in doubt about: shown beside our findings, never among them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.records.finding import Level


class ReaderOutcome(StrEnum):
    """What became of one question to the second reader."""

    ANSWERED = "answered"
    INVALID = "invalid"  # answered, but not as asked for: no opinion
    FAILED = "failed"  # not reached, refused, or no answer in time
    NOT_ASKED = "not_asked"  # the run had given the reader up, or its time was out


@dataclass(frozen=True, slots=True)
class SecondGoal:
    """A goal that the second reader gives a passage, with the words it rests on."""

    goal: str
    start: int  # document offsets of the words that the reader quoted
    end: int


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The second reader's labels of one passage; without any where it was not `answered`.

    An answered reading without goals says that the passage has none.
    """

    document_id: str
    passage_id: str
    outcome: ReaderOutcome
    doubts: tuple[tuple[str, float], ...]  # the goals it was asked because of, with our probabilities
    goals: tuple[SecondGoal, ...]
    level: Level | None
    model: str  # as the settings name it
    prompt_sha256: str  # of everything that was sent but the model's name
    address: str  # where the text was sent; empty where it was not
    detail: str  # why there is no opinion, one sentence; empty where there is one
