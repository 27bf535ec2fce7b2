"""Which gold folders a path stands for, and which of them a measurement is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from compliance.evaluate.gold import CASES, PASSAGES, GoldSet, Split


def find_gold_folders(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the gold folders in order, each once.

    A folder that is no gold set itself stands for all those under it; one without any stands for itself, so that
    reading it tells what is missing.
    """
    return tuple(dict.fromkeys(folder for path in paths for folder in _find_under(path)))


def _find_under(path: Path) -> Iterator[Path]:
    found = sorted(_list_gold(path))
    yield from [path] if path in found or not found else found


def _list_gold(path: Path) -> set[Path]:
    cases = {folder.parent for folder in path.rglob(CASES) if any(folder.glob("*.txt"))}
    return {file.parent for file in path.rglob(PASSAGES)} | cases


def choose_split(golds: Sequence[GoldSet], split: Split | None) -> tuple[GoldSet, ...]:
    """Return the sets whose description names the split; all of them where it is None.

    Sets that only hold two readers against each other stay: their figure is not one of the system.
    """
    if split is None:
        return tuple(golds)
    return tuple(gold for gold in golds if gold.description.split == split or gold.only_readers)
