"""A study's questions, as data: `rules/questions/*.yaml`, one file a study.

A question says what would answer it: a field of the case sheet, criteria, a theme, sums, or words of its own. What is
answered, and what is not found, is worked out by `study/questions.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from compliance.errors import GuidelineError
from compliance.files import find_data_folder
from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.cues import PatternLists
from compliance.guidelines.terms import Record
from compliance.guidelines.themes import ThemeId
from compliance.guidelines.yaml_file import YamlFile, read_yaml
from compliance.records import ELEMENTS, DocumentType

QUESTIONS_FOLDER = "questions"  # rules/questions


class AnswerKind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes_no"
    QUOTE = "quote"
    LIST = "list"


class QuestionText(Record):
    """A text in the three languages of reports."""

    nb: str = Field(min_length=1)
    nn: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_code(self, code: str) -> str:
        """Return the text in the language "nb", "nn" or "en"."""
        return str(getattr(self, code))


class FieldBasis(Record):
    """A field of the case sheet. Values in `yes` and `no` answer so; any other value is a yes where `yes` is empty."""

    name: str = Field(min_length=1)
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    note: str | None = None  # only values with this note: a network that is reflected


class CueBasis(Record):
    """Words that answer, in documents of these types; none: all."""

    patterns: PatternLists
    documents: tuple[DocumentType, ...] = ()
    digital: bool = True  # only in passages that are about digitalisation


class Question(Record):
    """One question with exactly one basis; `least` is the value from which criteria and themes answer."""

    id: str = Field(pattern=r"^[A-ZÆØÅ]\d{1,2}$")
    group: str = Field(min_length=1)
    text: QuestionText
    answer: AnswerKind
    element: str | None = None
    theme: ThemeId | None = None
    field: FieldBasis | None = None
    criteria: tuple[str, ...] = ()
    budget: bool = False
    commitments: bool = False
    cues: CueBasis | None = None
    least: int = Field(default=1, ge=1, le=4)

    @model_validator(mode="after")
    def _check(self) -> Self:
        bases = [self.field, self.criteria, self.budget, self.commitments, self.cues, self.theme]
        if sum(map(bool, bases)) != 1:
            raise ValueError("spørsmålet skal ha nøyaktig én av field, criteria, budget, commitments, cues, theme")
        if self.element is not None and self.element not in ELEMENTS:
            raise ValueError(f"elementet «{self.element}» finnes ikke")
        return self


class QuestionSet(Record):
    """The questions of one study."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: QuestionText
    questions: tuple[Question, ...] = Field(min_length=1)


def list_question_files(folders: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Return the shipped files of questions, then those in the folders."""
    places = (find_data_folder("rules") / QUESTIONS_FOLDER, *folders)
    return tuple(path for place in places for path in sorted(place.glob("*.yaml")))


def load_questions(folders: Sequence[Path] = ()) -> tuple[QuestionSet, ...]:
    """Return all sets of questions. Raises GuidelineError where a file is wrong or two sets have the same id."""
    sets: dict[str, QuestionSet] = {}
    for path in list_question_files(folders):
        found = parse_questions(read_yaml(path))
        if found.id in sets:
            raise GuidelineError(f"settet «{found.id}» finnes alt", file=path, line=1, field="id")
        sets[found.id] = found
    return tuple(sets.values())


def parse_questions(file: YamlFile) -> QuestionSet:
    """Return a file's questions; raises GuidelineError where an id stands twice or a criterion does not exist."""
    found = file.parse(QuestionSet)
    known = {criterion.id for element in load_criteria() for criterion in element.criteria}
    seen: set[str] = set()
    for index, question in enumerate(found.questions):
        if question.id in seen:
            raise file.error(f"spørsmålet «{question.id}» står to ganger", ("questions", index, "id"))
        seen.add(question.id)
        for place, criterion in enumerate(question.criteria):
            if criterion not in known:
                where = ("questions", index, "criteria", place)
                raise file.error(f"kriteriet «{criterion}» finnes ikke", where)
    return found


def lint_questions(paths: Sequence[Path]) -> tuple[GuidelineError, ...]:
    """Return the first error of each file that has one."""
    errors = []
    for path in paths:
        try:
            parse_questions(read_yaml(path))
        except GuidelineError as error:
            errors.append(error)
    return tuple(errors)


def map_questions(sets: Sequence[QuestionSet]) -> Mapping[str, Question]:
    """Return each question by «set.id»."""
    return {f"{each.id}.{question.id}": question for each in sets for question in each.questions}
