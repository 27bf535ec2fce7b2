"""How a run's documents stand to others beside shared wording: citations, structure, what they were compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compliance.analyse.reuse.age import AgeReader
from compliance.analyse.reuse.citations import CitationReader
from compliance.analyse.reuse.sources import collect_texts, describe_text
from compliance.analyse.reuse.structure import StructureFinder, compare_plans, list_titles
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Citation,
    Comparison,
    Reading,
    Relations,
    SharedText,
    SourceKind,
    StructureMatch,
)


class RelationReader:
    """Reads what one document says of national documents: those it cites, and whose structure it has."""

    def __init__(self, guidelines: Sequence[GuidelineSet], rules: Rules) -> None:
        self._citations, self._structures = CitationReader(rules), StructureFinder(guidelines, rules)

    def read(self, reading: Reading) -> tuple[list[Citation], list[StructureMatch]]:
        """Return the citations in the document's order, and the strategies that it is divided as."""
        return list(self._citations.read(reading)), list(self._structures.find_national(reading))


def find_relations(
    readings: Sequence[Reading],
    *,
    references: int,
    official_sentences: int,
    guidelines: Sequence[GuidelineSet],
    rules: Rules,
) -> Relations:
    """Return the relations of all documents, in their order.

    `references` is how many national documents they are compared with in full, `official_sentences` how many sentences
    are known by fingerprints.
    """
    reader = RelationReader(guidelines, rules)
    texts = [describe_text(text) for text in collect_texts(readings, SourceKind.MUNICIPALITY, AgeReader(rules))]
    read = [reader.read(reading) for reading in readings]
    plans = compare_plans(texts, {reading.document.id: tuple(list_titles(reading)) for reading in readings})
    return Relations(
        citations=tuple(each for citations, _ in read for each in citations),
        structures=tuple(
            match
            for text, (_, national) in zip(texts, read, strict=True)
            for match in (*national, *plans.get(text.document_id, ()))
        ),
        comparisons=count_comparisons(texts, references=references, official_sentences=official_sentences),
    )


def count_comparisons(
    texts: Sequence[SharedText], *, references: int, official_sentences: int
) -> tuple[Comparison, ...]:
    """Return what each document was compared with: all but its owner's."""
    owned = Counter(text.owner for text in texts)
    return tuple(
        Comparison(text.document_id, len(texts) - owned[text.owner], references, official_sentences) for text in texts
    )
