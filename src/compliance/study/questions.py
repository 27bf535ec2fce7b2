"""What each municipality's documents answer to a study's questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from compliance.guidelines.questions import AnswerKind, CueBasis, Question
from compliance.records import BlockKind, Certainty, Passage, Reading, ScoreSubject
from compliance.records.study import (
    CRITERION,
    BudgetLine,
    CaseValue,
    Commitment,
    StudyAnswer,
    StudyCell,
    StudyDocument,
)
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Readings

YES, NO, QUOTE, ITEM, NOT_FOUND = "yes", "no", "quote", "item", "not_found"
_MAX_ITEMS: Final = 40  # of a list
_MAX_QUOTES: Final = 3  # of a question's own words


@dataclass(frozen=True, slots=True)
class Answers:
    """What one municipality's questions are answered from."""

    municipality: str
    values: Sequence[CaseValue]
    cells: Mapping[tuple[str, str], StudyCell]  # by subject and label
    budget: Sequence[BudgetLine]
    commitments: Sequence[Commitment]
    documents: Mapping[str, StudyDocument]
    readings: Readings
    digital: frozenset[str]  # passages that are about digitalisation


def answer_questions(questions: Mapping[str, Question], given: Answers) -> Iterator[StudyAnswer]:
    """Yield the answers by question: one row, or one an item for a list; «not found» where nothing answers.

    «No» is said only where a document, or a person, says no.
    """
    for name, question in questions.items():
        asked = _Asked(name, question, given)
        found = [*asked.answer()][:_MAX_ITEMS]
        yield from found or [asked.make(0, NOT_FOUND, "", Certainty.UNSURE, {})]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question asked of one municipality."""

    name: str
    question: Question
    given: Answers

    @property
    def basis(self) -> str:
        """What the question is answered from, as the records name it."""
        question = self.question
        held = (
            ("case", question.field),
            ("criterion", question.criteria),
            ("theme", question.theme),
            ("budget", question.budget),
            ("measure", question.commitments),
        )
        return next((name for name, is_held in held if is_held), "cue")

    def answer(self) -> Iterator[StudyAnswer]:
        """Yield what answers the question."""
        yield from {
            "case": self._read_field,
            "criterion": lambda: self._read_cells(CRITERION, self.question.criteria),
            "theme": lambda: self._read_cells(ScoreSubject.THEME.value, (str(self.question.theme),)),
            "budget": self._read_budget,
            "measure": self._read_commitments,
            "cue": self._read_cues,
        }[self.basis]()

    def make(self, item: int, answer: str, value: str, certainty: Certainty, place: Mapping[str, Any]) -> StudyAnswer:
        """Return one row."""
        return StudyAnswer(self.name, self.given.municipality, item, answer, value, self.basis, certainty, **place)

    def _read_field(self) -> Iterator[StudyAnswer]:
        basis, kind = self.question.field, self.question.answer
        if basis is None:
            return
        values = [each for each in self.given.values if each.field == basis.name and basis.note in {None, each.note}]
        for item, each in enumerate(values[:1] if kind is AnswerKind.YES_NO else values):
            answer = {AnswerKind.QUOTE: QUOTE, AnswerKind.LIST: ITEM}.get(kind, YES)
            if kind is AnswerKind.YES_NO and (basis.yes or basis.no):
                answer = YES if each.value in basis.yes else NO if each.value in basis.no else NOT_FOUND
            yield self.make(item, answer, each.value, Certainty.LIKELY, _place(each))

    def _read_cells(self, subject: str, labels: Sequence[str]) -> Iterator[StudyAnswer]:
        cells = [self.given.cells[subject, label] for label in labels if (subject, label) in self.given.cells]
        met = [cell for cell in cells if cell.value >= self.question.least and cell.document_id is not None]
        if met:
            best = max(met, key=lambda each: (each.sure, each.value))
            said = self.question.answer is AnswerKind.YES_NO and best.sure  # else it is a place to read, no answer
            answer = YES if said else QUOTE
            yield self.make(0, answer, _join(best.quote), best.certainty, _place(best))

    def _read_budget(self) -> Iterator[StudyAnswer]:
        for item, line in enumerate(self.given.budget):
            text = f"{line.what}: {line.kroner} kr" + (f" ({line.year})" if line.year else "")
            yield self.make(item, ITEM, text, Certainty.LIKELY, _place(line))

    def _read_commitments(self) -> Iterator[StudyAnswer]:
        detailed = (each for each in self.given.commitments if each.who or each.deadline or each.amount)
        for item, each in enumerate(detailed):
            yield self.make(item, ITEM, _join(each.quote), Certainty.LIKELY, _place(each))

    def _read_cues(self) -> Iterator[StudyAnswer]:
        """Yield the first sentences with the question's own words, those of strategies first."""
        cues, given, found = self.question.cues, self.given, 0
        if cues is None:
            return
        types = {kind.value for kind in cues.documents}
        documents = [each for each in given.documents.values() if not types or each.document_type in types]
        for document in sorted(documents, key=lambda each: each.document_type not in STRATEGIES):
            for passage, start, end in _find_sentences(given.readings.readings[document.document_id], cues):
                if cues.digital and passage.id not in given.digital:
                    continue
                place = given.readings.place(passage, start, end)
                yield self.make(found, QUOTE, _join(place["quote"]), Certainty.LIKELY, {**place})
                found += 1
                if found == _MAX_QUOTES:
                    return


def _find_sentences(reading: Reading, cues: CueBasis) -> Iterator[tuple[Passage, int, int]]:
    patterns = [pattern.compiled for pattern in cues.patterns.patterns()]
    for passage in reading.passages:
        if passage.kind is not BlockKind.HEADING:
            for start, end in passage.sentences:
                text = reading.document.text[start:end]
                if any(pattern.search(text) for pattern in patterns):
                    yield passage, start, end


def _join(text: str) -> str:
    return " ".join(text.split())


def _place(row: CaseValue | StudyCell | BudgetLine | Commitment) -> dict[str, Any]:
    names = ("document_id", "passage_id", "page", "start", "end", "quote")
    return {name: getattr(row, name) for name in names}
