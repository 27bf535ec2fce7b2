"""How a run's documents stand to others beside shared wording: citations, structure, what they were compared with."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.analyse.reuse.citations import CitationReader
from compliance.analyse.reuse.structure import StructureFinder
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Comparison, Reading, Relations


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
    citations = CitationReader(rules)
    owners = [reading.profile.municipality.value if reading.profile.municipality else None for reading in readings]
    return Relations(
        citations=tuple(each for reading in readings for each in citations.read(reading)),
        structures=tuple(StructureFinder(guidelines, rules).find(readings)),
        comparisons=tuple(
            Comparison(
                reading.document.id,
                sum(other is None or other != owner for other in owners) - (owner is None),
                references,
                official_sentences,
            )
            for reading, owner in zip(readings, owners, strict=True)
        ),
    )
