"""The signs in one passage that its words are another's: sources named, quotation marks, cues, its place on the page.

Shapes are read from the text as well as from the passage's kind, since not every file says what is a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.analyse.attribution.quotations import Quotation, find_quotations
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import OTHER, AttributionCue, AttributionKind, SourceCue
from compliance.guidelines.rules import Rules
from compliance.records import BlockKind, Passage

MIN_QUOTED_WORDS = 7  # between quotation marks; fewer are names and terms of the trade
MAX_TITLE_WORDS = 14  # a longer line is no heading
MAX_ROW_WORDS = 25

NAMED_TITLE = re.compile(r"^\W*(?:\S+\s+){1,8}\((?P<source>[^()]{2,40})\)\s+(?=[A-ZÆØÅ](?:\S+\s+){9})")
FROM = re.compile(r"^\W*fr[aå]\s", re.IGNORECASE)
# «Hva er e-helse?», also behind a heading; «Hva er planprogrammet?» and «Hva er vår visjon?» the plan answers itself.
_OF_ONES_OWN = r"(?:plan|strategi|budsjett|\bmål|visjon|verdi|kommune|\bvår|\bvi\b)"
QUESTION = re.compile(rf"^.{{0,80}}?\b(?:hva|kva) er (?![^?]*{_OF_ONES_OWN})[^?.:]{{2,60}}\?", re.IGNORECASE)

_JUDGEMENT = re.compile(r"\ber (?:effekt|verknad|virkning|årsak|grunn|forskjell|skilnad|poeng|nytte)\w*", re.IGNORECASE)

_BULLET = re.compile(r"^\s*(?:[•·▪■➢–−-]|[\ue000-\uf8ff]|o\s|[a-zæøå][.)]\s|[0-9]{1,2}\)\s|```)")
_NUMBERED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_]")
_CLOSING = (".", ":", ";", ",", "!", "»", "”", '"')
_DOCUMENT = re.compile(
    r"strategi|agenda|meld\.|nou\s|rundskriv|prinsipp|digital offentle?i?g sektor|referansekatalog", re.IGNORECASE
)
_NEAR = 40  # characters after a body's name where its document is named


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source that a text names, and where its name stands."""

    source: str
    speaks_for_all: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signs:
    """What one passage shows; `own` where the municipality itself speaks."""

    cues: Mapping[AttributionKind, CueMatch[AttributionCue]]
    named: NamedSource | None
    quotation: Quotation | None  # the longest of at least seven words
    own: bool

    def __contains__(self, kind: AttributionKind) -> bool:
        """Tell whether a cue of this kind stands in the passage."""
        return kind in self.cues


class SignReader:
    """Reads the signs of passages by the rule files."""

    def __init__(self, rules: Rules, scanner: Scanner) -> None:
        self._scanner = scanner
        self._order = order_sources(rules.sources)

    def read(self, text: str, *, municipality: str | None) -> Signs:
        """Return the signs in a passage of the municipality's document."""
        cues: dict[AttributionKind, CueMatch[AttributionCue]] = {}
        for match in self._scanner.scan(text).attribution:
            cues.setdefault(match.cue.kind, match)
        own = AttributionKind.OWN_VOICE in cues or names_place(text, municipality)
        return Signs(cues, self.find_source(text), _find_longest(text), own)

    def knows(self, source: str) -> bool:
        """Tell whether the rule files have a source of this id."""
        return source in self._order

    def find_source(self, text: str) -> NamedSource | None:
        """Return the source that the text names; a strategy or report counts before the body that made it."""
        found = [
            NamedSource(match.cue.source, match.cue.speaks_for_all, match.start, match.end)
            for match in self._scanner.scan(text).sources
        ]
        return min(found, key=lambda each: (self._order[each.source], -each.end), default=None)

    def find_document(self, text: str) -> NamedSource | None:
        """Return the source that the text names as a document: «KS' strategi», not «strategi for møter med KS»."""
        named = self.find_source(text)
        return named if named and _DOCUMENT.search(text, named.start, named.end + _NEAR) else None


def order_sources(cues: Sequence[SourceCue]) -> dict[str, int]:
    """Return the rank of each source: as the rule files list them, OTHER last."""
    named = [cue.source for cue in cues if cue.source != OTHER]
    return {source: rank for rank, source in enumerate([*dict.fromkeys(named), OTHER])}


def find_question(text: str, named: NamedSource | None) -> re.Match[str] | None:
    """Return the question that the text answers in another's words: «Hva er e-helse?» asks for a definition.

    «Hva er effekten av X?» asks for a judgement, which is another's only where a source stands before the question.
    """
    asked = QUESTION.match(text)
    if asked is None or not _JUDGEMENT.search(asked.group()):
        return asked
    return asked if named and named.start < asked.end() else None


def names_place(text: str, municipality: str | None) -> bool:
    """Tell whether the text names the municipality: «Hol» and «Hols», not «Holdning»."""
    return municipality is not None and re.search(rf"\b{re.escape(municipality)}s?\b", text) is not None


def opens_chapter(passage: Passage) -> bool:
    """Tell whether a heading is certainly one, by its kind or its number."""
    return passage.kind is BlockKind.HEADING or bool(_NUMBERED.match(passage.text))


def is_item(passage: Passage) -> bool:
    """Tell a list item or table row, also where the file does not say."""
    return passage.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW} or bool(_BULLET.match(passage.text))


def find_rows_above(passages: Sequence[Passage], index: int) -> range:
    """Return the short passages of one shape right above one: the list or table that it may be the source of.

    Rows with figures are no wording, and end it.
    """
    first = index
    while first > 0 and _is_row(passages[first - 1]) and _shape(passages[first - 1]) == _shape(passages[index - 1]):
        first -= 1
    return range(first, index)


def _is_row(passage: Passage) -> bool:
    few = len(passage.text.split()) <= MAX_ROW_WORDS
    return few and passage.kind is not BlockKind.HEADING and not any(map(str.isdigit, passage.text))


def _shape(passage: Passage) -> tuple[BlockKind, bool]:
    return passage.kind, is_item(passage)


def _find_longest(text: str) -> Quotation | None:
    found = [each for each in find_quotations(text) if len(each.text.split()) >= MIN_QUOTED_WORDS]
    return max(found, key=lambda each: each.end - each.start, default=None)
