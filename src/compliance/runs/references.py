"""Official documents to compare wording with: read before they are kept, and never in the way of an analysis."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.config import Config
from compliance.errors import DocumentError
from compliance.files import describe_path
from compliance.guidelines import GuidelineSet
from compliance.guidelines.references import Reference, keep_reference, list_references
from compliance.records import Reading, Rejected
from compliance.runs.isolation import read_each


@dataclass(frozen=True, slots=True)
class KeptReference:
    """A document that is compared with in every analysis from now on."""

    reference: Reference
    pages: int
    passages: int


@dataclass(frozen=True, slots=True)
class FetchedReference:
    """What came from a set's address; `kept` is None where it was the document that is kept already."""

    url: str
    sha256: str
    kept: KeptReference | None
    is_first: bool  # nothing was kept of the set before


def read_references(paths: Sequence[Path], *, config: Config) -> tuple[tuple[Reading, ...], tuple[Rejected, ...]]:
    """Return the documents that can be read, in their order, and why the others cannot."""
    readings: list[Reading] = []
    rejected: list[Rejected] = []
    for path, result in read_each(paths, config=config):
        if isinstance(result, Reading):
            readings.append(result)
        else:
            detail = f"Dokumentet å sammenligne med er utelatt. {result.detail}"
            rejected.append(Rejected(describe_path(path.resolve()), result.stage, result.reason, detail))
    return tuple(readings), tuple(rejected)


def import_reference(file: Path, *, set_id: str | None, config: Config) -> KeptReference:
    """Keep a document to compare with. Raises DocumentError where it cannot be read; then nothing is kept."""
    ((_, result),) = read_each([file], config=config)
    if isinstance(result, Rejected):
        raise DocumentError(file, result.reason, result.detail)
    reference = keep_reference(file.name, file.read_bytes(), set_id=set_id, config=config.guidelines)
    return KeptReference(reference, len(result.document.pages), len(result.passages))


def fetch_reference(chosen: GuidelineSet, *, config: Config) -> FetchedReference:
    """Fetch a set's document from its publisher and keep it.

    Raises FetchError where it cannot be fetched, DocumentError where what came cannot be read (a page that asks for
    JavaScript); then nothing is kept.
    """
    from compliance.guidelines.download import fetch_document  # with what speaks HTTPS

    before = {each.sha256 for each in list_references(config.guidelines) if each.set_id == chosen.id}
    fetched = fetch_document(chosen.url)
    if fetched.sha256 in before:
        return FetchedReference(fetched.url, fetched.sha256, None, is_first=False)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / fetched.name
        file.write_bytes(fetched.content)
        kept = import_reference(file, set_id=chosen.id, config=config)
    return FetchedReference(fetched.url, fetched.sha256, kept, is_first=not before)
