"""Known copies: whether each is found, charged to the copier alone and called by its kind, and nothing else charged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from compliance.errors import GoldProblem, describe_os_error
from compliance.evaluate.intervals import Figures, measure_all, tally_share
from compliance.records import Reading, ReuseKind, ReuseSpan
from compliance.validation import describe_validation

COPIES = "copies.json"
FOUND, KIND, ALONE, NOTHING_ELSE = "found", "kind", "charged_alone", "nothing_else"
_WORD = re.compile(r"\w+")


class KnownCopy(BaseModel):
    """One copy that a document is known to hold; further fields say what the sample corpus' tests need."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    document: str  # path, from the list's folder
    source: str
    text: str  # the document's words
    kind: ReuseKind
    boilerplate: bool


class _CopiesFile(BaseModel):
    """What `copies.json` names, by path from its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    known: str  # a list of copies, JSON lines
    documents: str  # a folder
    references: str  # a folder of national texts


@dataclass(frozen=True, slots=True)
class GoldCopies:
    """Documents whose copies are known, and the national texts that they are held against."""

    folder: Path  # that the copies' paths begin at
    copies: tuple[KnownCopy, ...]
    documents: tuple[Path, ...]
    references: tuple[Path, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the copies call the files."""
        return tuple(self.name_of(path) for path in (*self.documents, *self.references))

    def name_of(self, path: Path) -> str:
        """Return what the copies call a file."""
        return path.relative_to(self.folder).as_posix()


def read_copies(folder: Path) -> tuple[GoldCopies | None, tuple[GoldProblem, ...]]:
    """Return what `copies.json` of a gold folder names, None without the file; and what is wrong with it."""
    file = folder / COPIES
    if not file.is_file():
        return None, ()
    try:
        named = _CopiesFile.model_validate_json(file.read_bytes())
        known = (folder / named.known).resolve()
        copies = tuple(map(KnownCopy.model_validate_json, known.read_text(encoding="utf-8").splitlines()))
        documents, references = (
            tuple(sorted((folder / each).resolve().iterdir())) for each in (named.documents, named.references)
        )
    except ValidationError as error:
        return None, (GoldProblem(describe_validation(error.errors()[0]), file),)
    except OSError as error:
        return None, (GoldProblem(f"kan ikke leses: {describe_os_error(error)}", file),)
    gold = GoldCopies(known.parent, copies, documents, references)
    missing = {name for copy in copies for name in (copy.document, copy.source)} - set(gold.names)
    if missing:
        return None, (GoldProblem(f"{', '.join(sorted(missing))} er ikke i mappene", file),)
    return gold, ()


def compare_copies(
    gold: GoldCopies, readings: Mapping[str, Reading], spans: Sequence[ReuseSpan]
) -> dict[str, dict[str, bool]]:
    """Return what is right of each copy, by its place in the list, and of each document.

    `readings` are by the name that the copies have for them. Copies within one municipality charge nobody, and half of
    what is reworked is missed (docs/reuse.md): neither counts, but both may be charged.
    """
    right = {
        f"{number:02d} {copy.document}": _judge_copy(copy, readings, spans)
        for number, copy in enumerate(gold.copies)
        if copy.kind is not ReuseKind.REWORKED and not _is_own(readings[copy.document], readings[copy.source])
    }
    for path in gold.documents:
        name = gold.name_of(path)
        charged = [span for span in spans if span.is_copy and span.document_id == readings[name].document.id]
        known = all(any(_is_of(span, copy, readings) for copy in gold.copies) for span in charged)
        right[name] = {NOTHING_ELSE: known}
    return right


def summarise_copies(right: Mapping[str, Mapping[str, bool]]) -> Figures:
    """Return the share of what is right, over all and by field."""
    results = [field for fields in right.values() for field in fields.items()]
    names = sorted({name for name, _ in results})
    return measure_all(
        {
            "accuracy": tally_share([each for _, each in results]),
            "by_field": {name: tally_share([each for other, each in results if other == name]) for name in names},
        }
    )


def _judge_copy(copy: KnownCopy, readings: Mapping[str, Reading], spans: Sequence[ReuseSpan]) -> dict[str, bool]:
    found = [span for span in spans if _is_of(span, copy, readings)]
    document, source = readings[copy.document].document.id, readings[copy.source].document.id
    charged_back = any((span.document_id, span.source_id) == (source, document) and span.is_copy for span in spans)
    return {
        FOUND: any(span.boilerplate is copy.boilerplate for span in found),
        KIND: any(span.kind is copy.kind for span in found),
        ALONE: not charged_back,
    }


def _is_of(span: ReuseSpan, copy: KnownCopy, readings: Mapping[str, Reading]) -> bool:
    """Tell whether a span is of a copy: of its two documents, with all of one's words in the other's."""
    document, source = readings[copy.document].document, readings[copy.source].document
    if (span.document_id, span.source_id) != (document.id, source.id):
        return False
    one, other = sorted((_fold(document.text[span.start : span.end]), _fold(copy.text)), key=len)
    return one in other


def _is_own(reading: Reading, other: Reading) -> bool:
    one, two = reading.profile.municipality, other.profile.municipality
    return one is not None and two is not None and one.value == two.value


def _fold(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
