"""Documents that are divided as another is: a national strategy's areas in its order, or another plan's headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from compliance.analyse.matching.cues import CueMatcher
from compliance.analyse.reuse.age import AgeReader, compare_ages
from compliance.guidelines.cues import StructureCue
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import BlockKind, Order, Passage, Reading, SourceKind, StructureMatch
from compliance.text.stems import find_stems

MIN_AREAS = 4  # of a national strategy's five, in its order: three are what any digital plan has
MIN_HEADINGS = 5  # of another plan, in its order
MIN_SHARE = 0.5  # of the headings of the one that has fewer that say something of their own
MAX_HOLDERS = 3  # municipalities with a heading; what more have («Bakgrunn», «Visjon») says nothing
MIN_STEMS = 2  # words that carry content: one is a topic, not a title of somebody's
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?|kapit(?:tel|el) \d+:?|del \d+:?)?\s*", re.IGNORECASE)

Key = tuple[str, ...]  # a heading's stems


class StructureFinder:
    """Compares documents' headings with national strategies' areas and with each other's."""

    def __init__(self, guidelines: Sequence[GuidelineSet], rules: Rules) -> None:
        self._names = {each.id: each.document for each in guidelines}
        self._areas: CueMatcher[StructureCue] = CueMatcher(rules.structures)
        self._counts: dict[str, set[int]] = defaultdict(set)
        for cue in rules.structures:
            self._counts[cue.source].add(cue.number)
        self._ages = AgeReader(rules)

    def find(self, readings: Sequence[Reading]) -> list[StructureMatch]:
        """Return the matches by document: national strategies first, then plans of other municipalities."""
        plans = self._compare_plans(readings)
        return [
            match
            for reading in readings
            for match in (*self._find_national(reading), *plans.get(reading.document.id, ()))
        ]

    def _find_national(self, reading: Reading) -> Iterator[StructureMatch]:
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

    def _compare_plans(self, readings: Sequence[Reading]) -> dict[str, list[StructureMatch]]:
        keyed = [[(key, each) for each in _list_headings(reading) if (key := _read_key(each))] for reading in readings]
        keyed = _drop_common(keyed, [_owner(reading) for reading in readings])
        matches: dict[str, list[StructureMatch]] = defaultdict(list)
        for one, other in _list_pairs(keyed):
            if _owner(readings[one]) == _owner(readings[other]):
                continue
            later, order = compare_ages(self._ages.read(readings[one]), self._ages.read(readings[other]))
            for holder, source in [(one, other)] * (later >= 0) + [(other, one)] * (later <= 0):
                match = _match_plans(readings[holder], keyed[holder], readings[source], keyed[source], order=order)
                if match:
                    matches[match.document_id].append(match)
        return matches


def _match_plans(
    holder: Reading,
    headings: Sequence[tuple[Key, Passage]],
    source: Reading,
    others: Sequence[tuple[Key, Passage]],
    *,
    order: Order,
) -> StructureMatch | None:
    shared = [
        block.src_start + k
        for block in LCSseq.opcodes([key for key, _ in headings], [key for key, _ in others])
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]
    share = len(shared) / min(len(headings), len(others))
    if len(shared) < MIN_HEADINGS or share < MIN_SHARE:
        return None
    name = f"{_owner(source)}: {source.document.name}"
    ids = tuple(headings[k][1].id for k in shared)
    document_id, source_id = holder.document.id, source.document.id
    return StructureMatch(document_id, SourceKind.MUNICIPALITY, source_id, name, ids, round(share, 4), order)


def _list_pairs(keyed: Sequence[Sequence[tuple[Key, Passage]]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of documents with at least MIN_HEADINGS headings in common."""
    holders: dict[Key, list[int]] = defaultdict(list)
    for number, headings in enumerate(keyed):
        for key in {key for key, _ in headings}:
            holders[key].append(number)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        for k, one in enumerate(numbers):
            for other in numbers[k + 1 :]:
                common[one, other] += 1
    yield from sorted(pair for pair, count in common.items() if count >= MIN_HEADINGS)


def _drop_common(
    keyed: Sequence[Sequence[tuple[Key, Passage]]], owners: Sequence[str]
) -> list[list[tuple[Key, Passage]]]:
    """Return the headings without those that more than MAX_HOLDERS municipalities have."""
    holders: dict[Key, set[str]] = defaultdict(set)
    for headings, owner in zip(keyed, owners, strict=True):
        for key, _ in headings:
            holders[key].add(owner)
    return [[each for each in headings if len(holders[each[0]]) <= MAX_HOLDERS] for headings in keyed]


def _longest_rising(found: Sequence[tuple[int, Passage]]) -> list[tuple[int, Passage]]:
    """Return the longest part of the areas found, in the document's order, whose numbers rise."""
    best: list[list[tuple[int, Passage]]] = []
    for number, heading in found:
        before = max((chain for chain in best if chain[-1][0] < number), key=len, default=[])
        best.append([*before, (number, heading)])
    return max(best, key=len, default=[])


def _list_headings(reading: Reading) -> list[Passage]:
    return [passage for passage in reading.passages if passage.kind is BlockKind.HEADING]


def _read_key(heading: Passage) -> Key | None:
    stems = tuple(stem for stem, _, _ in find_stems(_NUMBERING.sub("", heading.text)))
    return stems if len(stems) >= MIN_STEMS else None


def _owner(reading: Reading) -> str:
    return reading.profile.municipality.value if reading.profile.municipality else reading.document.name
