"""How often the gate fails by chance, and how often it sees damage: from an evaluation with its labels spoilt.

Run: `compliance evaluate GOLD --json NOW.json`, then `python benchmarks/gate.py NOW.json GOLD... [--share 0.05]`.
A spoilt passage gets what was said of another one. Chance: half of the share is spoilt before, half of it now, so that
as many judgements become better as worse. Damage: the whole share is spoilt now.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from compliance.config import ToleranceConfig
from compliance.evaluate.baseline import Baseline, SavedDocument, key_passages, load_baseline
from compliance.evaluate.comparison import compare_with
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.folders import Evaluation, Outcome
from compliance.evaluate.gold import GoldSet, LabelRow, PassageLabels, load_gold

SHOWN = 8  # figures that fail most


def main() -> None:
    """Spoil labels at random many times, compare, and print how often which figure fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=0.05, help="of the passages")
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    said = load_baseline(arguments.evaluation)
    golds = [load_gold(folder) for folder in find_gold_folders(arguments.gold)]
    golds = [gold for gold in golds if gold.labels and gold.name in said.documents]
    half = arguments.share / 2
    for name, shares in {"chance": (half, half), "damage": (0, arguments.share)}.items():
        failed = [compare_spoilt(golds, said, shares, seed=seed) for seed in range(arguments.times)]
        often = Counter(path for paths in failed for path in paths).most_common(SHOWN)
        print(f"{name}: {sum(map(bool, failed))} of {arguments.times} comparisons fail")
        print("".join(f"  {path}: {count}\n" for path, count in often), end="")


def compare_spoilt(golds: Sequence[GoldSet], said: Baseline, shares: tuple[float, float], *, seed: int) -> list[str]:
    """Return the figures that fail when these shares of the passages are spoilt, before and now."""
    draw = random.Random(seed)
    before = {name: SavedDocument(labels=spoil(each, said, shares[0], draw)) for name, each in said.documents.items()}
    outcomes = tuple(
        Outcome(gold, add_ids(gold, spoil(said.documents[gold.name], said, shares[1], draw)), None, {})
        for gold in golds
    )
    comparison = compare_with(Baseline(said.file, before), Evaluation({}, {}, outcomes), tolerance=ToleranceConfig())
    return [each.path for each in comparison.worse]


def spoil(document: SavedDocument, said: Baseline, share: float, draw: random.Random) -> dict[str, PassageLabels]:
    """Return a document's labels, a share of them replaced by those of passages anywhere."""
    pool = [labels for each in said.documents.values() for labels in each.labels.values()]
    return {key: draw.choice(pool) if draw.random() < share else labels for key, labels in document.labels.items()}


def add_ids(gold: GoldSet, labels: dict[str, PassageLabels]) -> tuple[LabelRow, ...]:
    """Return the labels in the order of the gold set's passages."""
    keys = key_passages(gold.passages)
    return tuple(
        LabelRow(id=passage.id, **labels[key].model_dump()) for passage, key in zip(gold.passages, keys, strict=True)
    )


if __name__ == "__main__":
    main()
