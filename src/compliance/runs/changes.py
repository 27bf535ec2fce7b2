"""What a run has to do: which files are new or changed, which are as they were, which come twice or were given up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from compliance import __version__
from compliance.config import RunConfig, hash_parts
from compliance.errors import DocumentError, RunFolderError
from compliance.files import describe_path, hash_file
from compliance.ingest.sniff import sniff_media_type
from compliance.records import Reading, Rejected, RejectionReason, SecondReading, Stage
from compliance.store.readings import SavedDocument
from compliance.store.runs import RunStore

MAX_NAMES = 5  # in a message; more are counted
TIME_MEASURE = "processor"  # a file that was over its time by another measure (the clock) is tried again


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What decides whether a file has to be analysed: hashes of the settings, and what the user asked for."""

    analysis: str  # of all that an analysis depends on
    limits: str  # of that and the limits of time and memory
    prune: bool  # documents that are not among the run's files are to go
    retry: bool  # files that were given up are tried again
    corrections: Mapping[str, str] = field(default_factory=dict)  # hash of what a person says of a file, by its sha256

    def hash_for(self, sha256: str) -> str:
        """Return a hash of all that the analysis of this file depends on."""
        correction = self.corrections.get(sha256)
        return hash_parts(self.analysis, correction) if correction else self.analysis


@dataclass(frozen=True, slots=True)
class Changes:
    """Every file of the run, in exactly one of three places; and what becomes of the documents of earlier runs."""

    to_analyse: tuple[Path, ...]  # with those of earlier runs that were analysed with other settings
    unchanged: Mapping[str, str]  # where the file lies, by document id
    rejected: tuple[Rejected, ...]
    superseded: tuple[str, ...]  # ids of saved documents whose file now has another name, or is a copy of another
    saved: tuple[SavedDocument, ...]  # all that the folder held before the run


def find_changes(contents: Mapping[Path, str | None], store: RunStore, *, settings: RunSettings) -> Changes:
    """Compare the files, with their sha256, with what the store holds for the same settings.

    A file that could not be hashed (None) goes on to be analysed, where its fault is found and told. Raises
    RunFolderError where documents of earlier runs were analysed with other settings and their files are gone: their
    results cannot be put beside the new ones.
    """
    saved = store.list_documents()
    kept = () if settings.prune else _find_kept(contents, saved)
    given_up = {} if settings.retry else store.load_given_up(settings=settings.limits)
    sorter = _Sorter(settings, saved, kept, given_up, _choose_keepers(contents, saved, settings))
    for path, content in contents.items():
        sorter.sort(path, content)
    outdated = _find_outdated(kept, settings)
    superseded = tuple(sorter.superseded)
    return Changes((*sorter.to_analyse, *outdated), sorter.unchanged, tuple(sorter.rejected), superseded, saved)


@dataclass(slots=True)
class _Sorter:
    """Puts each file where it belongs."""

    settings: RunSettings
    saved: Sequence[SavedDocument]
    kept: Sequence[SavedDocument]
    given_up: Mapping[str, tuple[Stage, RejectionReason, str]]
    keepers: Mapping[str, Path]
    to_analyse: list[Path] = field(default_factory=list)
    unchanged: dict[str, str] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)

    def sort(self, path: Path, content: str | None) -> None:
        if content is None:
            self.to_analyse.append(path)
        elif (keeper := self.keepers[content]) != path:
            self._reject_copy(path, of=keeper.name)
        elif as_before := _find_as_before(path, content, self.saved, self.settings):
            self.unchanged[as_before] = locate(path)
        elif twin := next((each for each in self.kept if each.sha256 == content), None):
            self._compare(path, twin)
        elif content in self.given_up:
            self.rejected.append(Rejected(describe_path(path), *self.given_up[content]))
        else:
            self.to_analyse.append(path)

    def _compare(self, path: Path, twin: SavedDocument) -> None:
        """Tell a copy of an earlier run's file from that file under a new name."""
        if twin.path is not None and hash_file(Path(twin.path)) == twin.sha256:
            self._reject_copy(path, of=twin.name)
        else:
            self.superseded.append(twin.id)
            self.to_analyse.append(path)

    def _reject_copy(self, path: Path, *, of: str) -> None:
        detail = f"Filen er helt lik {describe_path(of)}. Bare den ene er analysert."
        self.rejected.append(Rejected(describe_path(path), Stage.INGEST, RejectionReason.DUPLICATE, detail))
        self.superseded += find_earlier(path, self.saved)


def hash_limits(config: RunConfig, *, analysis: str) -> str:
    """Return a hash of all that decides whether a document stays within its limits."""
    limits = (config.document_seconds, config.page_seconds, config.document_memory_mb)
    return hash_parts(analysis, TIME_MEASURE, repr(limits))


def locate(path: Path) -> str:
    """Return where a file lies, as the store keeps it."""
    return describe_path(path.resolve())


def find_earlier(path: Path, saved: Sequence[SavedDocument], *, but: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """Return the ids of what was saved of a file: what lay in its place, or had its name where the place is unknown.

    Those in `but` are known to be other files' by now.
    """
    here, name = locate(path), describe_path(path.name)
    found = [each for each in saved if each.path == here or (each.path is None and each.name == name)]
    return tuple(each.id for each in found if each.id not in but)


def _find_as_before(path: Path, content: str, saved: Sequence[SavedDocument], settings: RunSettings) -> str | None:
    """Return the id of the document that was saved with this name, content and settings."""
    wanted = (describe_path(path.name), content, settings.hash_for(content))
    return next((each.id for each in saved if (each.name, each.sha256, each.config_sha256) == wanted), None)


def _choose_keepers(
    contents: Mapping[Path, str | None], saved: Sequence[SavedDocument], settings: RunSettings
) -> dict[str, Path]:
    """Return which of the files with the same content counts."""
    alike: dict[str, list[Path]] = {}
    for path, content in contents.items():
        if content is not None:
            alike.setdefault(content, []).append(path)
    return {
        content: next((path for path in paths if _find_as_before(path, content, saved, settings)), _choose(paths))
        for content, paths in alike.items()
    }


def _choose(paths: Sequence[Path]) -> Path:
    """Return the first of files with the same content whose name is right: another is rejected when it is read."""
    if len({path.suffix.lower() for path in paths}) == 1:
        return paths[0]
    return next(filter(_has_right_name, paths), paths[0])


def _has_right_name(path: Path) -> bool:
    try:
        sniff_media_type(path, path.read_bytes())
    except (DocumentError, OSError):
        return False
    return True


def _find_kept(contents: Mapping[Path, str | None], saved: Sequence[SavedDocument]) -> tuple[SavedDocument, ...]:
    """Return the saved documents that are none of the files, nor an earlier version of one."""
    places = {locate(path) for path in contents}
    names = {describe_path(path.name) for path in contents}
    same = {(describe_path(path.name), content) for path, content in contents.items()}
    return tuple(
        each
        for each in saved
        if (each.name, each.sha256) not in same
        and (each.path not in places if each.path is not None else each.name not in names)
    )


def _find_outdated(kept: Sequence[SavedDocument], settings: RunSettings) -> list[Path]:
    """Return the files of the documents that were analysed with other settings. Raises RunFolderError."""
    outdated = [each for each in kept if each.config_sha256 != settings.hash_for(each.sha256)]
    gone = [each.name for each in outdated if each.path is None or hash_file(Path(each.path)) != each.sha256]
    if gone:
        more = f" og {len(gone) - MAX_NAMES} til" if len(gone) > MAX_NAMES else ""
        raise RunFolderError(
            f"mappen har dokumenter som er analysert med andre innstillinger, og filene deres finnes ikke lenger: "
            f"{', '.join(gone[:MAX_NAMES])}{more}. Velg en annen mappe med --out, eller ta dem ut med --prune."
        )
    return [Path(each.path) for each in outdated if each.path is not None]


def corpus_cache_key(ids: Iterable[str], *, references: Sequence[Reading], settings: Sequence[str]) -> str:
    """Return a hash of all that the corpus' reuse spans and scores depend on; `ids` are the documents'."""
    return hash_parts("text shares", *settings, repr([each.document.id for each in references]), *sorted(ids))


def report_cache_key(shown: Sequence[Rejected | SecondReading], *, corpus: str, settings: Sequence[str]) -> str:
    """Return a hash of all that the report's pages depend on; `shown` is what the corpus' key says nothing of."""
    return hash_parts(__version__, corpus, *settings, *map(repr, shown))
