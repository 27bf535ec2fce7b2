"""Templates as compiled, kept in the user's cache folder: compiling them takes half a second of each process."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from compliance.files import find_user_cache

FOLDER = "templates"


class _CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's cache, which tells a changed template by its checksum; a full disk is no fault."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def open_compiled(*, made_with: str) -> FileSystemBytecodeCache | None:
    """Return the templates as compiled with these options; None where there is no folder to keep them in."""
    folder: Path = find_user_cache() / FOLDER / hashlib.sha256(made_with.encode()).hexdigest()[:12]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return _CompiledTemplates(str(folder))
