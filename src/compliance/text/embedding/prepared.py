"""Folders that are made once from the model file and kept: whole or not there at all, with a checksum of every file."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from compliance.errors import ModelError

MANIFEST_NAME = "manifest.json"  # written last: a folder without it is not complete


class Progress(Protocol):
    """Told how far a long task has come."""

    def __call__(self, done: int, total: int) -> None:
        """Take note that `done` of `total` steps are finished."""
        ...


class WriteFolder(Protocol):
    """Writes a folder's files."""

    def __call__(self, folder: Path, *, progress: Progress) -> None:
        """Write into an existing, empty folder."""
        ...


_logger = logging.getLogger(__name__)
_checked: set[Path] = set()  # folders whose checksums this process has read: 22 MB take 0.05 s, and once is enough


@dataclass(frozen=True, slots=True)
class PreparedFolder:
    """A folder of files that follow from `made_of`. Looks at the disk only when asked."""

    path: Path
    made_of: str  # checksums and versions of what goes into it; another gives other files
    write: WriteFolder

    def is_ready(self) -> bool:
        """Whether the folder is complete: every file in the manifest is there with its size."""
        files = self._read_manifest()
        return bool(files) and all(
            (self.path / name).is_file() and (self.path / name).stat().st_size == entry["bytes"]
            for name, entry in files.items()
        )

    def find_damage(self) -> list[str]:
        """Return the names of files that differ from what was written, by checksum; the manifest's where it is gone."""
        files = self._read_manifest()
        if not files:
            return [MANIFEST_NAME]
        return [
            name
            for name, entry in files.items()
            if not (self.path / name).is_file() or hash_file(self.path / name) != entry["sha256"]
        ]

    def prepare(self, *, progress: Progress | None = None, verify: bool = False) -> Path:
        """Write the folder unless it is there already and return its path; processes that come at once wait.

        The checksum of every file is read the first time in a process, with `verify` each time; a damaged folder is
        made again, and the log says so. Raises ModelError where the folder cannot be written.
        """
        root = self.path.parent
        try:
            root.mkdir(parents=True, exist_ok=True)
            with FileLock(root / f"{self.path.name}.lock"):
                if not self.is_ready() or ((verify or self.path not in _checked) and self._is_damaged()):
                    self._write(progress or _ignore)
                _checked.add(self.path)
        except OSError as error:
            raise ModelError(
                f"modellen kan ikke gjøres klar i {root}: {error.strerror or error}. Se etter om disken er full, eller "
                "velg en annen mappe med cache_folder under [model] i innstillingene."
            ) from error
        return self.path

    def _is_damaged(self) -> bool:
        damaged = self.find_damage()
        if damaged:
            _logger.warning("%s i %s var skadet og lages på nytt.", ", ".join(damaged), self.path)
        return bool(damaged)

    def _write(self, progress: Progress) -> None:
        root = self.path.parent
        for leftover in root.glob(f"{self.path.name}.*.part"):  # of processes that were killed; we hold the lock
            shutil.rmtree(leftover)
        part = Path(tempfile.mkdtemp(prefix=f"{self.path.name}.", suffix=".part", dir=root))
        try:
            self.write(part, progress=progress)
            files = {
                path.relative_to(part).as_posix(): {"bytes": path.stat().st_size, "sha256": hash_file(path)}
                for path in sorted(part.rglob("*"))
                if path.is_file()
            }
            manifest = {"made_of": self.made_of, "files": files}
            (part / MANIFEST_NAME).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
            if self.path.exists():
                shutil.rmtree(self.path)
            os.rename(part, self.path)  # noqa: PTH104 - the one step that makes the folder appear
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _read_manifest(self) -> dict[str, dict[str, object]]:
        """Return the files' entries; none where the manifest is missing, unreadable or of another edition."""
        try:
            manifest = json.loads((self.path / MANIFEST_NAME).read_text(encoding="utf-8"))
            files: dict[str, dict[str, object]] = manifest["files"]
            return files if manifest["made_of"] == self.made_of else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}


def hash_file(path: Path) -> str:
    """Return the file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ignore(done: int, total: int) -> None:
    """Take note of nothing."""
