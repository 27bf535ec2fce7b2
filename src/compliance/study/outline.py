"""The little of a document that tells whose it is and whether it counts: held of all documents at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.facts.sentences import FactField
from compliance.ingest.profile.adoption import is_marked_draft
from compliance.records import BlockKind, Fact, Profile, Reading
from compliance.study.owners import read_owners


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """A document without its text."""

    id: str
    name: str
    title: str | None
    sha256: str
    profile: Profile
    owners: tuple[str, ...]  # as `read_owners` has them
    is_draft: bool  # by its own marks
    words: int  # headings aside
    strategy: frozenset[str]  # what it says of a strategy's status


def outline_reading(reading: Reading, facts: Sequence[Fact] = ()) -> DocumentOutline:
    """Return a document's outline; `facts` are its own."""
    document = reading.document
    return DocumentOutline(
        id=document.id,
        name=document.name,
        title=document.title,
        sha256=document.sha256,
        profile=reading.profile,
        owners=read_owners(reading),
        is_draft=is_marked_draft(document),
        words=sum(len(passage.text.split()) for passage in reading.passages if passage.kind is not BlockKind.HEADING),
        strategy=frozenset(fact.value for fact in facts if fact.field == FactField.STRATEGY_STATUS),
    )
