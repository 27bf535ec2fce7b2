"""Finds the cues of a rule file in a text, by their terms and by their regular expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from compliance.analyse.matching.prefilter import find_literals
from compliance.analyse.matching.terms import MISSPELT, TermMatcher
from compliance.guidelines.cues import Cue
from compliance.guidelines.terms import Term
from compliance.records import Evidence, EvidenceKind

CueT = TypeVar("CueT", bound=Cue)
CueT_co = TypeVar("CueT_co", bound=Cue, covariant=True)


@dataclass(frozen=True, slots=True)
class CueMatch(Generic[CueT_co]):
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


class CueMatcher(Generic[CueT]):
    """Finds one rule file's cues. Bokmål and nynorsk are both looked for: plans mix them."""

    def __init__(self, cues: Sequence[CueT]) -> None:
        self._cues = tuple(cues)
        self._by_term: dict[Term, list[CueT]] = {}
        for cue in self._cues:
            for term in cue.terms:
                self._by_term.setdefault(term, []).append(cue)
        self._matcher = TermMatcher(self._by_term)
        # The same pattern stands under bokmål and nynorsk where both write alike: it is tried once.
        unique = {(cue.id, pattern.text): (cue, pattern) for cue in self._cues for pattern in cue.patterns}
        self._patterns = tuple(
            (cue, pattern, tuple(find_literals(pattern.text) or ("",))) for cue, pattern in unique.values()
        )

    def find(self, text: str, sentences: Sequence[tuple[int, int]] = ()) -> list[CueMatch[CueT]]:
        """Return every cue that stands in the text: each term once, each pattern wherever it matches."""
        matches = [
            CueMatch(cue, *match.spans[0], match.term.text, match.quality, match.strong)
            for match in self._matcher.find(text, sentences)
            for cue in self._by_term[match.term]
        ]
        lowered = text.lower()
        matches += [
            CueMatch(cue, *_span_of(hit), pattern.text, 1.0, strong=True)
            for cue, pattern, literals in self._patterns
            if any(literal in lowered for literal in literals)
            for hit in pattern.compiled.finditer(text)
        ]
        return matches


def _span_of(hit: re.Match[str]) -> tuple[int, int]:
    """Return where the pattern's group `name` stands, where it has one that matched; else the whole match."""
    named = hit.re.groupindex.get("name")
    return hit.span("name") if named and hit["name"] else hit.span()
