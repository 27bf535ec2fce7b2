"""A gold set: a folder whose files decide what can be measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from compliance.errors import GoldError, GoldProblem, describe_os_error
from compliance.evaluate.copies import GoldCopies, read_copies
from compliance.evaluate.facts import GoldCase, read_cases, read_municipalities
from compliance.evaluate.gold_scores import GoldScores, read_gold_scores
from compliance.records import Level
from compliance.validation import describe_validation

PASSAGES, DOCUMENT, LABELS, DESCRIPTION = "passages.jsonl", "document.pdf", "labels.jsonl", "gold.json"
ANNOTATORS = ("labels.A.jsonl", "labels.B.jsonl")
CASES = "cases"
MAX_ELEMENTS = 3  # of a passage; the guide: at most three, most central first

Split: TypeAlias = Literal["train", "test"]


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A passage as a reader cut it."""

    id: str
    text: str


class PassageLabels(BaseModel):
    """What is said of one passage (docs/evaluate.md)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goals: tuple[str, ...]
    elements: tuple[str, ...]
    level: Level
    reuse: Literal["own", "quoted", "copied"]
    source: str | None = None
    local: bool


class LabelRow(PassageLabels):
    """What a reader says of the passage with this id."""

    id: str


Labels: TypeAlias = tuple[LabelRow, ...]


class Description(BaseModel):
    """What `gold.json` says of the set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None  # None: the folder's
    kind: str | None = None  # of document, in the annotators' words
    language: Literal["nb", "nn"] | None = None
    split: Split | None = None  # None: part of no split
    guidelines: dict[str, str] = {}  # the edition of each guideline set that the labels are of


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One document's gold: its passages in order, and what else the folder has of it."""

    name: str
    passages: tuple[GoldPassage, ...]
    document: Path | None = None
    labels: Labels | None = None
    annotators: tuple[Labels, Labels] | None = None  # two readers' own labels, to compare with each other
    cases: tuple[GoldCase, ...] = ()
    scores: GoldScores | None = None  # of the document as a whole
    copies: GoldCopies | None = None  # of other documents, which are compared with each other
    description: Description = field(default_factory=Description)
    folder: Path = Path()

    @property
    def only_readers(self) -> bool:
        """Tell whether the set holds two readers against each other and measures nothing of the system."""
        return bool(self.annotators) and not (self.labels or self.document or self.cases or self.scores or self.copies)


Problems: TypeAlias = tuple[GoldProblem, ...]
RowT = TypeVar("RowT")


def load_gold(folder: Path) -> GoldSet:
    """Return one gold folder. Raises GoldError, with all its problems, when it is not as docs/evaluate.md says."""
    gold, problems = read_gold(folder)
    if problems:
        raise GoldError(*problems)
    return gold


def read_gold(folder: Path) -> tuple[GoldSet, Problems]:
    """Return what can be read of a gold folder, and everything that is wrong with its form."""
    file = folder / PASSAGES
    described, wrong_described = read_cases(folder / CASES)
    municipalities, wrong_municipalities = read_municipalities(folder)
    cases, wrong_cases = described + municipalities, wrong_described + wrong_municipalities
    description, wrong_description = _read_description(folder / DESCRIPTION)
    copies, wrong_copies = read_copies(folder)
    other = cases or wrong_cases or copies or wrong_copies
    passages, wrong_passages = _read_passages(folder, needed=not other)
    in_order = None if wrong_passages or not file.is_file() else passages
    labels, wrong_labels = _read_labels(folder / LABELS, in_order)
    (first, wrong_first), (second, wrong_second) = (_read_labels(folder / name, in_order) for name in ANNOTATORS)
    scores, wrong_scores = read_gold_scores(folder)
    document = folder / DOCUMENT
    gold = GoldSet(
        name=description.name or folder.resolve().name,
        passages=passages,
        document=document if document.is_file() else None,
        labels=labels,
        annotators=(first, second) if first is not None and second is not None else None,
        cases=cases,
        scores=scores,
        copies=copies,
        description=description,
        folder=folder,
    )
    wrong_readings = wrong_labels + wrong_first + wrong_second + wrong_scores + wrong_copies
    return gold, wrong_description + wrong_passages + wrong_readings + wrong_cases


def read_labels(file: Path, passages: Sequence[GoldPassage]) -> Labels:
    """Return one reader's labels; raises GoldError unless they are of the same passages in the same order."""
    labels, problems = _read_labels(file, passages)
    if problems or labels is None:
        raise GoldError(*(problems or (GoldProblem("finnes ikke", file),)))
    return labels


def _read_labels(file: Path, passages: Sequence[GoldPassage] | None) -> tuple[Labels | None, Problems]:
    """Return the labels, None without a file; without `passages` their order is not looked at."""
    if not file.is_file():
        return None, ()
    numbered, problems = _read_rows(file, LabelRow)
    rows = tuple(row for _, row in numbered)
    if not problems and passages is not None:
        problems = tuple(_check_order(file, numbered, passages))
    return rows, problems


def _check_order(
    file: Path, rows: Sequence[tuple[int, LabelRow]], passages: Sequence[GoldPassage]
) -> Iterator[GoldProblem]:
    """Yield the first line that is not of the passage at its place; what follows is only shifted."""
    for index, (numbered, passage) in enumerate(zip_longest(rows, passages)):
        number, row = numbered or (index + 1, None)
        if row is None or passage is None or row.id != passage.id:
            wanted, found = passage.id if passage else "ingen", row.id if row else "ingen"
            yield GoldProblem(
                f"linjen må handle om samme avsnitt som i {PASSAGES}: {wanted}, ikke {found}", file, number
            )
            return


def _read_passages(folder: Path, *, needed: bool) -> tuple[tuple[GoldPassage, ...], Problems]:
    file = folder / PASSAGES
    if not folder.is_dir():
        return (), (GoldProblem("mappen finnes ikke", folder),)
    if not file.is_file():
        return (), (GoldProblem(f"mappen har ingen {PASSAGES}", folder),) if needed else ()
    rows, problems = _read_rows(file, GoldPassage)
    if not rows and not problems:
        return (), (GoldProblem("filen har ingen avsnitt", file),)
    return tuple(row for _, row in rows), problems + tuple(_check_passages(file, rows))


def _check_passages(file: Path, rows: Sequence[tuple[int, GoldPassage]]) -> Iterator[GoldProblem]:
    seen: set[str] = set()
    for number, passage in rows:
        if passage.id in seen:
            yield GoldProblem(f"id {passage.id} står to ganger", file, number)
        if not passage.text.strip():
            yield GoldProblem("avsnittet er tomt", file, number)
        seen.add(passage.id)


def _read_description(file: Path) -> tuple[Description, Problems]:
    if not file.is_file():
        return Description(), ()
    try:
        return Description.model_validate_json(file.read_bytes()), ()
    except ValidationError as error:
        return Description(), tuple(_describe_all(error, file, None))


def _read_rows(file: Path, model: type[RowT]) -> tuple[list[tuple[int, RowT]], Problems]:
    """Return the rows of a file of JSON lines with their line numbers, and what is wrong with the other lines."""
    adapter = TypeAdapter(model)
    rows: list[tuple[int, RowT]] = []
    problems: list[GoldProblem] = []
    try:
        # By line feeds alone: a passage may hold U+2028 and other characters that splitlines() takes for line ends.
        lines = file.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        return [], (GoldProblem(f"kan ikke leses: {describe_os_error(error)}", file),)
    except UnicodeDecodeError:
        return [], (GoldProblem("er ikke UTF-8-tekst", file),)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append((number, adapter.validate_json(line)))
            except ValidationError as error:
                problems += _describe_all(error, file, number)
    return rows, tuple(problems)


def _describe_all(error: ValidationError, file: Path, line: int | None) -> Iterator[GoldProblem]:
    for each in error.errors():
        field = ".".join(map(str, each["loc"]))
        yield GoldProblem(f"{field + ': ' if field else ''}{describe_validation(each)}", file, line)
