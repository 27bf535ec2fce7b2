"""The texts of a run: the documents themselves, and what they are held against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.reuse.age import Age, AgeReader
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Reading, SourceKind
from compliance.textreuse.token_hashes import WordIndex, index_words


@dataclass(frozen=True, slots=True, eq=False)
class ComparedText:
    """One text with what a reader would want to know of it."""

    text: str
    index: WordIndex
    kind: SourceKind
    id: str  # document id
    name: str
    group: int  # texts of one group are never compared: all references, or one municipality's documents
    reading: Reading
    age: Age

    @property
    def municipality(self) -> str | None:
        """Return the name of the municipality that the text is of."""
        named = self.reading.profile.municipality
        return named.value if named and self.kind is SourceKind.MUNICIPALITY else None

    def find_characters(self, words: tuple[int, int]) -> tuple[int, int]:
        """Return the half-open range of characters of a range of words, which is not empty."""
        return int(self.index.starts[words[0]]), int(self.index.ends[words[1] - 1])


def collect_texts(readings: Sequence[Reading], *, references: Sequence[Reading], ages: AgeReader) -> list[ComparedText]:
    """Return every text of the run, the documents first and in their order.

    National texts make one group, since they are never compared with each other. So do a municipality's documents: a
    municipality that repeats itself copies nobody. Our own statements of goals are no text of anybody's, and nothing is
    compared with them.
    """
    groups: dict[str, int] = {}
    texts = []
    for reading in readings:
        municipality = reading.profile.municipality
        group = groups.setdefault(municipality.value if municipality else reading.document.id, len(groups) + 1)
        name = f"{municipality.value}: {reading.document.name}" if municipality else reading.document.name
        texts.append(_describe(reading, SourceKind.MUNICIPALITY, (name, group), ages))
    texts += [
        _describe(reading, SourceKind.REFERENCE, (reading.document.display_name, 0), ages) for reading in references
    ]
    return texts


def _describe(reading: Reading, kind: SourceKind, named: tuple[str, int], ages: AgeReader) -> ComparedText:
    document, (name, group) = reading.document, named
    index, age = index_words(document.text), ages.read(reading)
    return ComparedText(document.text, index, kind, document.id, name, group, reading, age)


def name_goals(guidelines: Sequence[GuidelineSet]) -> dict[str, str]:
    """Return what a reader would call each goal and theme, by "<set>:<goal id>"."""
    return {
        f"{guideline.id}:{each_id}": f"{guideline.document}: {title.nb}"
        for guideline in guidelines
        for each_id, title in [
            *((theme.id, theme.title) for theme in guideline.themes),
            *((goal.id, goal.title) for goal in guideline.goals),
        ]
    }


def find_page(source: ComparedText, offset: int) -> int | None:
    """Return the page that a source's character stands on; None where the source has no pages."""
    passages = source.reading.passages
    if not passages:
        return None
    number = max(0, bisect_right(passages, offset, key=lambda passage: passage.start) - 1)
    return passages[number].pages[0]
