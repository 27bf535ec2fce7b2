"""Libraries that are not always there or not always wanted: the extras, and modules that others import in passing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import cast

from compliance.errors import MissingExtraError

# The modules that each extra in pyproject.toml brings and that are imported here.
EXTRAS = {
    "encoders": ("sentence_transformers", "torch"),
    "web": ("fastapi", "python_multipart", "uvicorn"),
    "second-reader": ("httpx",),
    "cluster": ("distributed",),
    "arrow": ("pyarrow",),
    "train": ("sklearn", "torch", "transformers"),
}


def check_extra(extra: str, *, asked_for: str) -> None:
    """Raise MissingExtraError, which says what to install, unless every module of the extra is there.

    `asked_for` is what the user asked for that needs it, as the subject of a Norwegian sentence.
    """
    missing = tuple(module for module in EXTRAS[extra] if find_spec(module) is None)
    if missing:
        raise MissingExtraError(extra, missing, asked_for)


@contextmanager
def hide_modules(*names: str) -> Iterator[None]:
    """Let modules that are not loaded yet look as if they were not installed: what imports them where it can does not.

    Their importer must do without them.
    """
    hidden = [name for name in names if name not in sys.modules]
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            modules.pop(name, None)
