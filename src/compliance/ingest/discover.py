"""Which files a user means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import SettingsError, describe_os_error
from compliance.files import REPORT_NAME, describe_path, is_run_folder
from compliance.ingest.media import SUFFIXES, UNSUPPORTED_SUFFIXES
from compliance.records import Rejected, RejectionReason, Stage


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to read, and those in the folders that were left alone because of their suffix.

    Both are in order of path, each file once. Hidden files and lock files (`~$plan.docx`) are in neither, nor is
    anything that a run has made. `rejected` names what lies in the folders but cannot be looked at.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    rejected: tuple[Rejected, ...] = ()


def discover_files(paths: Sequence[Path]) -> Discovery:
    """Return the files that the paths name; folders are searched with all that is below them.

    A file named outright is always read, whatever its suffix: if it cannot be, the user is told why. In folders only
    supported suffixes count, so that the pictures beside a plan do not become rejections. Files come in the order
    the user named them, those of a folder by path. Raises SettingsError for a path that does not exist or a named
    folder that cannot be opened, and where there are paths but no file to read in any of them.
    """
    files: dict[Path, Path] = {}
    skipped: dict[Path, Path] = {}
    rejected: list[Rejected] = []
    for path in paths:
        if not _is_folder(path):
            files.setdefault(path.resolve(), path)
            continue
        for found in _walk(path):
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                target = files if found.suffix.lower() in SUFFIXES else skipped
                target.setdefault(found.resolve(), found)
    if paths and not files and not rejected:
        names = ", ".join(map(describe_path, paths))
        raise SettingsError(f"{names}: fant ingen dokumenter. Filer som kan leses: {', '.join(SUFFIXES)}.")
    left = tuple(file for key, file in skipped.items() if key not in files)
    return Discovery(tuple(files.values()), left, tuple(rejected))


def advise_skipped(path: Path) -> str | None:
    """Return what to do with a file that was left alone for its suffix; None where it is no document: a picture."""
    suffix = path.suffix.lower()
    name = UNSUPPORTED_SUFFIXES.get(suffix)
    if name is None:
        return None
    if suffix == ".zip":
        return f"Filen er {name}. Pakk det ut, eller legg det til med compliance corpus add."
    if suffix in {".xls", ".xlsx", ".ods", ".csv", ".json", ".xml"}:
        return f"Filen er {name}, som ikke leses. Lagre den som PDF hvis innholdet skal være med."
    return f"Filen er {name}, som ikke kan leses. Lagre den som DOCX eller PDF, og prøv igjen."


def _is_folder(path: Path) -> bool:
    """Whether a path that the user named is a folder. Raises SettingsError where there is nothing."""
    try:
        if path.exists():
            return path.is_dir()
        reason = "finnes ikke"
    except OSError as error:
        reason = describe_os_error(error)
    raise SettingsError(f"{describe_path(path)}: {reason}")


def _walk(root: Path) -> Iterator[Path | Rejected]:
    """Yield the files below a folder, case-insensitively by path, without hidden files, lock files and runs."""
    try:
        left = _list_folder(root)
    except OSError as error:
        raise SettingsError(f"{describe_path(root)}: mappen kan ikke åpnes: {describe_os_error(error)}") from error
    while left:
        entry = left.pop()
        try:
            if entry.is_dir() and not entry.is_symlink():
                if not _is_made_by_run(entry):
                    left += _list_folder(entry)
            elif entry.is_file():
                yield entry
            elif advice := _advise_unusual(entry, root):
                yield _reject(entry, advice)
        except OSError as error:
            yield _reject(entry, f"Kan ikke åpnes ({describe_os_error(error)}). Sjekk at du har tilgang.")


def _advise_unusual(entry: Path, root: Path) -> str | None:
    """Return what to do with what is neither file nor folder; None where nothing is lost without it."""
    if entry.is_dir():  # by a link: followed, one to a folder above never ends
        inside = entry.resolve().is_relative_to(root.resolve())
        return None if inside else "Lenker til mapper følges ikke. Oppgi mappen selv."
    if entry.suffix.lower() not in SUFFIXES:
        return None
    return "Lenken peker på noe som ikke finnes." if entry.is_symlink() else "Dette er ikke en vanlig fil."


def _reject(entry: Path, advice: str) -> Rejected:
    return Rejected(describe_path(entry), Stage.INGEST, RejectionReason.UNREADABLE, advice)


def _list_folder(folder: Path) -> list[Path]:
    """Return what lies in a folder and counts, the last name first."""
    entries = [entry for entry in folder.iterdir() if not entry.name.startswith((".", "~$"))]
    return sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name), reverse=True)


def _is_made_by_run(folder: Path) -> bool:
    """Whether a folder is that of a run, or the report in one that the user named as input too."""
    return is_run_folder(folder) or (folder.name == REPORT_NAME and is_run_folder(folder.parent))
