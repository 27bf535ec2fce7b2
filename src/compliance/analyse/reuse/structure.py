"""Documents that are divided as another is: a national strategy's areas in its order, or another plan's headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import LCSseq

from compliance.analyse.matching.cues import CueMatcher
from compliance.analyse.reuse.age import compare_ages, read_age
from compliance.guidelines.cues import StructureCue
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    BlockKind,
    Order,
    Passage,
    Reading,
    SharedText,
    SourceKind,
    StructureMatch,
    TitledHeading,
)
from compliance.text.stems import find_stems

MIN_AREAS = 4  # of a national strategy's five, in its order: three are what any digital plan has
MIN_HEADINGS = 5  # of another plan, in its order
MIN_SHARE = 0.5  # of the headings of the one that has fewer that say something of their own
MAX_HOLDERS = 3  # municipalities with a heading; what more have («Bakgrunn», «Visjon») says nothing
MIN_STEMS = 2  # words that carry content: one is a topic, not a title of somebody's
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?|kapit(?:tel|el) \d+:?|del \d+:?)?\s*", re.IGNORECASE)

Key = tuple[str, ...]  # a heading's stems
Titled = tuple[SharedText, Sequence[TitledHeading]]


class StructureFinder:
    """Compares documents' headings with national strategies' areas."""

    def __init__(self, guidelines: Sequence[GuidelineSet], rules: Rules) -> None:
        self._names = {each.id: each.document for each in guidelines}
        self._areas: CueMatcher[StructureCue] = CueMatcher(rules.structures)
        self._counts: dict[str, set[int]] = defaultdict(set)
        for cue in rules.structures:
            self._counts[cue.source].add(cue.number)

    def find_national(self, reading: Reading) -> Iterator[StructureMatch]:
        """Yield the national strategies whose areas are the document's headings, in their order."""
        headings = _list_headings(reading)
        for source, numbers in self._counts.items():
            found = [
                (match.cue.number, heading)
                for heading in headings
                for match in self._areas.find(heading.text)[:1]
                if match.cue.source == source
            ]
            chain = _longest_rising(found)
            if len(chain) >= MIN_AREAS:
                yield StructureMatch(
                    reading.document.id,
                    SourceKind.GUIDELINE,
                    source,
                    self._names.get(source, source),
                    tuple(heading.id for _, heading in chain),
                    round(len(chain) / len(numbers), 4),
                    Order.NATIONAL,
                )


def compare_plans(
    texts: Sequence[SharedText], headings: Mapping[str, Sequence[TitledHeading]]
) -> dict[str, list[StructureMatch]]:
    """Return the plans of other municipalities whose headings a document has in their order, by the document's id.

    `headings` are those of `list_titles`, by document.
    """
    held = [headings.get(text.document_id, ()) for text in texts]
    titled = _drop_common(held, [text.owner for text in texts])
    matches: dict[str, list[StructureMatch]] = defaultdict(list)
    for one, other in _list_pairs(titled):
        if texts[one].owner == texts[other].owner:
            continue
        later, order = compare_ages(read_age(texts[one]), read_age(texts[other]))
        for holder, source in [(one, other)] * (later >= 0) + [(other, one)] * (later <= 0):
            match = _match_plans((texts[holder], titled[holder]), (texts[source], titled[source]), order=order)
            if match:
                matches[match.document_id].append(match)
    return matches


def list_titles(reading: Reading) -> Iterator[TitledHeading]:
    """Yield the document's headings that say enough to be somebody's."""
    for heading in _list_headings(reading):
        stems = tuple(stem for stem, _, _ in find_stems(_NUMBERING.sub("", heading.text)))
        if len(stems) >= MIN_STEMS:
            yield TitledHeading(heading.id, stems)


def _match_plans(holder: Titled, source: Titled, *, order: Order) -> StructureMatch | None:
    (own, headings), (other, others) = holder, source
    shared = [
        block.src_start + k
        for block in LCSseq.opcodes([each.stems for each in headings], [each.stems for each in others])
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]
    share = len(shared) / min(len(headings), len(others))
    if len(shared) < MIN_HEADINGS or share < MIN_SHARE:
        return None
    ids = tuple(headings[k].passage_id for k in shared)
    kind = SourceKind.MUNICIPALITY
    return StructureMatch(own.document_id, kind, other.document_id, other.name, ids, round(share, 4), order)


def _list_pairs(titled: Sequence[Sequence[TitledHeading]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of documents with at least MIN_HEADINGS headings in common."""
    holders: dict[Key, list[int]] = defaultdict(list)
    for number, headings in enumerate(titled):
        for key in {each.stems for each in headings}:
            holders[key].append(number)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        for k, one in enumerate(numbers):
            for other in numbers[k + 1 :]:
                common[one, other] += 1
    yield from sorted(pair for pair, count in common.items() if count >= MIN_HEADINGS)


def _drop_common(held: Sequence[Sequence[TitledHeading]], owners: Sequence[str]) -> list[list[TitledHeading]]:
    """Return the headings without those that more than MAX_HOLDERS municipalities have."""
    holders: dict[Key, set[str]] = defaultdict(set)
    for headings, owner in zip(held, owners, strict=True):
        for each in headings:
            holders[each.stems].add(owner)
    return [[each for each in headings if len(holders[each.stems]) <= MAX_HOLDERS] for headings in held]


def _longest_rising(found: Sequence[tuple[int, Passage]]) -> list[tuple[int, Passage]]:
    """Return the longest part of the areas found, in the document's order, whose numbers rise."""
    best: list[list[tuple[int, Passage]]] = []
    for number, heading in found:
        before = max((chain for chain in best if chain[-1][0] < number), key=len, default=[])
        best.append([*before, (number, heading)])
    return max(best, key=len, default=[])


def _list_headings(reading: Reading) -> list[Passage]:
    return [passage for passage in reading.passages if passage.kind is BlockKind.HEADING]
