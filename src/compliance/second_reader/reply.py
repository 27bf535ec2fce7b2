"""What a question can be put to, and what comes of it: the text of an answer, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from compliance.records import ReaderOutcome

JsonObject: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer."""

    outcome: ReaderOutcome  # any but ANSWERED
    detail: str  # one Norwegian sentence
    passing: bool = False  # worth another attempt


class Endpoint(Protocol):
    """What a question can be put to."""

    def ask(self, body: JsonObject) -> str | Failure:
        """Return the text of the answer, or why there is none; raises nothing for what the other end does."""
        ...
