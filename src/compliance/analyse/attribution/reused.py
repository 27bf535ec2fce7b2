"""Does the text say that the words are another's? A judgement of its own, with its reasons.

To say «without a source» of words that have one hurts someone, so every sign counts, and a weak sign makes the
judgement uncertain rather than unattributed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.analyse.attribution.quotations import find_quotations
from compliance.analyse.matching.cues import CueMatcher
from compliance.guidelines.cues import AttributionCue, AttributionKind, SourceCue
from compliance.guidelines.rules import Rules
from compliance.records import Attribution, BlockKind, Evidence, EvidenceCode, EvidenceKind, Passage

_MIN_QUOTED = 0.7  # share of a span inside quotation marks; a quotation may leave out the words around it
_UNCERTAIN_SCORE = 0.5
_MAX_LEAD_INS = 3  # a list in a list in a list
_FROM = re.compile(r"\W*fr[aå]\s", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.!?]\W*$")
_NEAR = 20  # characters after «Fra» where the source's name begins
_NOTE_MARK = re.compile(r"(?<=[^\W\d_»”\".,)])\d{1,2}(?=\W|$)|(?<=[»”\".,)])\d{1,2}(?=\s|[.,]|$)")
_SIGNS = frozenset(
    {
        AttributionKind.MARKER,
        AttributionKind.LEAD_IN,
        AttributionKind.HEADING,
        AttributionKind.REFERENCE,
        AttributionKind.REPORT,
        AttributionKind.SOURCE_LINE,
    }
)
_HEADING_SIGNS = frozenset({AttributionKind.HEADING, AttributionKind.LEAD_IN})


@dataclass(frozen=True, slots=True)
class AttributionJudgement:
    """The judgement with the signs it rests on; no signs, no attribution."""

    attribution: Attribution
    evidence: tuple[Evidence, ...]


class AttributionJudge:
    """Looks for signs around a stretch of text."""

    def __init__(self, rules: Rules) -> None:
        self._cues: CueMatcher[AttributionCue] = CueMatcher([cue for cue in rules.attribution if cue.kind in _SIGNS])
        self._own: CueMatcher[AttributionCue] = CueMatcher(
            [cue for cue in rules.attribution if cue.kind is AttributionKind.OWN_VOICE]
        )
        self._voices: CueMatcher[AttributionCue] = CueMatcher(
            [cue for cue in rules.attribution if cue.kind is AttributionKind.VOICE]
        )
        self._sources: CueMatcher[SourceCue] = CueMatcher(rules.sources)

    def judge(
        self,
        passage: Passage,
        span: tuple[int, int],
        *,
        before: Sequence[Passage],
        source: str | None = None,
        mentions: Sequence[Evidence] = (),
    ) -> AttributionJudgement:
        """Judge a span (document offsets) of a passage.

        `before` are the passages that introduce it or explain it: its list's lead-in, the passage it follows in its
        section, its footnotes. `source` is the municipality whose words they may be, `mentions` where the source is
        named farther away.
        """
        start, end = span
        own = bool(self._own.find(passage.text[max(0, start - passage.start) : end - passage.start]))
        named = source is not None and self.names(source, passage, start, end, before=before)
        signs = [
            *([Evidence(EvidenceKind.RULE, "", 1.0, code=EvidenceCode.NAMED_SOURCE)] if named else []),
            *_find_quotation(passage, start, end),
            *self._find_in_sentences(passage, start, end),
            *(sign for other in before for sign in self._find_in_other(other)),
            *self._find_in_headings(passage, own=own),
            *mentions,
        ]
        if passage.boxed:
            signs.append(Evidence(EvidenceKind.RULE, "", _UNCERTAIN_SCORE, code=EvidenceCode.BOXED))
        strongest = max((sign.score for sign in signs), default=0.0)
        if strongest > _UNCERTAIN_SCORE:
            return AttributionJudgement(Attribution.QUOTED, tuple(signs))
        return AttributionJudgement(Attribution.UNCERTAIN if signs else Attribution.UNATTRIBUTED, tuple(signs))

    def names(self, source: str, passage: Passage, start: int, end: int, *, before: Sequence[Passage]) -> bool:
        """Tell whether the text gives the span to the municipality `source`, rather than only mention it.

        It does where the name is outside the span, in its sentences or in what introduces it, with words that give what
        follows to someone; a name inside the span may be the source's own, left standing.
        """
        name = re.compile(rf"\b{re.escape(source)}s?\b")
        low, high = _sentences_around(passage, start, end)
        around = (
            passage.text[low - passage.start : start - passage.start],
            passage.text[end - passage.start :][: high - end],
        )
        if any(name.search(text) for text in around):
            quoted = next(_find_quotation(passage, start, end), None) is not None
            return quoted or any(self._gives(text) for text in around)
        return any(name.search(other.text) and self._introduces(other) for other in before)

    def _gives(self, text: str) -> bool:
        return any(match.cue.kind is not AttributionKind.HEADING for match in self._cues.find(text))

    @staticmethod
    def _introduces(other: Passage) -> bool:
        return other.text.rstrip().endswith(":") or other.kind is BlockKind.FOOTNOTE or bool(_FROM.match(other.text))

    def _find_in_sentences(self, passage: Passage, start: int, end: int) -> Iterator[Evidence]:
        """Find signs in the sentences that the span touches, and in their neighbours on either side."""
        near = _sentences_around(passage, start, end)
        text = passage.text[near[0] - passage.start : near[1] - passage.start]
        for match in self._cues.find(text):
            if match.cue.kind is not AttributionKind.HEADING:
                yield match.as_evidence(near[0])
        voices = [(voice.start, voice.end) for voice in self._voices.find(text)]
        for source in self._sources.find(text):
            if not any(low < source.end and source.start < high for low, high in voices):
                yield replace(source.as_evidence(near[0]), score=_UNCERTAIN_SCORE)

    def _find_in_other(self, other: Passage) -> Iterator[Evidence]:
        """Find signs in a lead-in or a footnote; a paragraph before that only names a source is a weak one."""
        opens = other.text.rstrip().endswith(":") or other.kind is BlockKind.FOOTNOTE or self._says_from(other.text)
        for match in self._cues.find(other.text):
            if match.cue.kind is not AttributionKind.HEADING and (opens or match.cue.kind is AttributionKind.LEAD_IN):
                yield Evidence(EvidenceKind.NEIGHBOUR, other.id, match.quality)
        for _ in self._sources.find(other.text):
            yield Evidence(EvidenceKind.NEIGHBOUR, other.id, 1.0 if opens else _UNCERTAIN_SCORE)

    def _says_from(self, text: str) -> bool:
        """Tell a line that gives what follows to a source: «Fra KS' strategi», not «Fra KS har vi fått hjelp.»."""
        opening = _FROM.match(text)
        if opening is None or _FULL_STOP.search(text):
            return False
        return any(source.start <= opening.end() + _NEAR for source in self._sources.find(text))

    def _find_in_headings(self, passage: Passage, *, own: bool) -> Iterator[Evidence]:
        """Find headings that name a source.

        One that only promises national guidance is a weak sign, and so is any where the words speak for the
        municipality itself: it has made them its own.
        """
        for heading in passage.section:
            named = bool(self._sources.find(heading))
            cues = [match for match in self._cues.find(heading) if match.cue.kind in _HEADING_SIGNS]
            if named or cues:
                yield Evidence(EvidenceKind.HEADING, heading, 1.0 if named and not own else _UNCERTAIN_SCORE)


def find_introductions(passages: Sequence[Passage], index: int) -> tuple[Passage, ...]:
    """Return what introduces or explains a passage: its lead-ins, else the one before it; and its footnotes."""
    passage = passages[index]
    return (*(_find_lead_ins(passages, index) or _find_previous(passages, index)), *_find_notes(passages, passage))


def _find_lead_ins(passages: Sequence[Passage], index: int) -> list[Passage]:
    """Return the passage that introduces the list, and the one that introduces that one's list."""
    found: list[Passage] = []
    wanted = passages[index].lead_in
    for other in reversed(passages[:index]):
        if wanted is None or len(found) == _MAX_LEAD_INS:
            break
        if other.id == wanted:
            found.append(other)
            wanted = other.lead_in
    return found


def _find_previous(passages: Sequence[Passage], index: int) -> list[Passage]:
    passage, previous = passages[index], passages[index - 1] if index else None
    if previous is None or previous.kind is BlockKind.HEADING or previous.section != passage.section:
        return []
    return [previous]


def _find_notes(passages: Sequence[Passage], passage: Passage) -> Iterator[Passage]:
    """Yield the footnotes whose marks stand in the passage."""
    marks = set(_NOTE_MARK.findall(passage.text))
    for other in passages if marks else ():
        if other.kind is BlockKind.FOOTNOTE and set(other.pages) & set(passage.pages):
            mark = (other.marker or other.text.split(maxsplit=1)[0]).strip("[]().")
            if mark in marks:
                yield other


def _find_quotation(passage: Passage, start: int, end: int) -> Iterator[Evidence]:
    for quotation in find_quotations(passage.text):
        low, high = passage.start + quotation.start, passage.start + quotation.end
        if min(high, end) - max(low, start) >= _MIN_QUOTED * (end - start):
            yield Evidence(EvidenceKind.RULE, "", 1.0, low, high, code=EvidenceCode.QUOTATION)


def _sentences_around(passage: Passage, start: int, end: int) -> tuple[int, int]:
    touched = [k for k, (low, high) in enumerate(passage.sentences) if low < end and high > start]
    if not touched:
        return passage.start, passage.end
    first, last = max(0, touched[0] - 1), min(len(passage.sentences) - 1, touched[-1] + 1)
    return passage.sentences[first][0], passage.sentences[last][1]
