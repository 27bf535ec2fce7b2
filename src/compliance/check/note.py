"""What is written in the margin of a draft."""

from __future__ import annotations

from dataclasses import dataclass

AUTHOR = "compliance"  # the name that the notes carry in Word and in the PDF reader
INITIALS = "co"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark at one place of a document: `document.text[start:end]` is what it is about."""

    passage_id: str
    start: int
    end: int
    text: str
