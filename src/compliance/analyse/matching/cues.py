"""Finds the cues of a rule file in a text, by their terms and by their regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar, cast

from compliance.analyse.matching.forms import MISSPELT
from compliance.analyse.matching.prefilter import Prefilter
from compliance.analyse.matching.terms import Match, TermIndex
from compliance.guidelines.cues import Cue, Pattern
from compliance.guidelines.terms import Term
from compliance.records import Evidence, EvidenceKind

_KEPT = 4096  # texts that a matcher remembers: headings and lead-ins are asked about once for each passage under them

CueT = TypeVar("CueT", bound=Cue)
CueT_co = TypeVar("CueT_co", bound=Cue, covariant=True)


class CueMatch(NamedTuple, Generic[CueT_co]):
    """A cue found in a text, with the offsets of the words that gave it away."""

    cue: CueT_co
    start: int
    end: int
    wording: str  # the term or pattern of the rule file
    quality: float  # 0 to 1: 1 as the rule file writes it
    strong: bool

    def as_evidence(self, offset: int, *, against: bool = False) -> Evidence:
        """Return the match as evidence; `offset` is where the text begins in the document."""
        kind = EvidenceKind.FUZZY if self.quality <= MISSPELT else EvidenceKind.RULE
        return Evidence(kind, self.cue.id, self.quality, offset + self.start, offset + self.end, against)


class CueIndex:
    """Finds the cues of several vocabularies, and the terms of others, in one pass over a text."""

    def __init__(
        self,
        cues: Mapping[str, Sequence[Cue]],
        terms: Mapping[str, Sequence[Term]] | None = None,
        *,
        sentences_only: Sequence[str] = (),
    ) -> None:
        self.by_term: dict[str, dict[Term, list[Cue]]] = {name: {} for name in cues}
        for name, members in cues.items():
            for cue in members:
                for term in cue.terms:
                    self.by_term[name].setdefault(term, []).append(cue)
        self._terms = TermIndex({**self.by_term, **(terms or {})}, sentences_only=sentences_only)
        self.patterns: list[tuple[str, Cue, Pattern]] = []
        for name, members in cues.items():
            # The same pattern is there for bokmål and nynorsk where both write alike: it is tried once.
            unique = {(cue.id, pattern.text): (cue, pattern) for cue in members for pattern in cue.patterns}
            self.patterns += [(name, cue, pattern) for cue, pattern in unique.values()]
        self._prefilter = Prefilter(pattern.literals for _, _, pattern in self.patterns)

    def find(self, text: str, sentences: Sequence[tuple[int, int]] = ()) -> FoundCues:
        """Return what is in the text, of which a vocabulary's patterns are tried when it is asked for."""
        terms = self._terms.find(text, sentences)
        likely: dict[str, list[int]] = {}
        for number in self._prefilter.list_likely(text):
            likely.setdefault(self.patterns[number][0], []).append(number)
        return FoundCues(self, text, terms, likely)


@dataclass(frozen=True, slots=True)
class FoundCues:
    """What an index finds in one text."""

    index: CueIndex
    text: str
    terms: Mapping[str, Sequence[Match]]  # by vocabulary; one of which nothing is there is left out
    likely: Mapping[str, Sequence[int]]  # patterns that the text may match, by vocabulary

    def list_cues(self, name: str) -> list[CueMatch[Cue]]:
        """Return the cues of a vocabulary: each term once, then each pattern wherever it matches."""
        by_term = self.index.by_term[name]
        found = [
            CueMatch(cue, *match.spans[0], match.term.text, match.quality, match.strong)
            for match in self.terms.get(name, ())
            for cue in by_term[match.term]
        ]
        for number in self.likely.get(name, ()):
            _, cue, pattern = self.index.patterns[number]
            hits = pattern.compiled.finditer(self.text)
            found += [CueMatch(cue, *_span_of(hit), pattern.text, 1.0, strong=True) for hit in hits]
        return found


class CueMatcher(Generic[CueT]):
    """Finds one rule file's cues. Bokmål and nynorsk are both looked for: plans mix them. Remembers recent texts."""

    def __init__(self, cues: Sequence[CueT]) -> None:
        self._index = CueIndex({"": cues})
        self._find_kept = lru_cache(maxsize=_KEPT)(self._find)

    def find(self, text: str, sentences: Sequence[tuple[int, int]] = ()) -> Sequence[CueMatch[CueT]]:
        """Return every cue that is in the text: each term once, each pattern wherever it matches."""
        return self._find_kept(text, tuple(sentences))

    def _find(self, text: str, sentences: tuple[tuple[int, int], ...]) -> tuple[CueMatch[CueT], ...]:
        return cast("tuple[CueMatch[CueT], ...]", tuple(self._index.find(text, sentences).list_cues("")))


def _span_of(hit: re.Match[str]) -> tuple[int, int]:
    """Return where the pattern's group `name` stands, where it has one that matched; else the whole match."""
    named = hit.re.groupindex.get("name")
    return hit.span("name") if named and hit["name"] else hit.span()
