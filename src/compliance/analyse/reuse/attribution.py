"""Does the text say that the words are another's? A judgement of its own, with its reasons.

To say «without a source» of words that have one hurts someone, so every sign counts, and a weak sign makes the
judgement uncertain rather than unattributed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.analyse.cue_matching import CueMatcher
from compliance.guidelines.cues import AttributionCue, AttributionKind, SourceCue
from compliance.guidelines.rules import Rules
from compliance.records import Attribution, BlockKind, Evidence, EvidenceKind, Passage

# Opening and closing marks of every style in use, straight quotes and the wrong way round included.
_QUOTATION = re.compile(r"«[^»]{12,}»|[“”„\"][^“”\"]{12,}[“”\"]|[‘’‚'](?=\w)[^‘’']{12,}[’']|››[^‹]{12,}‹‹|»[^«»]{12,}«")
_MIN_QUOTED = 0.7  # share of a span inside quotation marks; a quotation may leave out the words around it
_UNCERTAIN_SCORE = 0.5
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


@dataclass(frozen=True, slots=True)
class AttributionJudgement:
    """The judgement with the signs it rests on; no signs, no attribution."""

    attribution: Attribution
    evidence: tuple[Evidence, ...]


class AttributionJudge:
    """Looks for signs around a stretch of text."""

    def __init__(self, rules: Rules) -> None:
        self._cues: CueMatcher[AttributionCue] = CueMatcher(
            [cue for cue in rules.attribution if cue.kind in _SIGNS]
        )
        self._voices: CueMatcher[AttributionCue] = CueMatcher(
            [cue for cue in rules.attribution if cue.kind is AttributionKind.VOICE]
        )
        self._sources: CueMatcher[SourceCue] = CueMatcher(rules.sources)

    def judge(self, passage: Passage, start: int, end: int, *, before: Sequence[Passage]) -> AttributionJudgement:
        """Judge the span `start` to `end` (document offsets) of a passage.

        `before` are the passages that introduce it: its list's lead-in, and the passage it follows in its section.
        """
        signs = [
            *_find_quotation(passage, start, end),
            *self._find_in_sentences(passage, start, end),
            *(sign for other in before for sign in self._find_in_lead_in(other)),
            *self._find_in_headings(passage),
        ]
        if passage.boxed:
            signs.append(Evidence(EvidenceKind.RULE, "boxed", _UNCERTAIN_SCORE))
        strongest = max((sign.score for sign in signs), default=0.0)
        if strongest > _UNCERTAIN_SCORE:
            return AttributionJudgement(Attribution.QUOTED, tuple(signs))
        return AttributionJudgement(Attribution.UNCERTAIN if signs else Attribution.UNATTRIBUTED, tuple(signs))

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

    def _find_in_lead_in(self, lead_in: Passage) -> Iterator[Evidence]:
        opens = lead_in.text.rstrip().endswith(":")
        for match in self._cues.find(lead_in.text):
            if match.cue.kind is not AttributionKind.HEADING and (opens or match.cue.kind is AttributionKind.LEAD_IN):
                yield Evidence(EvidenceKind.NEIGHBOUR, lead_in.id, match.quality)
        for _ in self._sources.find(lead_in.text):
            yield Evidence(EvidenceKind.NEIGHBOUR, lead_in.id, 1.0 if opens else _UNCERTAIN_SCORE)

    def _find_in_headings(self, passage: Passage) -> Iterator[Evidence]:
        for heading in passage.section:
            named = [cue for cue in self._cues.find(heading) if cue.cue.kind is AttributionKind.HEADING]
            if named or self._sources.find(heading):
                yield Evidence(EvidenceKind.HEADING, heading, 1.0)


def find_introductions(passages: Sequence[Passage], index: int) -> tuple[Passage, ...]:
    """Return the passages that introduce one: its list's lead-in, else the one before it in the same section."""
    passage = passages[index]
    if passage.lead_in:
        return tuple(other for other in passages if other.id == passage.lead_in)
    previous = passages[index - 1] if index else None
    if previous is None or previous.kind is BlockKind.HEADING or previous.section != passage.section:
        return ()
    return (previous,)


def _find_quotation(passage: Passage, start: int, end: int) -> Iterator[Evidence]:
    for match in _QUOTATION.finditer(passage.text):
        low, high = passage.start + match.start(), passage.start + match.end()
        if min(high, end) - max(low, start) >= _MIN_QUOTED * (end - start):
            yield Evidence(EvidenceKind.RULE, "quotation", 1.0, low, high)


def _sentences_around(passage: Passage, start: int, end: int) -> tuple[int, int]:
    touched = [k for k, (low, high) in enumerate(passage.sentences) if low < end and high > start]
    if not touched:
        return passage.start, passage.end
    first, last = max(0, touched[0] - 1), min(len(passage.sentences) - 1, touched[-1] + 1)
    return passage.sentences[first][0], passage.sentences[last][1]
