"""What one document offers for its scores: the passages that may speak for each goal and criterion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from compliance.records import DocumentType, Finding, Meaning, Measure, Reading, Stance, Task
from compliance.records.grouping import group_by
from compliance.score.support import ONE_THING, SIGNS, Kind, describe_type, find_logit, make_support, weigh_probability
from compliance.score.touch import NUMBERS, Candidate, Offer

SPEAKING = frozenset({Task.GOALS, Task.REVIEW})  # tasks whose findings may speak for a goal
WHOLE = "."  # the label of measures that are of no goal or criterion: all clauses of a passage
FULLY_FOUND = 0.1  # of a passage's weight by what was found: from here on it is weighed as it is
_NAMED = SIGNS.index(f"stance_{Stance.NAMED}")


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """What one document offers for the goals and the criteria."""

    document_id: str
    goals: Offer
    criteria: Offer
    kind: Kind = ONE_THING

    @property
    def is_read(self) -> bool:
        """Whether an encoder read any of it."""
        return bool(self.goals.meanings)

    def without_meanings(self) -> DocumentEvidence:
        """Return what the document would offer if no encoder had read it."""
        return replace(self, goals=self.goals.without_meanings(), criteria=self.criteria.without_meanings())


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a document's passages: labels, clauses, meanings, and which are another's words."""

    findings: Sequence[Finding]
    measures: Sequence[Measure]  # of goals and criteria, and of passages as WHOLE
    touching: Sequence[Finding]  # that a passage may answer a criterion
    meanings: Sequence[Meaning]
    copied: Mapping[str, bool]


def collect_evidence(reading: Reading, seen: Seen) -> DocumentEvidence:
    """Return what the document offers for each goal and criterion."""
    document_type = DocumentType(reading.profile.document_type.value)
    collector = _Collector(seen)
    speaking = {(each.passage_id, each.label): each.score for each in seen.findings if each.task in SPEAKING}
    goals = [_Said(*key, score, _count_found(score), _describe_probability(score)) for key, score in speaking.items()]
    touching = [_Said(each.passage_id, each.label, 0.0, 1.0, dict(each.features)) for each in seen.touching]
    # A planstrategi's «skal» is about plans to be made, so that its passages' levels say nothing of the goals.
    planning = document_type is DocumentType.PLANSTRATEGI
    return DocumentEvidence(
        reading.document.id,
        collector.collect(goals, levels={} if planning else collector.levels),
        collector.collect(touching, levels=collector.levels),
        describe_type(document_type),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What was found in a passage for a label; nothing where it is only read."""

    passage_id: str
    label: str
    probability: float = 0.0
    entered: float = 0.0
    found: Mapping[str, float] = field(default_factory=dict)


class _Collector:
    """Puts together what is known of each passage."""

    def __init__(self, seen: Seen) -> None:
        self._measures = group_by(seen.measures, lambda measure: (measure.passage_id, measure.goal))
        self._copied = seen.copied
        self._meanings = {each.passage_id: each.numbers for each in seen.meanings}
        self._digital = _find_most(each for each in seen.findings if each.task in SPEAKING)
        self._strongest = _find_most(each for each in seen.findings if each.task is Task.ELEMENTS)
        self.levels = {each.passage_id: each for each in seen.findings if each.task is Task.LEVEL}

    def collect(self, said: Sequence[_Said], *, levels: Mapping[str, Finding]) -> Offer:
        """Return what is offered for the labels of a kind."""
        found: dict[str, list[Candidate]] = {}
        for each in said:
            found.setdefault(each.label, []).append(self._describe(each, levels))
        rest = {passage: self._describe(_Said(passage, WHOLE), levels) for passage in self._meanings}
        return Offer(found, rest, self._meanings)

    def _describe(self, said: _Said, levels: Mapping[str, Finding]) -> Candidate:
        passage, alone = said.passage_id, "" if said.found else "_alone"
        clauses = self._measures.get((passage, said.label), ())
        copied = self._copied.get(passage, False)
        support = make_support((passage, said.probability), clauses, levels.get(passage), copied=copied)
        known = {
            "found": float(bool(said.found)),
            "strongest": self._strongest.get(passage, 0.0),
            f"named{alone}": support.signs[_NAMED],
            f"digital{alone}": self._digital.get(passage, 0.0),
            **said.found,
        }
        return Candidate(support, tuple(known.get(name, 0.0) for name in NUMBERS), said.entered)


def _count_found(probability: float) -> float:
    """Return how far a goal's probability counts, 0 to 1: what is hardly found is hardly there."""
    return min(1.0, weigh_probability(probability) / FULLY_FOUND)


def _describe_probability(probability: float) -> dict[str, float]:
    logit = find_logit(probability)
    return {"surely": logit, "very_surely": max(0.0, logit)}


def _find_most(findings: Iterable[Finding]) -> dict[str, float]:
    """Return the highest score among the findings of each passage."""
    found: dict[str, float] = {}
    for each in findings:
        found[each.passage_id] = max(each.score, found.get(each.passage_id, 0.0))
    return found
