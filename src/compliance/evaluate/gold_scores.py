"""The scores in a gold folder: what readers say of a document as a whole (docs/evaluate.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from compliance.errors import GoldProblem, describe_os_error
from compliance.validation import describe_validation

SCORES = "scores.json"
SCORE_READERS = ("scores.A.json", "scores.B.json")

Cells: TypeAlias = Mapping[str, Mapping[str, int]]  # values by part and label


class GoalScore(BaseModel):
    """A reader's score of one goal, with up to three passages, the best first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    score: Literal[0, 1, 2, 3, 4]
    passages: tuple[str, ...]


class CriterionValue(BaseModel):
    """A reader's answer to one criterion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Literal[0, 1, 2]
    passages: tuple[str, ...]


class ReaderScores(BaseModel):
    """What one reader, or the consensus of several, says of a document as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reader: str
    goals: dict[str, GoalScore]
    criteria: dict[str, CriterionValue]
    elements: dict[str, Literal[0, 1, 2, 3, 4]]

    def list_cells(self) -> Cells:
        """Return the values by part and label."""
        return {
            "goals": {label: each.score for label, each in self.goals.items()},
            "criteria": {label: each.value for label, each in self.criteria.items()},
            "elements": dict(self.elements),
        }


@dataclass(frozen=True, slots=True)
class GoldScores:
    """The scores in a gold folder: what to compare with, and the two readers behind it where they are kept."""

    consensus: ReaderScores
    readers: tuple[ReaderScores, ReaderScores] | None = None


def read_gold_scores(folder: Path) -> tuple[GoldScores | None, tuple[GoldProblem, ...]]:
    """Return the scores of a gold folder, None where it has none, and what is wrong with its files."""
    names = [SCORES, *SCORE_READERS]
    read = [_read_scores(folder / name) for name in names]
    problems = tuple(each for each in read if isinstance(each, GoldProblem))
    consensus, first, second = (each if isinstance(each, ReaderScores) else None for each in read)
    if problems or consensus is None:
        return None, problems
    return GoldScores(consensus, (first, second) if first and second else None), ()


def _read_scores(file: Path) -> ReaderScores | GoldProblem | None:
    if not file.is_file():
        return None
    try:
        return ReaderScores.model_validate_json(file.read_bytes())
    except OSError as error:
        return GoldProblem(f"kan ikke leses: {describe_os_error(error)}", file)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return GoldProblem(f"{where}{': ' if where else ''}{describe_validation(first)}", file)
