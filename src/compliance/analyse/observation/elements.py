"""Which eGovWSF elements the words of each passage speak for."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.analyse.context import Place
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import ElementCue
from compliance.records import Evidence, EvidenceKind

_STRONG, _WEAK, _ABOVE = 0.55, 0.25, 0.2  # what one strong cue, one weak cue, a cue in the heading or lead-in adds
_EXCLUDED = 0.5  # what is left of a score for each term that argues against the element


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the words offer for each element that any of them speaks for."""

    scores: dict[str, float]  # 0 to 1
    evidence: dict[str, list[Evidence]]


def weigh_elements(place: Place, scanner: Scanner) -> Weighed:
    """Return how strongly the words in and above a passage speak for each element, with those words."""
    passage = place.passage
    matches = scanner.scan(passage.text)
    scores: dict[str, float] = {}
    evidence: dict[str, list[Evidence]] = {}
    for match in matches.elements:
        _add(scores, evidence, match.cue.id, _weigh(match), match.as_evidence(passage.start))
    for text in _texts_above(place):
        for match in scanner.scan(text).elements:
            if match.strong:
                above = Evidence(EvidenceKind.HEADING, match.wording, _ABOVE)
                _add(scores, evidence, match.cue.id, _ABOVE, above)
    for element in list(scores):
        for term in matches.list_excluding(element):
            scores[element] *= _EXCLUDED
            start, end = passage.start + term.spans[0][0], passage.start + term.spans[0][1]
            against = Evidence(EvidenceKind.TERM, term.term.text, term.quality, start, end, against=True)
            evidence[element].append(against)
    return Weighed(scores, evidence)


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
