"""The file before anyone has read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compliance.files import describe_path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's bytes with what can be told without understanding them."""

    path: Path
    content: bytes
    sha256: str
    media_type: str  # by the content, not by the suffix

    @property
    def name(self) -> str:
        """The file name without folders, as it can be shown."""
        return describe_path(self.path.name)
