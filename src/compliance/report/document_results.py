"""What a run knows of one document, looked up by goal, element and passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    CriterionAnswer,
    Document,
    Fact,
    Finding,
    Measure,
    Passage,
    Profile,
    Reading,
    Rejected,
    Results,
    ReuseSpan,
    Review,
    Score,
    ScoreSubject,
    SecondReading,
    Task,
)
from compliance.records.grouping import group_by, group_by_document
from compliance.records.neighbour import name_in_full


@dataclass(frozen=True, slots=True)
class DocumentResults:
    """One reading with its findings, scores, measures, shared wordings and facts."""

    reading: Reading
    passages: Mapping[str, Passage]
    findings: Mapping[tuple[Task, str], tuple[Finding, ...]]  # by task and label, strongest first
    local: Mapping[str, Finding]  # by passage
    borrowed: Mapping[str, Finding]  # by passage
    scores: Mapping[tuple[ScoreSubject, str], Score]
    reuse_spans: tuple[ReuseSpan, ...]
    facts: tuple[Fact, ...]
    measures: Mapping[str, tuple[Measure, ...]]  # by goal, in document order
    criteria: Mapping[str, CriterionAnswer]  # by criterion
    reviews: tuple[Review, ...]  # what changes a score most first
    rejected: tuple[Rejected, ...]  # passages of the document
    second_readings: tuple[SecondReading, ...] = ()  # of passages that a second reader was to be asked about

    @property
    def document(self) -> Document:
        """The file as read."""
        return self.reading.document

    @property
    def profile(self) -> Profile:
        """What the document is."""
        return self.reading.profile

    @property
    def name(self) -> str:
        """The document's title, or its file name."""
        return self.document.display_name

    @property
    def full_name(self) -> str:
        """The name with the municipality before it, where the name does not hold it."""
        return name_in_full(self.name, self.municipality)

    @property
    def municipality(self) -> str | None:
        """Whose the document is; None where it does not say."""
        return self.profile.municipality.value if self.profile.municipality else None

    def score_value(self, subject: ScoreSubject, label: str) -> int:
        """Return the score, 0 where nothing was scored."""
        score = self.scores.get((subject, label))
        return score.value if score else 0

    def measures_behind(self, goal_id: str) -> tuple[Measure, ...]:
        """Return what is said of a goal where its score rests, the passages that count most and what says most first.

        A clause of any other passage hardly speaks for the goal: what it promises is not promised about this.
        """
        score = self.scores.get((ScoreSubject.GOAL, goal_id))
        order = {passage_id: place for place, passage_id in enumerate(score.passage_ids)} if score else {}
        behind = (measure for measure in self.measures.get(goal_id, ()) if measure.passage_id in order)
        return tuple(
            sorted(behind, key=lambda each: (order[each.passage_id], -len({detail.kind for detail in each.details})))
        )

    @property
    def since(self) -> str:
        """The first year that the document is about, by its period or its adoption; empty where neither is known."""
        known = [self.profile.period, self.profile.adopted]
        return min((each.value[:4] for each in known if each), default="")

    def judged_by(self, guidelines: Sequence[GuidelineSet]) -> tuple[GuidelineSet, ...]:
        """Return the sets that the document was scored on: those of its time may differ from another's."""
        scored = {label for subject, label in self.scores if subject is ScoreSubject.GOAL}
        return tuple(each for each in guidelines if any(goal.id in scored for goal in each.goals))

    def page_at(self, offset: int | None) -> int | None:
        """Return the page of the passage that holds a document offset."""
        if offset is None:
            return None
        passages = self.reading.passages
        return next((item.pages[0] for item in passages if item.start <= offset < item.end and item.pages), None)


def collect_results(results: Results) -> tuple[DocumentResults, ...]:
    """Return each document's material, in the order of the readings."""
    findings, spans = group_by_document(results.findings), group_by_document(results.reuse_spans)
    scores, facts = group_by_document(results.scores), group_by_document(results.facts)
    measures, criteria = group_by_document(results.measures), group_by_document(results.criteria)
    reviews, second = group_by_document(results.reviews), group_by_document(results.second_readings)
    rejected = group_by(results.rejected, lambda item: item.id.rpartition(":")[0])
    collected = []
    for reading in results.readings:
        document_id = reading.document.id
        own = findings.get(document_id, ())
        collected.append(
            DocumentResults(
                reading=reading,
                passages={passage.id: passage for passage in reading.passages},
                findings=_sort_findings(own),
                local=_by_passage(own, Task.LOCAL),
                borrowed=_by_passage(own, Task.ATTRIBUTION),
                scores={(score.subject, score.label): score for score in scores.get(document_id, ())},
                reuse_spans=spans.get(document_id, ()),
                facts=facts.get(document_id, ()),
                measures=group_by(measures.get(document_id, ()), lambda measure: measure.goal),
                criteria={answer.criterion: answer for answer in criteria.get(document_id, ())},
                reviews=reviews.get(document_id, ()),
                rejected=rejected.get(document_id, ()),
                second_readings=second.get(document_id, ()),
            )
        )
    return tuple(collected)


def _sort_findings(findings: Iterable[Finding]) -> dict[tuple[Task, str], tuple[Finding, ...]]:
    grouped = group_by(findings, lambda finding: (finding.task, finding.label))
    return {key: tuple(sorted(items, key=lambda item: -item.score)) for key, items in grouped.items()}


def _by_passage(findings: Iterable[Finding], task: Task) -> dict[str, Finding]:
    return {finding.passage_id: finding for finding in findings if finding.task is task}
