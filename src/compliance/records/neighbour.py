"""Another document of a run, as far as one document's report speaks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Its name, whose it is, and how far it goes; little enough to hold all of a corpus."""

    id: str
    name: str  # the title, or the file's name
    municipality: str | None
    document_type: str
    has_pages: bool  # as `Document.has_pages` says
    goals: Mapping[str, tuple[int, bool]]  # the score on each goal, and whether it is sure

    @property
    def full_name(self) -> str:
        """The name with the municipality before it, where the name does not hold it."""
        return name_in_full(self.name, self.municipality)


def name_in_full(name: str, municipality: str | None) -> str:
    """Return a document's name with the municipality before it, where the name does not hold it."""
    return name if municipality is None or municipality in name else f"{municipality}: {name}"
