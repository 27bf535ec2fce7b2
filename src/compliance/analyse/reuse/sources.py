"""The texts of a run: the documents themselves, and what they are held against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.analyse.reuse.age import Age, AgeReader
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Reading, SharedText, SourceKind
from compliance.textreuse.token_hashes import WordIndex, index_words

NATIONAL: Final = ""  # the owner of all national texts


@dataclass(frozen=True, slots=True, eq=False)
class ComparedText:
    """One text with what a reader would want to know of it."""

    text: str
    index: WordIndex
    kind: SourceKind
    id: str  # document id
    name: str
    owner: str  # texts of one owner are never compared: all references, or one municipality's documents
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


def collect_texts(readings: Iterable[Reading], kind: SourceKind, ages: AgeReader) -> list[ComparedText]:
    """Return the readings as texts to compare, in their order.

    National texts have one owner, since they are never compared with each other. So have a municipality's documents: a
    municipality that repeats itself copies nobody. Our own statements of goals are no text of anybody's, and nothing is
    compared with them.
    """
    return [_describe(reading, kind, ages) for reading in readings]


def _describe(reading: Reading, kind: SourceKind, ages: AgeReader) -> ComparedText:
    document, municipality = reading.document, reading.profile.municipality
    if kind is SourceKind.REFERENCE:
        name, owner = document.display_name, NATIONAL
    else:
        name = f"{municipality.value}: {document.name}" if municipality else document.name
        owner = municipality.value if municipality else document.id
    return ComparedText(
        document.text, index_words(document.text), kind, document.id, name, owner, reading, ages.read(reading)
    )


def describe_text(text: ComparedText) -> SharedText:
    """Return whose the text is and how old, without the text."""
    adopted, age = text.reading.profile.adopted, text.age
    value = adopted.value if adopted else None
    return SharedText(text.id, text.owner, text.name, value, age.year, age.draft, len(text.index))


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
