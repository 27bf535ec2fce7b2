"""Where a document names the source of wording that it has: in the section or chapter, or for the whole document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.matching.cues import CueMatcher
from compliance.guidelines.cues import OTHER, AttributionCue, AttributionKind, SourceCue
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Evidence, EvidenceKind, Passage, Reading

MENTION_SCORE = 0.5  # a weak sign: the source is named, the words are not given to it
MAX_CHAPTER = 0.5  # share of a document's passages; a heading above more than these is its title


@dataclass(frozen=True, slots=True)
class _Mentions:
    """What one document names, by the number of the passage."""

    sources: dict[int, frozenset[str]]
    declared: dict[str, int]  # source to the first passage that says of the whole document that it repeats it


class SourceMentions:
    """Finds where documents name sources; each document is read once."""

    def __init__(self, guidelines: Sequence[GuidelineSet], rules: Rules) -> None:
        self._sources: CueMatcher[SourceCue] = CueMatcher(rules.sources)
        self._declares: CueMatcher[AttributionCue] = CueMatcher(
            [cue for cue in rules.attribution if cue.kind is AttributionKind.DECLARATION]
        )
        self._names = {each.id: self.name_sources(each.document) | {each.id} for each in guidelines}
        self._read: dict[str, _Mentions] = {}

    def name_sources(self, text: str) -> frozenset[str]:
        """Return the sources that a text names, by what docs/evaluate.md calls them, others by the id of their cue."""
        return frozenset(
            match.cue.id if match.cue.source == OTHER else match.cue.source for match in self._sources.find(text)
        )

    def name_set(self, set_id: str) -> frozenset[str]:
        """Return what the document of a guideline set is called."""
        return self._names.get(set_id, frozenset({set_id}))

    def find_national(self, reading: Reading, number: int, wanted: frozenset[str]) -> tuple[Evidence, ...]:
        """Return where the document names one of the wanted sources around its passage of this number."""
        mentions = self._mentions_of(reading)
        for other in _list_chapter(reading.passages, number):
            if mentions.sources.get(other, frozenset()) & wanted:
                return (_point_at(reading.passages[other]),)
        declared = [mentions.declared[each] for each in sorted(wanted) if each in mentions.declared]
        return (_point_at(reading.passages[min(declared)]),) if declared else ()

    @staticmethod
    def find_municipality(reading: Reading, number: int, name: str) -> tuple[Evidence, ...]:
        """Return where the document names a municipality around its passage of this number, itself left out."""
        pattern = re.compile(rf"\b{re.escape(name)}s?\b")
        for other in _list_chapter(reading.passages, number):
            if other != number and pattern.search(reading.passages[other].text):
                return (_point_at(reading.passages[other]),)
        return ()

    def _mentions_of(self, reading: Reading) -> _Mentions:
        known = self._read.get(reading.document.id)
        if known is None:
            sources, declared = {}, dict[str, int]()
            for number, passage in enumerate(reading.passages):
                named = self.name_sources(passage.text)
                if named:
                    sources[number] = named
                    if self._declares.find(passage.text):
                        declared = dict.fromkeys(named, number) | declared
            known = self._read[reading.document.id] = _Mentions(sources, declared)
        return known


def _list_chapter(passages: Sequence[Passage], number: int) -> list[int]:
    """Return the numbers of a passage's chapter, its own section first; the nearest before it come first."""
    path = passages[number].section
    if not path:
        return []
    chapter = next(
        (path[:depth] for depth in range(1, len(path) + 1) if _share(passages, path[:depth]) <= MAX_CHAPTER), path
    )
    inside = [k for k, passage in enumerate(passages) if _place(passage)[: len(chapter)] == chapter]
    return sorted(inside, key=lambda k: (_place(passages[k]) != path, k > number, abs(k - number)))


def _place(passage: Passage) -> tuple[str, ...]:
    """Return the headings above a passage, a heading's own included."""
    return (*passage.section, passage.text) if passage.level is not None and not passage.marker else passage.section


def _share(passages: Sequence[Passage], path: tuple[str, ...]) -> float:
    return sum(passage.section[: len(path)] == path for passage in passages) / len(passages)


def _point_at(passage: Passage) -> Evidence:
    return Evidence(EvidenceKind.NEIGHBOUR, passage.id, MENTION_SCORE)
