"""Whether the libraries of an extra are installed: what only some commands need is not installed with the rest."""

from __future__ import annotations

from importlib.util import find_spec

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
