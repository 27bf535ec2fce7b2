"""Official documents in full, kept in the user's data folder and compared with in every analysis."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compliance.config import GuidelinesConfig, find_reference_folder
from compliance.files import hash_file, write_atomically

NO_SET = "other"  # folder of the documents that belong to no guideline set


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that the user has added, and the guideline set that it is the wording of."""

    set_id: str | None
    path: Path
    sha256: str  # empty where the file cannot be read


def list_references(config: GuidelinesConfig) -> tuple[Reference, ...]:
    """Return the documents in the reference folder, by set and name."""
    folder = find_reference_folder(config)
    paths = sorted(path for path in folder.glob("*/*") if path.is_file() and not path.name.startswith("."))
    return tuple(_describe(path) for path in paths)


def keep_reference(name: str, content: bytes, *, set_id: str | None, config: GuidelinesConfig) -> Reference:
    """Put a document into the reference folder; one of the same name and set is replaced.

    The file appears whole or not at all. Raises SettingsError when the folder cannot be written.
    """
    path = find_reference_folder(config) / (set_id or NO_SET) / name
    with write_atomically(path) as file:
        file.write(content)
    return _describe(path)


def _describe(path: Path) -> Reference:
    set_id = None if path.parent.name == NO_SET else path.parent.name
    return Reference(set_id, path, hash_file(path) or "")
