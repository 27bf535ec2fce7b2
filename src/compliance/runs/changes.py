"""What a run has to do: which files are new or changed, which are unchanged in the store, which come twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance import __version__
from compliance.config import hash_parts
from compliance.files import hash_file
from compliance.records import Reading, Rejected, RejectionReason, Results, Stage
from compliance.store.runs import RunStore


@dataclass(frozen=True, slots=True)
class Changes:
    """Every file of the run, in exactly one of three places."""

    to_analyse: tuple[Path, ...]
    unchanged: tuple[str, ...]  # document ids
    rejected: tuple[Rejected, ...]


def find_changes(files: Sequence[Path], store: RunStore, *, settings_sha256: str) -> Changes:
    """Compare the files with what the store holds for the same settings.

    A file that cannot be read here goes on to be analysed, where its fault is found and told.
    """
    to_analyse: list[Path] = []
    unchanged: list[str] = []
    rejected: list[Rejected] = []
    seen: dict[str, Path] = {}
    for path in files:
        content = hash_file(path)
        if content is None:
            to_analyse.append(path)
            continue
        twin = seen.setdefault(content, path)
        if twin is not path:
            detail = f"Filen er helt lik {twin.name}. Bare den ene er analysert."
            rejected.append(Rejected(str(path), Stage.INGEST, RejectionReason.DUPLICATE, detail))
            continue
        document_id = store.find_document(name=path.name, sha256=content, config_sha256=settings_sha256)
        if document_id is None:
            to_analyse.append(path)
        else:
            unchanged.append(document_id)
    return Changes(tuple(to_analyse), tuple(unchanged), tuple(rejected))


def corpus_cache_key(results: Results, *, references: Sequence[Reading], settings: Sequence[str]) -> str:
    """Return a hash of all that the corpus' reuse spans and scores depend on."""
    ids = sorted(reading.document.id for reading in results.readings)
    return hash_parts(*settings, repr([each.document.id for each in references]), *ids)


def report_cache_key(results: Results, *, corpus: str, settings: Sequence[str]) -> str:
    """Return a hash of all that the report's pages depend on."""
    return hash_parts(__version__, corpus, *settings, *map(repr, results.rejected))


def reject_crash(path: Path) -> Rejected:
    """Return the rejection of a file whose process died."""
    detail = "Lesingen av filen fikk programmet til å stanse. Lagre den på nytt (for eksempel som PDF/A)."
    return Rejected(str(path), Stage.INGEST, RejectionReason.FAILED, detail)
