"""A block of documents compared: what each says alone, and what it shares with others. Alike wherever it is done."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.analyse.reuse.prose import describe_prose
from compliance.analyse.reuse.relations import RelationReader
from compliance.analyse.reuse.sharing import SharingFinder
from compliance.analyse.reuse.sources import describe_text
from compliance.records import ComparedDocument, Reading, SharedSide


class DocumentComparer:
    """Describes documents, and compares them pair by pair."""

    def __init__(self, sharing: SharingFinder, relations: RelationReader) -> None:
        self.sharing, self._relations = sharing, relations

    def describe(self, reading: Reading) -> ComparedDocument:
        """Return all that is kept of a document to compare it by."""
        citations, structures = self._relations.read(reading)
        (text,) = self.sharing.collect([reading])
        sides = tuple(self.sharing.find_national(text))
        return ComparedDocument(
            describe_text(text), describe_prose(reading), sides, tuple(citations), tuple(structures)
        )

    def compare(self, new: Sequence[Reading], others: Sequence[Reading]) -> list[SharedSide]:
        """Return what the new documents share with the others; without others, with each other.

        What many of these have may come without parts (`SharedSide.described`); two documents alone have them all.
        """
        ordered = sorted((*new, *others), key=lambda each: (each.document.name, each.document.id))
        order = {each.document.id: number for number, each in enumerate(ordered)}
        return list(self.sharing.find_shared(new, others, order=order, new_meet=not others))
