"""The scripts of benchmarks/ as modules, for the tests that run a small part of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@contextmanager
def load_benchmark(name: str) -> Iterator[ModuleType]:
    """Load one with those beside it that it imports, and forget them all at the end: their names are everyday words."""
    own = {path.stem for path in BENCHMARKS.glob("*.py")}
    before = {each: sys.modules.pop(each) for each in own & set(sys.modules)}
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield import_module(name)
    finally:
        sys.path.remove(str(BENCHMARKS))
        for each in own & set(sys.modules):
            del sys.modules[each]
        sys.modules.update(before)
