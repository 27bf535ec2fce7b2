"""How far the judgement's probabilities can be trusted, and what judging costs beside embedding.

    python benchmarks/judgement.py FOLDER… [--split test] [--picture docs/pictures/reliability.svg]

Prints the expected calibration error of each kind of label (Guo et al. 2017, https://arxiv.org/abs/1706.04599; ten
bins of equal width, over every passage and label that was thought at least MIN_PROBABILITY likely), the share that was
right in each bin, the pairs of goals that are most often taken for each other, and seconds for embedding and for all
else. Nothing is kept between runs, so that embedding is measured as it is.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pygal
from numpy.typing import NDArray

from compliance.analyse.classification.features import describe, describe_goals
from compliance.analyse.classification.implied import raise_implied
from compliance.analyse.classification.model import KINDS
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.rule_features import Observer
from compliance.config import Config, ModelConfig
from compliance.evaluate.discovery import choose_split, find_gold_folders
from compliance.evaluate.gold import load_gold
from compliance.resources import Resources
from compliance.train.examples import Example, make_example

MIN_PROBABILITY = 0.05  # below it nearly everything is right, and would drown the rest
BINS = 10
Pairs = NDArray[np.float64]  # rows of (probability, 1 where the reader gave the label)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--split", choices=["train", "test"])
    parser.add_argument("--picture", type=Path)
    arguments = parser.parse_args()
    resources = Resources(Config(model=ModelConfig(use_cache=False))).with_default_sets()
    golds = choose_split([load_gold(folder) for folder in find_gold_folders(arguments.folders)], arguments.split)
    judge = resources.models
    assert judge.encoder is not None
    scanner = Scanner(resources.rules, judge.goals)
    observer = Observer(judge.goals, resources.rules, scanner=scanner, fingerprints=resources.fingerprints)
    labelled = [gold for gold in golds if gold.labels]
    judge.encoder.encode(make_example(labelled[0], observer).windows[:1])  # loads the model
    started = time.perf_counter()
    examples = [make_example(gold, observer) for gold in labelled]
    seen = time.perf_counter()
    vectors = [judge.encoder.encode(example.windows) for example in examples]
    embedded = time.perf_counter()
    pairs = collect_pairs(examples, vectors, resources)
    judged = time.perf_counter()
    for kind, each in pairs.items():
        print_reliability(kind, each)
    print_confusions(examples, vectors, resources)
    rest = (seen - started) + (judged - embedded)
    count = sum(len(example.labels) for example in examples)
    print(
        f"{count} passages: embedding {embedded - seen:.1f} s, all else {rest:.1f} s ({rest / (embedded - seen):.0%})"
    )
    if arguments.picture:
        draw(pairs).render_to_file(str(arguments.picture))


def collect_pairs(
    examples: Sequence[Example], vectors: Sequence[NDArray[np.float32]], resources: Resources
) -> dict[str, Pairs]:
    """Return the probabilities of all passages and labels with the truth, by kind of label."""
    judge = resources.models
    assert judge.model.probe is not None
    heads, names = judge.model.heads, judge.model.names
    found: dict[str, list[Pairs]] = {kind: [] for kind in KINDS}
    for example, rows in zip(examples, vectors, strict=True):
        features = describe(judge.model.probe.read(rows, names), example.seen, names)
        for kind, truth in example.target(names).items():
            predicted = getattr(heads, kind).predict(features[kind])
            if kind == "goals":
                predicted = raise_implied(predicted, names.goals, judge.model.implied).predicted
            found[kind].append(np.stack((predicted.ravel(), truth.ravel()), axis=1))
    return {kind: np.concatenate(each) for kind, each in found.items()}


def bin_pairs(pairs: Pairs) -> Iterator[tuple[float, float, int]]:
    """Yield (mean probability, share that was right, count) of each bin that holds anything."""
    counted = pairs[pairs[:, 0] >= MIN_PROBABILITY]
    bins = np.minimum((counted[:, 0] * BINS).astype(int), BINS - 1)
    for number in range(BINS):
        rows = counted[bins == number]
        if len(rows):
            yield float(rows[:, 0].mean()), float(rows[:, 1].mean()), len(rows)


def print_reliability(kind: str, pairs: Pairs) -> None:
    """Print the expected calibration error and the bins."""
    bins = list(bin_pairs(pairs))
    total = sum(count for _, _, count in bins)
    error = sum(abs(said - right) * count for said, right, count in bins) / total
    print(f"{kind}: expected calibration error {error:.3f} over {total} decisions")
    print("  " + ", ".join(f"{said:.2f}→{right:.2f} ({count})" for said, right, count in bins))


def print_confusions(
    examples: Sequence[Example], vectors: Sequence[NDArray[np.float32]], resources: Resources, *, shown: int = 12
) -> None:
    """Print which goal was given where another was meant: passages that lack one goal and have one too many."""
    judge = resources.models
    assert judge.model.probe is not None
    names, head = judge.model.names, judge.model.heads.goals
    taken: Counter[tuple[str, str]] = Counter()
    for example, rows in zip(examples, vectors, strict=True):
        said = head.predict(describe_goals(judge.model.probe.read(rows, names), example.seen, names))
        predicted = raise_implied(said, names.goals, judge.model.implied).predicted
        given, truth = predicted >= head.threshold, example.target_goals(names) > 0.5
        for mine, theirs in zip(given, truth, strict=True):
            missed, wrong = np.flatnonzero(theirs & ~mine), np.flatnonzero(mine & ~theirs)
            taken.update((names.goals[one], names.goals[other]) for one in missed for other in wrong)
            if not len(wrong):
                taken.update((names.goals[one], "–") for one in missed)
            if not len(missed):
                taken.update(("–", names.goals[other]) for other in wrong)
    print("meant → given: " + ", ".join(f"{one} → {other} {count}" for (one, other), count in taken.most_common(shown)))


def draw(pairs: dict[str, Pairs]) -> pygal.XY:
    """Return the reliability plot: on the diagonal a probability is right as often as it says."""
    chart = pygal.XY(
        title="Reliability", x_title="probability", y_title="share that was right", range=(0, 1), xrange=(0, 1)
    )
    for kind, each in pairs.items():
        chart.add(kind, [(said, right) for said, right, _ in bin_pairs(each)])
    chart.add("ideal", [(0, 0), (1, 1)], show_dots=False, stroke_style={"dasharray": "4, 4"})
    return chart


if __name__ == "__main__":
    main()
