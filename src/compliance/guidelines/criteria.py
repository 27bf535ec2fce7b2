"""The criteria: what a reader asks of a document for each eGovWSF element, with cues (rules/criteria.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from compliance.files import find_data_folder
from compliance.guidelines.cues import Cue
from compliance.guidelines.terms import NameText, Record, Strength, Term, TermLists, Text, TitleText
from compliance.guidelines.yaml_file import YamlFile, read_yaml
from compliance.kept import keep_made

CRITERIA_FILE = "criteria"  # rules/criteria.yaml
MAX_ANSWER = 2  # the highest value of a criterion: worked out
MAX_SCORE = 4  # the highest score of an element


class Place(StrEnum):
    """Where the study puts an element in the framework."""

    FRAME = "frame"  # the environment around the work system
    CORE = "core"  # the work system itself
    SERVICE = "service"  # what it gives, and to whom
    VALUE = "value"  # what society gets
    FOUNDATION = "foundation"  # the municipality's own plans and guidance


class Criterion(Cue):
    """One question that an element's score is made of; a document's answer is 0, 1 or 2."""

    id: str = Field(pattern=r"^W([1-9]|1[0-2])\.[a-e]$")
    question: TitleText
    short_title: NameText
    names: bool = False  # asks for names: a bare name gives 1, and 2 where the text says what follows from it
    halves: bool = False  # has two halves («og»): 2 needs both
    excluding: TermLists = TermLists()
    examples: tuple[Text, ...] = Field(min_length=1)  # sentences that answer it, invented

    @property
    def element(self) -> str:
        """The id of the element that the criterion belongs to."""
        return self.id.partition(".")[0]

    @property
    def excluding_terms(self) -> tuple[Term, ...]:
        """The counter-cues: words that look like the criterion and mean something else."""
        return tuple(self.excluding.terms(Strength.STRONG))


class ElementCriteria(Record):
    """An element with its criteria."""

    id: str = Field(pattern=r"^W([1-9]|1[0-2])$")
    place: Place
    title: TitleText
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class _CriteriaFile(Record):
    elements: tuple[ElementCriteria, ...] = Field(min_length=1)


def load_criteria() -> tuple[ElementCriteria, ...]:
    """Return the elements with their criteria, W1 to W12; raises GuidelineError when the file is wrong."""
    return _load_criteria(find_data_folder("rules") / f"{CRITERIA_FILE}.yaml")


@cache
def _load_criteria(path: Path) -> tuple[ElementCriteria, ...]:
    """Read the file once: analysis, scores and report each ask for it."""
    return keep_made("criteria", [path], lambda: parse_criteria(read_yaml(path)))


def parse_criteria(file: YamlFile) -> tuple[ElementCriteria, ...]:
    """Return a file's elements; raises GuidelineError when an id stands twice or under another element."""
    elements = file.parse(_CriteriaFile).elements
    seen: set[str] = set()
    for index, element in enumerate(elements):
        if element.id in seen:
            raise file.error(f"elementet «{element.id}» står to ganger", ("elements", index, "id"))
        seen.add(element.id)
        for place, criterion in enumerate(element.criteria):
            location = ("elements", index, "criteria", place, "id")
            if criterion.element != element.id:
                raise file.error(f"«{criterion.id}» hører ikke til {element.id}", location)
            if criterion.id in seen:
                raise file.error(f"kriteriet «{criterion.id}» står to ganger", location)
            seen.add(criterion.id)
            _check_terms(criterion, file, location[:-1])
            criterion.patterns  # noqa: B018 - made now, so that they are kept with it (`keep_made`)
    return elements


def score_element(element: ElementCriteria, answers: Mapping[str, int]) -> int:
    """Return an element's score, 0 to 4, from the answers (0, 1 or 2) by criterion id; a missing answer is 0.

    Round(4 x sum / (2 x number)), halves up, and at least 1 where any answer is above 0.
    """
    total = sum(answers.get(criterion.id, 0) for criterion in element.criteria)
    highest = MAX_ANSWER * len(element.criteria)
    rounded = (2 * MAX_SCORE * total + highest) // (2 * highest)
    return max(rounded, min(total, 1))


def list_criteria(elements: Sequence[ElementCriteria]) -> tuple[Criterion, ...]:
    """Return the criteria of all elements, in order."""
    return tuple(criterion for element in elements for criterion in element.criteria)


def _check_terms(criterion: Criterion, file: YamlFile, location: tuple[int | str, ...]) -> None:
    for excluding in criterion.excluding_terms:
        covered = next((term.text for term in criterion.terms if excluding.covers(term)), None)
        if covered is not None:
            message = f"«{excluding.text}» kan ikke både telle og ikke telle (jf. begrepet «{covered}»)"
            raise file.error(message, (*location, "excluding"))
