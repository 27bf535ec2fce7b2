"""The texts of a run: the documents themselves, and what they are held against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.guidelines.sets import GuidelineSet
from compliance.records import Language, Reading, SourceKind, parse_date
from compliance.textreuse.token_hashes import WordIndex, index_words


@dataclass(frozen=True, slots=True, eq=False)
class ComparedText:
    """One text with what a reader would want to know of it."""

    text: str
    index: WordIndex
    kind: SourceKind
    id: str  # document id, "<set>:<goal id>"
    name: str
    group: int  # texts of one group are never compared: all references, or one municipality's documents
    reading: Reading | None  # None for guideline texts


def collect_texts(
    readings: Sequence[Reading], *, guidelines: Sequence[GuidelineSet], references: Sequence[Reading]
) -> list[ComparedText]:
    """Return every text of the run, the documents first and in their order.

    National texts make one group, since they are never compared with each other. So do a municipality's documents: a
    municipality that repeats itself copies nobody.
    """
    groups: dict[str, int] = {}
    texts = []
    for reading in readings:
        municipality = reading.profile.municipality
        group = groups.setdefault(municipality.value if municipality else reading.document.id, len(groups) + 1)
        name = f"{municipality.value}: {reading.document.name}" if municipality else reading.document.name
        texts.append(_describe(reading, SourceKind.MUNICIPALITY, name, group))
    texts += [
        _describe(reading, SourceKind.REFERENCE, reading.document.title or reading.document.name, 0)
        for reading in references
    ]
    texts += _guideline_texts(guidelines)
    return texts


def _describe(reading: Reading, kind: SourceKind, name: str, group: int) -> ComparedText:
    document = reading.document
    return ComparedText(document.text, index_words(document.text), kind, document.id, name, group, reading)


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


def _guideline_texts(guidelines: Sequence[GuidelineSet]) -> Iterator[ComparedText]:
    names = name_goals(guidelines)
    for guideline in guidelines:
        for goal in guideline.goals:
            statements = (goal.statement.in_language(language) for language in (Language.NB, Language.NN))
            for statement in dict.fromkeys(statements):
                text_id = f"{guideline.id}:{goal.id}"
                index = index_words(statement)
                yield ComparedText(statement, index, SourceKind.GUIDELINE, text_id, names[text_id], 0, None)


def compare_adoption(one: ComparedText, other: ComparedText) -> int:
    """Return 1 where `one` was adopted later than `other`, -1 where earlier, 0 where the dates do not tell."""
    if one.reading is None or other.reading is None:
        return 0
    adopted, before = one.reading.profile.adopted, other.reading.profile.adopted
    if adopted is None or before is None:
        return 0
    first, second = parse_date(adopted.value), parse_date(before.value)
    return (first > second) - (first < second)


def find_page(source: ComparedText, offset: int) -> int | None:
    """Return the page that a source's character stands on; None where the source has no pages."""
    if source.reading is None or not source.reading.passages:
        return None
    passages = source.reading.passages
    number = max(0, bisect_right(passages, offset, key=lambda passage: passage.start) - 1)
    return passages[number].pages[0]
