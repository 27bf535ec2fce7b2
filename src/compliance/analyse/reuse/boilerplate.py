"""Wording that everyone shares, and that therefore says nothing about copying: labelled, never dropped."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.analyse.cue_matching import CueMatcher
from compliance.guidelines.cues import BoilerplateCue
from compliance.records import Evidence, EvidenceKind

# A wording that at least this many other municipalities have is a template or a phrase of the trade, whoever began it.
MIN_SHARERS = 4


class BoilerplateJudge:
    """Tells boilerplate by rules and by how many share it."""

    def __init__(self, cues: Sequence[BoilerplateCue]) -> None:
        self._cues: CueMatcher[BoilerplateCue] = CueMatcher(cues)

    def judge(self, text: str, start: int, *, sharers: int) -> tuple[Evidence, ...]:
        """Return why the stretch `text`, at document offset `start`, is boilerplate; empty where it is not.

        `sharers` is how many other municipalities of the run have the same wording.
        """
        evidence = [match.as_evidence(start) for match in self._cues.find(text)]
        if sharers >= MIN_SHARERS:
            evidence.append(Evidence(EvidenceKind.RULE, f"shared_by_{sharers}", 1.0))
        return tuple(evidence)
