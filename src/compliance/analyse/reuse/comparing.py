"""A block of documents compared: what each says alone, and what it shares with others. Alike wherever it is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from compliance.analyse.reuse.prose import describe_prose
from compliance.analyse.reuse.relations import RelationReader
from compliance.analyse.reuse.sharing import Pair, SharingFinder
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

        What very many of these have is not described (`SharedSide.described`).
        """
        return list(self.sharing.find_shared(new, others, order=_order(new, others), new_meet=not others))

    def describe_pairs(
        self, new: Sequence[Reading], others: Sequence[Reading], pairs: Collection[Pair]
    ) -> list[SharedSide]:
        """Return all that the first document of each pair, a new one, shares with the second, described."""
        return list(self.sharing.describe_pairs(new, others, order=_order(new, others), pairs=pairs))


def _order(*readings: Sequence[Reading]) -> dict[str, int]:
    """Return the documents' numbers in an order that no others change: by name."""
    ordered = sorted((each.document for some in readings for each in some), key=lambda each: (each.name, each.id))
    return {document.id: number for number, document in enumerate(ordered)}
