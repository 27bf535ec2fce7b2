"""Wording that everyone shares, and that therefore says nothing about copying: labelled, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.guidelines.cues import BoilerplateCue
from compliance.records import Evidence, EvidenceCode, EvidenceKind

# A wording that at least this many other municipalities have is a template or a phrase of the trade, whoever began it.
MIN_SHARERS = 4
# Share of a stretch in sentences that rules know. A long copied passage that names a law once is still copied.
MIN_KNOWN = 0.5
_SENTENCE = re.compile(r"\S.*?(?:[.!?:;](?=\s)|$)", re.DOTALL)


def judge_custom(sharers: int) -> tuple[Evidence, ...]:
    """Return why wording that so many other municipalities of the run have is custom; empty where it is not."""
    if sharers < MIN_SHARERS:
        return ()
    return (Evidence(EvidenceKind.RULE, str(sharers), 1.0, code=EvidenceCode.SHARED_BY),)


class BoilerplateJudge:
    """Tells boilerplate by rules."""

    def __init__(self, cues: Sequence[BoilerplateCue]) -> None:
        self._cues: CueMatcher[BoilerplateCue] = CueMatcher(cues)

    def judge(self, text: str, start: int, *, sharers: int) -> tuple[Evidence, ...]:
        """Return why the stretch `text`, at document offset `start`, is boilerplate; empty where it is not.

        `sharers` is how many other municipalities of the run have the same wording.
        """
        return (*self.find_known(text, start), *judge_custom(sharers))

    def find_known(self, text: str, start: int) -> tuple[Evidence, ...]:
        """Return the rules that know the stretch; empty where they know too little of it."""
        matches = self._cues.find(text)
        known = sum(high - low for low, high in _find_known(text, matches))
        if known < MIN_KNOWN * len(text):
            return ()
        return tuple(dict.fromkeys(match.as_evidence(start) for match in matches))


def _find_known(text: str, matches: Sequence[CueMatch[BoilerplateCue]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences that a rule knows."""
    for sentence in _SENTENCE.finditer(text):
        low, high = sentence.span()
        if any(match.start < high and low < match.end for match in matches):
            yield low, high
