"""What a measurement keeps of each document, so that a later one can be held against it passage by passage.

No text is kept: a passage is known by a hash of its text.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from compliance.errors import BaselineError, describe_os_error
from compliance.evaluate.gold import GoldPassage, PassageLabels
from compliance.validation import describe_validation

HASH_CHARS = 16  # of sha256: two of a million texts share one with a chance below one in ten million
DOCUMENTS = "documents"  # where an evaluation's JSON holds them


class SavedDocument(BaseModel):
    """What the system said of one gold set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: dict[str, PassageLabels] = {}  # by the passage's key
    ingest: dict[str, tuple[float, float]] = {}  # a part and a whole, by figure
    facts: dict[str, dict[str, bool]] = {}  # whether right, by case and field
    copies: dict[str, dict[str, bool]] = {}  # whether right, by copy or document, and by what is judged of it
    scores: dict[str, dict[str, int]] = {}  # the value, by part and label


class _EvaluationFile(BaseModel):
    """The part of an evaluation's JSON that is compared with."""

    documents: dict[str, SavedDocument]


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier evaluation: the file, and its documents by the set's name."""

    file: Path
    documents: Mapping[str, SavedDocument]


def key_passages(passages: Sequence[GoldPassage]) -> Iterator[str]:
    """Yield each passage's key: a hash of its text, and which of several with the same text it is."""
    seen: Counter[str] = Counter()
    for passage in passages:
        digest = hashlib.sha256(passage.text.encode()).hexdigest()[:HASH_CHARS]
        seen[digest] += 1
        yield digest if seen[digest] == 1 else f"{digest}#{seen[digest]}"


def load_baseline(file: Path) -> Baseline:
    """Return the documents of an earlier evaluation's JSON.

    Raises BaselineError when the file cannot be read or holds no documents.
    """
    try:
        return Baseline(file, _EvaluationFile.model_validate_json(file.read_bytes()).documents)
    except OSError as error:
        raise BaselineError(f"kan ikke leses: {describe_os_error(error)}", file=file) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BaselineError(f"{where}{': ' if where else ''}{describe_validation(first)}", file=file) from error


def format_json(value: Mapping[str, Any]) -> str:
    """Return JSON with an innermost object on one line: a passage that flips is one line of a baseline's history."""
    return _format_value(value, indent=0) + "\n"


def _format_value(value: Any, *, indent: int) -> str:
    if not (isinstance(value, Mapping) and any(isinstance(each, Mapping) for each in value.values())):
        return json.dumps(value, ensure_ascii=False)
    margin = " " * indent
    lines = [
        f"{margin} {json.dumps(name, ensure_ascii=False)}: {_format_value(each, indent=indent + 1)}"
        for name, each in value.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
