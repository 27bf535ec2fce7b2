"""From findings to a document's scores, 0 to 4, on every goal and every eGovWSF element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compliance.config import ScoreConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    ELEMENTS,
    EvidenceKind,
    Finding,
    Level,
    Reading,
    ReuseSpan,
    Score,
    ScoreSubject,
    Task,
)
from compliance.score.copied import measure_copied

COUNTED = frozenset({Task.GOALS, Task.ELEMENTS})  # tasks whose findings give points


class ScoreRule(StrEnum):
    """Why a score is what it is; docs/scoring.md explains each."""

    NOT_MENTIONED = "not_mentioned"
    NAMED = "named"
    COPIED = "copied"
    DESCRIBED = "described"
    COMMITTED = "committed"
    CONCRETE = "concrete"


_VALUES = {
    ScoreRule.NOT_MENTIONED: 0,
    ScoreRule.COPIED: 1,
    ScoreRule.NAMED: 1,
    ScoreRule.DESCRIBED: 2,
    ScoreRule.COMMITTED: 3,
    ScoreRule.CONCRETE: 4,
}
_RULES_OF_LEVELS = {
    Level.NONE: ScoreRule.NAMED,
    Level.BACKGROUND: ScoreRule.DESCRIBED,
    Level.INTENTION: ScoreRule.DESCRIBED,
    Level.COMMITMENT: ScoreRule.COMMITTED,
    Level.CONCRETE: ScoreRule.CONCRETE,
}


@dataclass(frozen=True, slots=True)
class _Contribution:
    """What one passage does for one label."""

    rule: ScoreRule
    certainty: float  # the finding's score
    passage_id: str

    @property
    def strength(self) -> tuple[int, bool, float]:
        """What orders contributions: the value, then own words before copied, then the finding's certainty."""
        return _VALUES[self.rule], self.rule is not ScoreRule.COPIED, self.certainty


def score_documents(
    readings: Sequence[Reading],
    *,
    findings: Iterable[Finding],
    reuse_spans: Iterable[ReuseSpan],
    guidelines: Sequence[GuidelineSet],
    config: ScoreConfig,
) -> tuple[Score, ...]:
    """Return every document's score on every goal, in the guidelines' order, then on every element.

    Goals and elements that no passage speaks for are there with 0: what is missing is a result. More passages never
    lower a score, and passages whose words are copied never lift one above 1. Findings that are left to a reader
    ("review") count for nothing.
    """
    by_label: dict[tuple[str, str], list[Finding]] = {}
    levels: dict[str, Level] = {}
    borrowed: set[str] = set()
    for finding in findings:
        if finding.task is Task.LEVEL:
            levels[finding.passage_id] = Level(finding.label)
        elif finding.task is Task.ATTRIBUTION:
            borrowed.update(_name_borrowed(finding))
        elif finding.task in COUNTED:
            by_label.setdefault((finding.document_id, finding.label), []).append(finding)
    passages = [passage for reading in readings for passage in reading.passages]
    copied = {**measure_copied(passages, reuse_spans), **dict.fromkeys(borrowed, 1.0)}
    judge = _PassageJudge(levels, copied, config)
    subjects = [(ScoreSubject.GOAL, goal.id) for each in guidelines for goal in each.goals]
    subjects += [(ScoreSubject.ELEMENT, element) for element in ELEMENTS]
    return tuple(
        _score_label(reading.document.id, subject, label, judge.weigh(by_label.get((reading.document.id, label), ())))
        for reading in readings
        for subject, label in subjects
    )


def _name_borrowed(finding: Finding) -> tuple[str, ...]:
    """Return the passage where all of it is in another's words; where only a stretch is, its reuse span says so."""
    partly = any(item.kind is EvidenceKind.WORDING and item.start is not None for item in finding.evidence)
    return () if partly else (finding.passage_id,)


@dataclass(frozen=True, slots=True)
class _PassageJudge:
    """Tells what a passage can do for a score, from its level and from whose words it is."""

    levels: Mapping[str, Level]
    copied: Mapping[str, float]
    config: ScoreConfig

    def weigh(self, findings: Iterable[Finding]) -> list[_Contribution]:
        """Return what each finding's passage contributes, strongest first; document order among equals."""
        contributions = [
            _Contribution(self._choose_rule(finding.passage_id), finding.score, finding.passage_id)
            for finding in findings
        ]
        return sorted(contributions, key=lambda contribution: contribution.strength, reverse=True)

    def _choose_rule(self, passage_id: str) -> ScoreRule:
        if self.copied.get(passage_id, 0.0) >= self.config.max_copied_share:
            return ScoreRule.COPIED
        return _RULES_OF_LEVELS[self.levels.get(passage_id, Level.NONE)]


def _score_label(document_id: str, subject: ScoreSubject, label: str, contributions: Sequence[_Contribution]) -> Score:
    rule = contributions[0].rule if contributions else ScoreRule.NOT_MENTIONED
    passage_ids = tuple(dict.fromkeys(contribution.passage_id for contribution in contributions))
    return Score(document_id, subject, label, _VALUES[rule], rule, passage_ids)
