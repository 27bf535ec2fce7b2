"""Which eGovWSF elements each passage gives evidence of: at most three, the most central first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.analyser import Scope
from compliance.analyse.context import Place, outline_passages
from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.analyse.matching.terms import TermMatcher
from compliance.config import AnalyseConfig
from compliance.guidelines.cues import ElementCue
from compliance.guidelines.rules import Rules
from compliance.guidelines.terms import Strength
from compliance.records import Evidence, EvidenceKind, Finding, Passage, Reading, Task

MAX_ELEMENTS = 3
_STRONG, _WEAK, _ABOVE = 0.55, 0.25, 0.2  # what one strong cue, one weak cue, a cue in the heading or lead-in adds


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the words offer for each element that any of them speaks for."""

    scores: dict[str, float]  # 0 to 1
    evidence: dict[str, list[Evidence]]


class ElementsAnalyser:
    """Gives a passage its most central elements, each with the words that speak for it."""

    name = "elements"
    scope = Scope.DOCUMENT

    def __init__(self, rules: Rules, config: AnalyseConfig) -> None:
        self._config = config
        self._cues = CueMatcher[ElementCue](rules.elements)
        excluding = {cue.id: tuple(cue.excluding.terms(Strength.STRONG)) for cue in rules.elements}
        self._excluding = {element: TermMatcher(terms) for element, terms in excluding.items() if terms}

    def analyse(self, readings: Sequence[Reading]) -> list[Finding]:
        """Return the elements of every passage, the most central of a passage first."""
        return [
            finding
            for reading in readings
            for place in outline_passages(reading.passages)
            for finding in self._judge_place(place)
        ]

    def weigh(self, place: Place) -> Weighed:
        """Return how strongly the words in and above a passage speak for each element, with those words."""
        passage = place.passage
        scores: dict[str, float] = {}
        evidence: dict[str, list[Evidence]] = {}
        for match in self._cues.find(passage.text):
            _add(scores, evidence, match.cue.id, _weigh(match), match.as_evidence(passage.start))
        for text in _texts_above(place):
            for match in self._cues.find(text):
                if match.strong:
                    above = Evidence(EvidenceKind.HEADING, match.wording, _ABOVE)
                    _add(scores, evidence, match.cue.id, _ABOVE, above)
        for element in list(scores):
            self._exclude(passage, element, scores, evidence)
        return Weighed(scores, evidence)

    def _judge_place(self, place: Place) -> list[Finding]:
        passage, weighed = place.passage, self.weigh(place)
        scores, evidence = weighed.scores, weighed.evidence
        ranked = sorted(scores, key=lambda element: (-scores[element], element))[:MAX_ELEMENTS]
        return [
            Finding(
                passage.document_id,
                passage.id,
                Task.ELEMENTS,
                element,
                round(scores[element], 4),
                tuple(evidence[element]),
            )
            for element in ranked
            if scores[element] >= self._config.min_element_score
        ]

    def _exclude(
        self, passage: Passage, element: str, scores: dict[str, float], evidence: dict[str, list[Evidence]]
    ) -> None:
        matcher = self._excluding.get(element)
        for match in matcher.find(passage.text) if matcher else ():
            scores[element] *= 0.5
            start, end = match.spans[0]
            evidence[element].append(
                Evidence(
                    EvidenceKind.TERM,
                    match.term.text,
                    match.quality,
                    passage.start + start,
                    passage.start + end,
                    against=True,
                )
            )


def _weigh(match: CueMatch[ElementCue]) -> float:
    return (_STRONG if match.strong else _WEAK) * match.quality


def _add(
    scores: dict[str, float], evidence: dict[str, list[Evidence]], element: str, weight: float, item: Evidence
) -> None:
    """Add an observation so that many weak ones approach, and never pass, certainty."""
    scores[element] = 1.0 - (1.0 - scores.get(element, 0.0)) * (1.0 - weight)
    evidence.setdefault(element, []).append(item)


def _texts_above(place: Place) -> tuple[str, ...]:
    lead_in = (place.lead_in.text,) if place.lead_in else ()
    return (*place.headings[-1:], *lead_in)
