"""How far each municipality's best document goes on each goal, theme, element and criterion, with one quote a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from compliance.guidelines.themes import map_goals
from compliance.records import (
    Certainty,
    CriterionAnswer,
    Finding,
    Measure,
    Results,
    Score,
    ScoreSubject,
    Task,
)
from compliance.records.study import CRITERION, StudyCell, StudyDocument
from compliance.study.placing import Place, Readings, find_sentence

SURE: Final = frozenset({Certainty.CLEAR, Certainty.LIKELY, Certainty.CONFIRMED})
_TASKS: Final = {ScoreSubject.GOAL.value: Task.GOALS, ScoreSubject.ELEMENT.value: Task.ELEMENTS}


@dataclass(frozen=True, slots=True)
class _Judgement:
    """A score or an answer, whatever it is of."""

    document_id: str
    subject: str
    label: str
    value: int
    certainty: Certainty
    passage_ids: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int]:
        return self.value, self.certainty.rank


class CellReader:
    """Makes cells; holds the run's judgements by document."""

    def __init__(self, results: Results, readings: Readings) -> None:
        self._readings = readings
        self._judgements: dict[str, list[_Judgement]] = defaultdict(list)
        for each in (*map(_take_score, results.scores), *map(_take_answer, results.criteria)):
            self._judgements[each.document_id].append(each)
        self._passages: dict[tuple[str, str, str], set[str]] = defaultdict(set)  # by document, subject and label
        self._findings: dict[tuple[str, str], Finding] = {}
        for finding in results.findings:
            for subject, task in _TASKS.items():
                if finding.task is task:
                    self._passages[finding.document_id, subject, finding.label].add(finding.passage_id)
                    self._findings[finding.passage_id, finding.label] = finding
        self._measures: dict[tuple[str, str], list[Measure]] = defaultdict(list)
        for measure in results.measures:
            self._measures[measure.passage_id, measure.goal].append(measure)

    def read(self, municipality: str, documents: Mapping[str, StudyDocument]) -> Iterator[StudyCell]:
        """Yield the municipality's cells: goals, then themes, elements and criteria.

        Documents that a newer one has taken the place of do not count. A theme is as well covered as the best of its
        goals; a cell is sure where the judgement that gives it is, and where nothing is found only if that is sure in
        every document.
        """
        counting = [name for name, document in documents.items() if document.superseded_by is None]
        by_label: dict[tuple[str, str], list[_Judgement]] = defaultdict(list)
        for document_id in counting:
            for each in self._judgements.get(document_id, ()):
                by_label[each.subject, each.label].append(each)
        passages = {key: self._collect_passages(judgements) for key, judgements in by_label.items()}
        cells = {
            key: self._make(municipality, judgements, breadth=len(passages[key]))
            for key, judgements in by_label.items()
        }
        goals = [cell for (subject, _), cell in cells.items() if subject == ScoreSubject.GOAL.value]
        yield from goals
        yield from _make_themes(
            goals,
            {label: passages[subject, label] for subject, label in passages if subject == ScoreSubject.GOAL.value},
        )
        for wanted in (ScoreSubject.ELEMENT.value, CRITERION):
            yield from (cell for (subject, _), cell in cells.items() if subject == wanted)

    def _make(self, municipality: str, judgements: Sequence[_Judgement], *, breadth: int) -> StudyCell:
        best = max(judgements, key=lambda each: each.rank)
        if best.value == 0:  # not found is as sure as the least sure of the documents
            best = min(judgements, key=lambda each: each.certainty.rank)
        place: dict[str, Any] = {**(self._quote(best) or {})}
        return StudyCell(
            municipality,
            best.subject,
            best.label,
            best.value,
            best.certainty,
            best.certainty in SURE,
            breadth,
            len(judgements),
            best.document_id,
            **place,
        )

    def _collect_passages(self, judgements: Iterable[_Judgement]) -> set[str]:
        """Return the passages that speak of it by a finding or stand behind its value."""
        passages: set[str] = set()
        for each in judgements:
            passages |= self._passages.get((each.document_id, each.subject, each.label), set())
            if each.value:
                passages |= set(each.passage_ids)
        return passages

    def _quote(self, judgement: _Judgement) -> Place | None:
        """Return what a judgement rests on: the clause that says most, else the sentence with the evidence."""
        passages = [self._readings.passages[each] for each in judgement.passage_ids if each in self._readings.passages]
        if not passages or judgement.value == 0:
            return None
        clauses = [measure for each in passages for measure in self._measures.get((each.id, judgement.label), ())]
        if clauses:
            best = max(clauses, key=lambda each: (each.value, len(each.details)))
            return self._readings.place(self._readings.passages[best.passage_id], best.start, best.end)
        first = passages[0]
        finding = self._findings.get((first.id, judgement.label))
        evidence = next((each for each in finding.evidence if each.start is not None), None) if finding else None
        if evidence is None:
            start, end = first.sentences[0] if first.sentences else (first.start, first.end)
            return self._readings.place(first, start, end)
        return self._readings.place(first, *find_sentence(first, evidence))


def _make_themes(goals: Sequence[StudyCell], passages: Mapping[str, set[str]]) -> Iterator[StudyCell]:
    """Yield the themes' cells; `passages` are the goals', by label."""
    themes = map_goals()
    grouped: dict[str, list[StudyCell]] = defaultdict(list)
    for cell in goals:
        if theme := themes.get(cell.label):
            grouped[theme.value].append(cell)
    for name in dict.fromkeys(theme.value for theme in themes.values()):
        if cells := grouped.get(name):
            best = max(cells, key=lambda each: (each.value, each.certainty.rank))
            if best.value == 0:  # not found is as sure as the least sure of its goals, as in a document's report
                best = min(cells, key=lambda each: each.certainty.rank)
            yield replace(
                best,
                subject=ScoreSubject.THEME.value,
                label=name,
                breadth=len(set().union(*(passages[cell.label] for cell in cells))),
                documents=max(cell.documents for cell in cells),
            )


def _take_score(score: Score) -> _Judgement:
    held = (score.document_id, score.subject.value, score.label, score.value, score.certainty, score.passage_ids)
    return _hold_back(_Judgement(*held))


def _take_answer(answer: CriterionAnswer) -> _Judgement:
    held = (answer.document_id, CRITERION, answer.criterion, answer.value, answer.certainty, answer.passage_ids)
    return _hold_back(_Judgement(*held))


def _hold_back(judgement: _Judgement) -> _Judgement:
    """Return a judgement that rests on no passage as not found, and unsure: nobody could look it up."""
    if judgement.value and not judgement.passage_ids:
        return replace(judgement, value=0, certainty=Certainty.UNSURE)
    return judgement
