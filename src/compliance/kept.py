"""What is made of data files at every start, kept in the user's cache folder: reading it takes a tenth of making it.

It is only a cache: what is damaged is left out and made again, and the log says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from compliance.errors import SettingsError
from compliance.files import PACKAGE, find_user_cache, write_atomically

FOLDER = "made"
MOST_KEPT = 8  # of one name: made of files in so many places
_DIGEST = 32  # bytes of a SHA-256
Made = TypeVar("Made")
_logger = logging.getLogger(__name__)


def keep_made(name: str, files: Sequence[Path], make: Callable[[], Made]) -> Made:
    """Return what `make` makes of the files' content: as it is kept, where neither they nor the program have changed.

    It must follow from the files' content and the program alone. Raises what `make` raises; of that nothing is kept.
    """
    key = _hash_content(files)
    if key is None:
        return make()
    path = find_user_cache() / FOLDER / f"{name}-{_name_place(files)}"
    kept = _read(path, key)
    if kept is not None:
        made: Made = pickle.loads(kept)  # the user's own file, whole as this program wrote it
        return made
    made = make()
    _write(path, key, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _name_place(files: Iterable[Path]) -> str:
    """Return what tells where it is kept: what is made of other files does not drive this out."""
    return hashlib.sha256("\0".join(map(str, files)).encode(errors="surrogatepass")).hexdigest()[:12]


def _hash_content(files: Iterable[Path]) -> bytes | None:
    """Return a hash of the files' content and the program; None where one cannot be read, which `make` will tell."""
    digest = hashlib.sha256(_describe_program())
    try:
        for path in files:
            content = path.read_bytes()
            digest.update(f"{len(content)}\0".encode())
            digest.update(content)
    except OSError:
        return None
    return digest.digest()


@cache
def _describe_program() -> bytes:
    """Return what decides which objects are made, and how they are written: versions, and every module of ours."""
    return "\n".join((sys.version, version("pydantic"), *sorted(_list_modules()))).encode(errors="surrogatepass")


def _list_modules() -> Iterator[str]:
    """Yield each module with its size and time, which a new installation or an edit changes."""
    for folder, _, names in os.walk(PACKAGE):
        for name in names:
            if name.endswith(".py"):
                about = os.stat(f"{folder}/{name}")  # noqa: PTH116 - five hundred of them, in a quarter of Path's time
                yield f"{folder}/{name} {about.st_size} {about.st_mtime_ns}"


def _read(path: Path, key: bytes) -> bytes | None:
    """Return what is kept under the key, None where nothing is, it is damaged, or another user's."""
    try:
        with path.open("rb") as stream:
            if hasattr(os, "getuid") and os.fstat(stream.fileno()).st_uid != os.getuid():
                return None
            said, checksum, kept = stream.read(_DIGEST), stream.read(_DIGEST), stream.read()
    except OSError:
        return None
    if len(checksum) == _DIGEST and said != key:
        return None
    if hashlib.sha256(kept).digest() != checksum:
        _logger.warning("%s var skadet og lages på nytt.", path)
        return None
    return kept


def _write(path: Path, key: bytes, made: bytes) -> None:
    with contextlib.suppress(SettingsError, OSError):  # a full disk, or none to write to, costs time and nothing else
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with write_atomically(path) as stream:
            stream.write(key + hashlib.sha256(made).digest() + made)
        alike = path.parent.glob(f"{path.name.rpartition('-')[0]}-*")
        for old in sorted(alike, key=lambda each: each.stat().st_mtime, reverse=True)[MOST_KEPT:]:
            old.unlink(missing_ok=True)
