"""Which passages touch which criterion: the cues of rules/criteria.yaml, and the elements and goals found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from compliance.analyse.context import Place, outline_passages
from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.analyse.matching.terms import TermIndex
from compliance.guidelines.criteria import Criterion
from compliance.records import Evidence, Finding, Reading, Task

MAX_CUES = 3  # more cues of one criterion in a passage tell no more


class CriteriaReader:
    """Finds the passages that may answer a criterion, with the numbers that tell how surely they do."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self._criteria = tuple(criteria)
        self._cues = CueMatcher[Criterion](criteria)
        self._excluding = TermIndex({each.id: each.excluding_terms for each in criteria if each.excluding_terms})

    def read(self, reading: Reading, findings: Iterable[Finding]) -> list[Finding]:
        """Return a finding for each passage and criterion that its words or its element speak for, in order.

        `findings` are the document's. What was found for the criterion is counted in `features`; the score is 1 until
        they are weighed.
        """
        seen: dict[str, list[Finding]] = {}
        for finding in findings:
            seen.setdefault(finding.passage_id, []).append(finding)
        return [
            found
            for place in outline_passages(reading.passages)
            if not place.aside
            for found in self._read_place(place, seen.get(place.passage.id, ()))
        ]

    def _read_place(self, place: Place, findings: Sequence[Finding]) -> Iterator[Finding]:
        passage = place.passage
        sentences = [(start - passage.start, end - passage.start) for start, end in passage.sentences]
        cues: dict[str, list[CueMatch[Criterion]]] = {}
        for match in self._cues.find(passage.text, sentences):
            cues.setdefault(match.cue.id, []).append(match)
        elements = {each.label: each.score for each in findings if each.task is Task.ELEMENTS}
        touched = [each for each in self._criteria if each.id in cues or each.element in elements]
        against = self._excluding.find(passage.text) if touched else {}
        for criterion in touched:
            found = cues.get(criterion.id, [])
            counts = _count_cues(found, against=criterion.id in against)
            features = {"surely": elements.get(criterion.element, 0.0), **counts}
            evidence = tuple(each.as_evidence(passage.start) for each in found)
            yield _make_finding(place, criterion, evidence, features)


def _count_cues(cues: Sequence[CueMatch[Criterion]], *, against: bool) -> dict[str, float]:
    strong = sum(each.strong for each in cues)
    return {
        "strong": min(MAX_CUES, strong),
        "weak": min(MAX_CUES, len(cues) - strong),
        "against": float(against),
    }


def _make_finding(
    place: Place, criterion: Criterion, evidence: tuple[Evidence, ...], features: Mapping[str, float]
) -> Finding:
    passage = place.passage
    return Finding(
        passage.document_id,
        passage.id,
        Task.ELEMENTS,
        criterion.id,
        1.0,
        evidence,
        tuple((name, float(value)) for name, value in features.items()),
    )
