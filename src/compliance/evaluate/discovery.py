"""Which gold folders a path stands for, and which of them a measurement is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from compliance.errors import SettingsError
from compliance.evaluate.copies import COPIES
from compliance.evaluate.facts import MUNICIPALITIES
from compliance.evaluate.gold import CASES, DESCRIPTION, PASSAGES, GoldSet, Split


def find_gold_folders(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the gold folders in order, each once.

    A folder that is no gold set itself, or only holds facts of whole documents, stands for all those under it too; one
    without any stands for itself, so that reading it tells what is missing.
    """
    return tuple(dict.fromkeys(folder for path in paths for folder in _find_under(path)))


def _find_under(path: Path) -> Iterator[Path]:
    found = sorted(_list_gold(path))
    alone = any((path / name).is_file() for name in (PASSAGES, COPIES)) or bool([*(path / CASES).glob("*.txt")])
    yield from [path] if alone or not found else found


def _list_gold(path: Path) -> set[Path]:
    cases = {folder.parent for folder in path.rglob(CASES) if [*folder.glob("*.txt")]}
    municipalities = {file.parent for file in path.rglob(MUNICIPALITIES) if (file.parent / "documents").is_dir()}
    copies = {file.parent for file in path.rglob(COPIES)}
    return {file.parent for file in path.rglob(PASSAGES)} | cases | municipalities | copies


def choose_split(golds: Sequence[GoldSet], split: Split | None) -> tuple[GoldSet, ...]:
    """Return the sets whose description names the split; all of them where it is None.

    Sets without labels stay: nothing is learnt from them. Raises SettingsError where no set is left.
    """
    chosen = tuple(gold for gold in golds if split in {None, gold.description.split} or gold.labels is None)
    if not chosen:
        raise SettingsError(f"--split {split}: ingen av gullsettene hører til denne delen. Den står i {DESCRIPTION}.")
    return chosen
