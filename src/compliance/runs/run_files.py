"""The files of a run: found once and hashed once, however many of its steps ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from compliance.files import hash_file
from compliance.ingest.discover import Discovery, discover_files


@dataclass(frozen=True)
class RunFiles:
    """The files and folders that a run was asked for, looked at when they are first asked about and not again.

    A file that changes after that is seen by the next run, since what a run notes of its files is from before it read
    them.
    """

    paths: Sequence[Path]
    hashed: Mapping[Path, str | None] = field(default_factory=dict)  # sha256 of files that were read already

    @cached_property
    def found(self) -> Discovery:
        """What lies there. Raises what `discover_files` raises."""
        return discover_files(self.paths)

    @cached_property
    def contents(self) -> Mapping[Path, str | None]:
        """The sha256 of each file, in their order; None for what is empty or cannot be opened."""
        return {path: self.hashed[path] if path in self.hashed else hash_file(path) for path in self.found.files}
